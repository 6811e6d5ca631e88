// A file brought to another version: what is mended, what is left, in every family.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { update } from '../../server/src/core/features/update.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { knownVersions, newest, versionOf } from '../../server/src/core/schema/versions.ts';

const codes = (findings: readonly Finding[]) => findings.map(({ code, engine }) => `${code} ${engine}`);

function updated(as: string, text: string, version: string) {
  const kind = familyOf(as);
  assert.ok(kind);
  return update(text, kind, {}, { versions: { docker: '20.10', kubernetes: '1.20' } }, version);
}

test('daemon.json: slips are mended, a removed driver is left to a person, with what is suggested', () => {
  const text = '{\n  "storage-driver": "devicemapper",\n  "graph": "/srv", // old\n}\n';
  const { text: after, applied, left } = updated('daemon.json', text, '28.5');
  assert.equal(after, '{\n  "storage-driver": "devicemapper",\n  "graph": "/srv"\n}\n');
  assert.deepEqual(codes(applied), ['not-strict-json Docker 28.5', 'not-strict-json Docker 28.5']);
  assert.deepEqual(codes(left), ['storage-driver-removed Docker 28.5', 'key-removed Docker 28.5']);
  for (const { span, fixes } of left) {
    assert.ok(fixes.length > 0);
    assert.match(after.slice(span.start, span.end), /"devicemapper"|"graph"/);
  }
  assert.ok(
    !codes(updated('daemon.json', after, '20.10').left)
      .join()
      .includes('key-removed'),
  );
});

test('storage.conf and manifests: their own versions count', () => {
  const table = '[storage]\ndriver = "overlay"\n[storage.options.aufs]\nmountopt = ""\n';
  const { left, applied } = updated('storage.conf', table, newest.containersStorage);
  assert.ok(
    [...applied, ...left].every(({ engine }) => engine === `containers/storage ${newest.containersStorage}`),
  );
  assert.ok(applied.length + left.length > 0);
  const claim =
    'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: a }\nprovisioner: kubernetes.io/glusterfs\n';
  assert.deepEqual(codes(updated('k8s.yaml', claim, '1.37').left), ['provisioner-removed Kubernetes 1.37']);
});

const aged = `# head
[storage]
driver = "overlay2" # old name
runroot = "/run/containers/storage"
graphroot = "/srv/storage"

[storage.options]
# ids
remap-uids = "0:1:2"
remap-gids = "0:1:2"
size = "10G"

# thin
[storage.options.thinpool]
basesize = "10G" # of devicemapper

[storage.options.aufs]
mountopt = "nodev"
`;

test('storage.conf: what nobody reads goes, what is read elsewhere moves, comments stay', () => {
  const { text, applied, left } = updated('storage.conf', aged, '1.64');
  assert.equal(
    text,
    '# head\n[storage]\ndriver = "overlay" # old name\nrunroot = "/run/containers/storage"\ngraphroot = "/srv/storage"\n\n[storage.options]\n# ids\n\n# thin\n# of devicemapper\n\n[storage.options.overlay]\nsize = "10G"\n',
  );
  const named = [...new Set(applied.map(({ code }) => code))].sort();
  assert.deepEqual(named, [
    'driver-option-outside-table',
    'key-removed',
    'storage-driver-renamed',
    'table-removed',
  ]);
  assert.deepEqual(
    left.filter(({ code }) => code !== 'size-needs-xfs-quota'),
    [],
  );
});

test('storage.conf: what the older version still reads is kept for it', () => {
  const { text } = updated('storage.conf', aged, '1.53');
  assert.match(
    text,
    /^remap-uids = [\s\S]*^\[storage\.options\.thinpool\]\nbasesize = "10G" # of devicemapper$/m,
  );
  assert.doesNotMatch(updated('storage.conf', aged, '1.54').text, /thinpool/);
  assert.match(updated('storage.conf', aged, '1.54').text, /remap-uids/);
  assert.match(updated('storage.conf', aged, '1.60').text, /aufs/);
});

test('storage.conf: what a person must decide is left, with what is suggested', () => {
  const unset =
    '[storage]\nrunroot = "/a"\ngraphroot = "/b"\n[storage.options.vfs]\nignore_chown_errors = "true"\n';
  const { text, left } = updated('storage.conf', unset, '1.62');
  assert.equal(text, unset);
  assert.deepEqual(codes(left), ['driver-table-unused containers/storage 1.62']);
  assert.ok((left[0]?.fixes.length ?? 0) > 0);
});

test('what is only a hint or likely not meant is not left, and nothing to do is nothing done', () => {
  const text = '{ "hosts": ["unix:///x.sock"] }';
  assert.deepEqual(updated('daemon.json', text, '29.7'), { text, applied: [], left: [] });
});

test('the versions to choose from are in order and end with the newest', () => {
  for (const family of ['daemon', 'storage', 'k8s'] as const) {
    const known = knownVersions[family];
    assert.equal(known.at(-1), newest[versionOf[family]]);
    const numbers = known.map((version) => version.split('.').map(Number));
    const keys = numbers.map(([major = 0, minor = 0]) => major * 1000 + minor);
    assert.deepEqual(
      keys,
      [...new Set(keys)].sort((a, b) => a - b),
    );
  }
});
