// Completion and hover in manifests: the storage part of every kind, in block and flow style and in JSON, and nothing of the rest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { withoutStops } from '../../server/src/core/features/snippets.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { accepted, cursor, labels, offers } from './support.ts';

const pod = 'apiVersion: v1\nkind: Pod\nspec:\n';
const inJson = (spec: string) => `{"apiVersion": "v1", "kind": "Pod", "spec": ${spec}}`;

const completions: [what: string, as: string, marked: string, label: string, result: string][] = [
  [
    'the volumes of a pod',
    'k8s.yaml',
    `${pod}  vol$0`,
    'volumes',
    `${pod}  volumes:\n    - name: data\n      persistentVolumeClaim:\n        claimName: claim`,
  ],
  [
    'a source of a volume',
    'k8s.yaml',
    `${pod}  volumes:\n    - name: a\n      $0`,
    'configMap',
    `${pod}  volumes:\n    - name: a\n      configMap:\n        name: config`,
  ],
  [
    'a source in braces',
    'k8s.yaml',
    `${pod}  volumes: [{ name: a, emp$0 }]`,
    'emptyDir',
    `${pod}  volumes: [{ name: a, emptyDir: {} }]`,
  ],
  [
    'a mount of a container',
    'k8s.yaml',
    `${pod}  containers:\n    - name: a\n      volumeM$0`,
    'volumeMounts',
    `${pod}  containers:\n    - name: a\n      volumeMounts:\n        - name: data\n          mountPath: /data`,
  ],
  [
    'a value of a mount in JSON',
    'k8s.json',
    inJson('{"containers": [{"volumeMounts": [{"mountPropagation": "$0"}]}]}'),
    'Bidirectional',
    inJson('{"containers": [{"volumeMounts": [{"mountPropagation": "Bidirectional"}]}]}'),
  ],
  [
    'a member of a volume in JSON',
    'k8s.json',
    inJson('{"volumes": [{"name": "a", "nfs": {$0}}]}'),
    'server',
    inJson('{"volumes": [{"name": "a", "nfs": {"server": ""}}]}'),
  ],
  [
    'a field of a claim template',
    'k8s.yaml',
    'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  volumeClaimTemplates:\n    - spec:\n        storage$0',
    'storageClassName',
    'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  volumeClaimTemplates:\n    - spec:\n        storageClassName: ',
  ],
  [
    'a volume deep in a CronJob',
    'k8s.yaml',
    'apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          volumes:\n            - $0',
    'name',
    'apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          volumes:\n            - name: ',
  ],
  [
    'an item of a list',
    'k8s.yaml',
    'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: PersistentVolumeClaim, spec: { volumeM$0 } }',
    'volumeMode',
    'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: PersistentVolumeClaim, spec: { volumeMode: Filesystem } }',
  ],
  [
    'a policy of a snapshot class',
    'k8s.yaml',
    'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\ndeletionPolicy: $0',
    'Retain',
    'apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\ndeletionPolicy: Retain',
  ],
  [
    'the group that a kind is in',
    'k8s.yaml',
    'kind: CSIDriver\napiVersion: $0',
    'storage.k8s.io/v1',
    'kind: CSIDriver\napiVersion: storage.k8s.io/v1',
  ],
];

for (const [what, as, marked, label, result] of completions) {
  test(`completion writes ${what}`, () =>
    assert.equal(accepted(as, marked, label).trimEnd(), result.trimEnd()));
}

test('a kind is offered in braces and in JSON, too', () => {
  assert.deepEqual(labels(offers('k8s.json', '{"apiVersion": "batch/v1", "kind": "$0"}')), [
    'Job',
    'CronJob',
  ]);
  assert.deepEqual(labels(offers('k8s.yaml', '{ kind: CSINode, apiVersion: $0 }')), ['storage.k8s.io/v1']);
  assert.deepEqual(labels(offers('k8s.json', '{"apiVersion": "v1", $0}')), ['kind']);
  assert.equal(
    accepted('k8s.json', '{"kind": "CSIDriver", "apiVersion": "$0"}', 'storage.k8s.io/v1'),
    '{"kind": "CSIDriver", "apiVersion": "storage.k8s.io/v1"}',
  );
  assert.deepEqual(labels(offers('k8s.json', '{"apiVersion": "v1", "kind": "Secret", "data": {$0}}')), []);
});

test('of the name of a claim for one pod nothing is offered: it has none of its own', () => {
  const marked = `${pod}  volumes:\n    - ephemeral:\n        volumeClaimTemplate:\n          metadata:\n            $0`;
  assert.deepEqual(labels(offers('k8s.yaml', marked)).sort(), ['annotations', 'labels']);
});

test('a version is offered for its kind alone, and a kind for its version', () => {
  assert.deepEqual(labels(offers('k8s.yaml', 'kind: StorageClass\napiVersion: $0')), ['storage.k8s.io/v1']);
  const batch = labels(offers('k8s.yaml', 'apiVersion: batch/v1\nkind: $0'));
  assert.deepEqual(batch, ['Job', 'CronJob']);
  assert.ok(labels(offers('k8s.yaml', 'kind: $0')).includes('VolumeGroupSnapshotContent'));
});

test('what a version of Kubernetes does not have yet is not offered', () => {
  const sources = (version: string) =>
    labels(offers('k8s.yaml', `${pod}  volumes:\n    - $0`, { versions: { kubernetes: version } }));
  assert.ok(sources('1.37').includes('image'));
  assert.ok(!sources('1.30').includes('image'));
  assert.ok(sources('1.30').includes('ephemeral'));
});

test('of a pod that is not about storage nothing is offered, and nothing is said', () => {
  assert.deepEqual(labels(offers('k8s.yaml', `${pod}  $0`)), ['volumes']);
  assert.deepEqual(labels(offers('k8s.yaml', `${pod}  containers:\n    - $0`)).sort(), [
    'volumeDevices',
    'volumeMounts',
  ]);
  assert.deepEqual(labels(offers('k8s.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  $0')), []);
  for (const marked of [
    `${pod}  conta$0iners: []`,
    `${pod}  nodeSe$0lector: {}`,
    `${pod}  containers:\n    - ima$0ge: x`,
    'apiVersion: v1\nkind: Pod\nsp$0ec: {}',
  ]) {
    const { analysis, offset } = cursor('k8s.yaml', marked);
    assert.equal(hover(analysis, offset), undefined, marked);
    assert.deepEqual(analysis.findings, [], marked);
  }
});

test('an empty document is offered whole manifests, without a fault in any version', () => {
  const yaml = familyOf('k8s.yaml');
  assert.ok(yaml);
  const marked = 'apiVersion: v1\nkind: Secret\n---\n$0';
  const whole = offers('k8s.yaml', marked).filter(({ insert }) => insert.includes('\n'));
  assert.ok(whole.length >= 16);
  for (const { label, insert, documentation = '' } of whole) {
    const text = withoutStops(insert);
    for (const kubernetes of ['1.25', '1.37']) {
      assert.deepEqual(analyze(text, yaml, {}, { versions: { kubernetes } }).findings, [], label);
    }
    assert.ok(documentation.includes(text.trim()), label);
  }
  const some = whole.map(({ label }) => label);
  assert.ok(some.includes('PersistentVolumeClaim + Pod') && some.includes('StorageClass ebs.csi.aws.com'));
  assert.deepEqual(
    labels(offers('k8s.yaml', `${pod}$0`)).filter((label) => label.includes('+')),
    [],
  );
});

function shown(marked: string, version = '1.37', locale?: string): string {
  const { analysis, offset } = cursor('k8s.yaml', marked, { versions: { kubernetes: version } });
  return hover(analysis, offset, localeFor(locale))?.text ?? '';
}

test('hover says what cannot be changed, also of what lies in it', () => {
  const volume = 'apiVersion: v1\nkind: PersistentVolume\nspec:\n  nfs:\n    ser$0ver: a\n';
  assert.match(shown(volume), /\*\*server\*\*[\s\S]*Cannot be changed after creation/);
  assert.match(shown(volume, '1.37', 'zh'), /创建后不可修改/);
  assert.match(shown(`${pod}  volu$0mes: []`), /Cannot be changed/);
  assert.doesNotMatch(
    shown('apiVersion: v1\nkind: PersistentVolume\nspec:\n  capa$0city: {}'),
    /Cannot be changed/,
  );
  assert.doesNotMatch(
    shown('apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      volu$0mes: []'),
    /Cannot be changed/,
  );
});

test('hover names the feature gate, and the version that it judges by', () => {
  const mount = `${pod}  containers:\n    - volumeMounts:\n        - recursive$0ReadOnly: Enabled`;
  assert.match(
    shown(mount),
    /Since Kubernetes 1\.30[\s\S]*`RecursiveReadOnlyMounts`: alpha since 1\.30, beta since 1\.31, always on since 1\.33/,
  );
  assert.match(shown(mount, '1.29'), /Only from Kubernetes 1\.30 on/);
});

test('hover on an apiVersion tells how long it is served', () => {
  const old = 'apiVersion: storage.k8s$0.io/v1beta1\nkind: StorageClass\n';
  assert.match(
    shown(old),
    /Deprecated since Kubernetes 1\.19[\s\S]*Removed in Kubernetes 1\.22[\s\S]*`storage\.k8s\.io\/v1`/,
  );
  assert.match(shown(old, '1.21'), /Goes away in Kubernetes 1\.22/);
  const snapshot = 'apiVersion: snapshot$0.storage.k8s.io/v1\nkind: VolumeSnapshot\n';
  assert.match(shown(snapshot), /Since external-snapshotter 4\.0[\s\S]*must be installed/);
});

test('hover on a kind tells what it is', () => {
  assert.match(
    shown('apiVersion: v1\nkind: Persistent$0VolumeClaim\n'),
    /^\*\*PersistentVolumeClaim\*\*[\s\S]*Read more/,
  );
  assert.match(shown('apiVersion: v1\nkind: Pod$0List\n'), /^\*\*PodList\*\*/);
});
