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
