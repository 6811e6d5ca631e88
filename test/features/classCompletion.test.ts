// Completion and hover of a class's parameters: those of the driver that the class names, in block and flow style and in JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { accepted, cursor, labels, offers } from './support.ts';

const storageClass = (driver: string, rest: string) =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: ${driver}\n${rest}`;
const snapshotClass = (driver: string, rest: string) =>
  `apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\ndeletionPolicy: Delete\ndriver: ${driver}\n${rest}`;
const attributes = (driver: string, rest: string) =>
  `apiVersion: storage.k8s.io/v1\nkind: VolumeAttributesClass\ndriverName: ${driver}\n${rest}`;

const offered: [what: string, as: string, marked: string, has: string, hasNot: string][] = [
  [
    'on an empty line',
    'k8s.yaml',
    storageClass('ebs.csi.aws.com', 'parameters:\n  $0'),
    'iopsPerGB',
    'skuName',
  ],
  ['in braces', 'k8s.yaml', storageClass('disk.csi.azure.com', 'parameters: { $0 }'), 'skuName', 'iopsPerGB'],
  [
    'above the driver',
    'k8s.yaml',
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nparameters:\n  $0\nprovisioner: nfs.csi.k8s.io\n',
    'share',
    'skuName',
  ],
  [
    'in JSON',
    'k8s.json',
    '{"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "topolvm.io", "parameters": {$0}}',
    'topolvm.io/device-class',
    'type',
  ],
  [
    'of any other driver the names of CSI',
    'k8s.yaml',
    storageClass('storage.orchard.example', 'parameters:\n  $0'),
    'csi.storage.k8s.io/fstype',
    'type',
  ],
  [
    'of a provisioner without CSI only its own',
    'k8s.yaml',
    storageClass('rancher.io/local-path', 'parameters:\n  $0'),
    'nodePath',
    'csi.storage.k8s.io/fstype',
  ],
  [
    'of snapshots',
    'k8s.yaml',
    snapshotClass('pd.csi.storage.gke.io', 'parameters:\n  $0'),
    'snapshot-type',
    'replication-type',
  ],
  [
    'of attributes',
    'k8s.yaml',
    attributes('file.csi.azure.com', 'parameters:\n  $0'),
    'provisionedIOPS',
    'skuName',
  ],
];

for (const [what, as, marked, has, hasNot] of offered) {
  test(`parameters are offered by driver: ${what}`, () => {
    const found = labels(offers(as, marked));
    assert.ok(found.includes(has), `${has} is not among ${found.join(', ')}`);
    assert.ok(!found.includes(hasNot), hasNot);
  });
}

test('values that look like numbers or booleans are offered in quotes', () => {
  const azure = storageClass('disk.csi.azure.com', 'parameters:\n  ');
  assert.equal(accepted('k8s.yaml', `${azure}enableBursting: $0`, 'true'), `${azure}enableBursting: "true"`);
  assert.equal(
    accepted('k8s.yaml', `${azure}LogicalSectorSize: $0`, '512'),
    `${azure}LogicalSectorSize: "512"`,
  );
  assert.equal(accepted('k8s.yaml', `${azure}skuName: $0`, 'Premium_ZRS'), `${azure}skuName: Premium_ZRS`);
});

test('whatever is accepted where a driver is known is a text, and gets no finding about its value', () => {
  const yaml = familyOf('k8s.yaml');
  assert.ok(yaml);
  const drivers = offers('k8s.yaml', storageClass('$0', ''));
  let tried = 0;
  for (const driver of labels(drivers).filter((name) => !name.startsWith('kubernetes.io/'))) {
    const marked = storageClass(driver, 'parameters:\n  $0');
    for (const label of labels(offers('k8s.yaml', marked))) {
      const text = accepted('k8s.yaml', marked, label);
      const codes: string[] = analyze(text, yaml).findings.map(({ code }) => code);
      const bad = [
        'wrong-type',
        'csi-parameter-unknown',
        'csi-parameter-value',
        'yaml-syntax',
        'unknown-value',
      ];
      assert.deepEqual(
        codes.filter((code) => bad.includes(code)),
        [],
        text,
      );
      tried += 1;
    }
  }
  assert.ok(tried > 500, String(tried));
});

test('topology labels are offered', () => {
  const terms = 'allowedTopologies:\n  - matchLabelExpressions:\n      - key: $0';
  const found = labels(offers('k8s.yaml', storageClass('ebs.csi.aws.com', terms)));
  assert.ok(found.includes('topology.ebs.csi.aws.com/zone'));
  assert.ok(found.includes('topology.kubernetes.io/zone'));
});

test('hover tells what a parameter is for this driver, in both languages', () => {
  const shown = (driver: string, locale?: string) => {
    const { analysis, offset } = cursor('k8s.yaml', storageClass(driver, 'parameters:\n  ty$0pe: a\n'));
    return hover(analysis, offset, localeFor(locale))?.text ?? '';
  };
  assert.match(shown('ebs.csi.aws.com'), /Kind of EBS volume[\s\S]*`gp3`/);
  assert.match(shown('cinder.csi.openstack.org'), /Volume type of the cloud/);
  assert.match(shown('ebs.csi.aws.com', 'zh-CN'), /EBS 卷的类型/);
});

test('access modes that the driver of the class cannot give are not offered', () => {
  const claim = (driver: string, spec: string) =>
    `${storageClass(driver, '')}---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec:\n  storageClassName: fast\n${spec}`;
  const modes = (driver: string, spec: string) => labels(offers('k8s.yaml', claim(driver, spec)));
  const inFlow = '  accessModes: [$0]\n';
  const inBlock = '  resources: { requests: { storage: 1Gi } }\n  accessModes:\n    - $0';
  for (const spec of [inFlow, inBlock]) {
    assert.ok(!modes('ebs.csi.aws.com', spec).includes('ReadWriteMany'), spec);
    assert.ok(modes('ebs.csi.aws.com', spec).includes('ReadWriteOncePod'), spec);
    assert.ok(modes('nfs.csi.k8s.io', spec).includes('ReadWriteMany'), spec);
    assert.ok(modes('storage.orchard.example', spec).includes('ReadWriteMany'), spec);
  }
  assert.ok(modes('ebs.csi.aws.com', `  volumeMode: Block\n${inFlow}`).includes('ReadWriteMany'));
});
