// In-tree classes and volumes as those of a CSI driver: as Kubernetes translates them, and what a person has to decide.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { applyEdits } from '../../server/src/core/features/fixes.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

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

const recorded = readFileSync(new URL('./csi-translations.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t').map((cell) => JSON.parse(cell)));

/** The manifest after the first fix of a rule. */
function rewritten(manifest: unknown, code: string): Record<string, unknown> {
  const kind = familyOf('k8s.json');
  assert.ok(kind);
  const text = JSON.stringify(manifest, null, 2);
  const { findings, tree } = analyze(text, kind);
  const changes = findings.find((finding) => finding.code === code)?.fixes[0]?.changes;
  assert.ok(changes, text);
  const edits = changes.flatMap((change) => frontEnds.json.edit(text, tree, change));
  return JSON.parse(applyEdits(text, edits));
}

/** Drivers pass over the case of these; the library writes them small or as they were. */
function folded(parameters: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(Object(parameters)).map(([key, value]) => [key.toLowerCase(), value]),
  );
}

test('classes become what the library of Kubernetes makes of them', () => {
  const classes = recorded.filter(([{ kind }]) => kind === 'StorageClass');
  assert.ok(classes.length > 50);
  for (const [manifest, expected] of classes) {
    const made = rewritten(manifest, 'provisioner-moved-to-csi');
    assert.deepEqual(folded(made['parameters']), folded(expected.parameters), JSON.stringify(manifest));
    assert.deepEqual(made['allowedTopologies'], expected.allowedTopologies, JSON.stringify(manifest));
  }
});

test('volumes become what the library of Kubernetes makes of them', () => {
  const volumes = recorded.filter(([{ kind }]) => kind === 'PersistentVolume');
  assert.ok(volumes.length > 20);
  for (const [manifest, { csi }] of volumes) {
    const made = rewritten(manifest, 'volume-plugin-moved');
    const { volumeAttributes: all, ...rest } = csi;
    // A partition of none and a file system that the field above says already need not be written.
    const said = Object.entries(Object(all)).filter(
      ([name, value]) => name !== 'fstype' && !(name === 'partition' && ['', '0'].includes(String(value))),
    );
    const volumeAttributes = said.length === 0 ? {} : { volumeAttributes: Object.fromEntries(said) };
    assert.deepEqual(Object(made['spec']).csi, { ...rest, ...volumeAttributes }, JSON.stringify(manifest));
  }
});
