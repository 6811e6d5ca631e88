// What a person has to decide when an in-tree class or volume becomes one of a CSI driver: told at the place it is about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { familyOf } from '../../server/src/core/recognise.ts';

const storageClass = (name: string, ...parameters: string[]) =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: kubernetes.io/${name}\nparameters:\n${parameters.map((line) => `  ${line}\n`).join('')}`;

function decisions(text: string, code: string): string[] {
  const kind = familyOf('k8s.yaml');
  assert.ok(kind);
  return analyze(text, kind)
    .findings.filter((finding) => finding.code === code)
    .flatMap(({ related }) => related)
    .map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message.id}`);
}

const cases: [what: string, text: string, expected: string[]][] = [
  ['zones move to another field', storageClass('aws-ebs', 'type: gp2', 'zones: a,b'), ['zones: zones']],
  [
    'zones and allowedTopologies cannot both count',
    `${storageClass('gce-pd', 'zone: a')}allowedTopologies: [{ matchLabelExpressions: [{ key: topology.gke.io/zone, values: [b] }] }]\n`,
    ['zone: zones-twice'],
  ],
  [
    'what vSphere keeps for migrated disks only',
    storageClass('vsphere-volume', 'datastore: store', 'diskformat: thin', 'storagePolicyName: gold'),
    ['datastore: migration', 'diskformat: migration'],
  ],
  ['disks in a storage account', storageClass('azure-disk', 'kind: Dedicated'), ['kind: kind']],
  [
    'a secret that every step gets',
    storageClass('portworx-volume', 'openstorage.io/auth-secret-name: a'),
    ['openstorage.io/auth-secret-name: secrets'],
  ],
  ['what the driver does not know', storageClass('cinder', 'colour: red', 'type: ssd'), ['colour: unlisted']],
  ['nothing', storageClass('aws-ebs', 'type: gp2', 'encrypted: "true"', 'fsType: ext4'), []],
];

for (const [what, text, expected] of cases) {
  test(`to decide in a class: ${what}`, () => {
    assert.deepEqual(decisions(text, 'provisioner-moved-to-csi'), expected);
  });
}

test('to decide in a volume: project, path, secret', () => {
  const volume = (source: string) =>
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: disk }\nspec:\n  capacity: { storage: 1Gi }\n  accessModes: [ReadWriteOnce]\n  ${source}\n`;
  const decided = (source: string) => decisions(volume(source), 'volume-plugin-moved');
  assert.deepEqual(decided('gcePersistentDisk: { pdName: a }'), ['gcePersistentDisk: project']);
  assert.deepEqual(decided('vsphereVolume: { volumePath: "[a] b" }'), ['vsphereVolume: handle']);
  assert.deepEqual(decided('azureFile: { shareName: a, secretName: b, secretNamespace: c }'), [
    'azureFile: secret',
  ]);
  assert.deepEqual(decided('cinder: { volumeID: a }'), []);
});
