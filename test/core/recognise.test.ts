// What a file is: by its place, by its content, and what is left alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyOf, recognise } from '../../server/src/core/recognise.ts';
import { corpusFiles, sharedText } from '../support/corpus.ts';

const kindAt = (path: string, text = '') => {
  const kind = recognise(path, text);
  return kind && `${kind.family} ${kind.format} ${kind.scope}`;
};

test('places where engines look are enough', () => {
  assert.equal(kindAt('/etc/docker/daemon.json'), 'daemon json system');
  assert.equal(kindAt('/home/ann/.docker/daemon.json'), 'daemon json system');
  assert.equal(kindAt('/home/ann/.config/docker/daemon.json'), 'daemon json user');
  assert.equal(kindAt('C:\\ProgramData\\docker\\config\\daemon.json'), 'daemon json system');
  assert.equal(kindAt('work/roles/docker/daemon.json'), 'daemon json unknown');
  assert.equal(kindAt('docker/daemon.json'), 'daemon json unknown');
  assert.equal(kindAt('/etc/containers/storage.conf'), 'storage toml system');
  assert.equal(kindAt('/usr/share/containers/storage.conf'), 'storage toml system');
  assert.equal(kindAt('/home/ann/.config/containers/storage.conf'), 'storage toml user');
  assert.equal(kindAt('/etc/containers/storage.conf.d/10-site.conf'), 'storage toml system');
  assert.equal(kindAt('/etc/containers/storage.rootless.conf.d/1000/a.conf'), 'storage toml user');
  assert.equal(kindAt('containers/storage.conf'), 'storage toml unknown');
});

test('what Kustomize lays over whole objects is known by its place', () => {
  const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\n';
  const isPartial = (path: string) => recognise(path, claim)?.partial === true;
  assert.ok(isPartial('overlays/prod/claim.yaml'));
  assert.ok(isPartial('C:\\apps\\patches\\claim.yml'));
  assert.ok(isPartial('/apps/base/claim-patch.yaml'));
  assert.ok(!isPartial('/apps/base/claim.yaml'));
  assert.ok(!isPartial('/apps/dispatch/claim.yaml'));
});

test('other files named daemon.json are judged by their keys', () => {
  assert.equal(kindAt('daemon.json', '{"log-driver": "journald", "debug": true}'), 'daemon json unknown');
  assert.equal(kindAt('daemon.json', '{"debug": true}'), 'daemon json unknown');
  assert.equal(kindAt('daemon.json', '// x\n{"storage-driver": "overlay2", "x": 1,'), 'daemon json unknown');
  assert.equal(kindAt('daemon.json', '{"debug": true, "port": 80}'), undefined);
  assert.equal(kindAt('daemon.json', '{"host": "a", "version": 1}'), undefined);
  assert.equal(kindAt('daemon.json', ''), undefined);
  assert.equal(kindAt('daemon.json', '[1]'), undefined);
  assert.equal(kindAt('package.json', '{"log-driver": "journald"}'), undefined);
});

test('other files named storage.conf are judged by their tables', () => {
  assert.equal(kindAt('storage.conf', '[storage]\ndriver = "overlay"\n'), 'storage toml unknown');
  assert.equal(kindAt('storage.conf', '[storage.options.overlay]\nmountopt = ""\n'), 'storage toml unknown');
  assert.equal(kindAt('storage.conf', '[storage]\nvolume = "x"\n'), undefined);
  assert.equal(kindAt('storage.conf', '[Journal]\nStorage=persistent\n'), undefined);
  assert.equal(kindAt('app.conf', '[storage]\ndriver = "overlay"\n'), undefined);
});

test('manifests are recognised by version and kind', () => {
  const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\n';
  assert.equal(kindAt('a.yaml', claim), 'k8s yaml unknown');
  assert.equal(kindAt('A.YML', `# note\n---\n${claim.replaceAll('\n', '\r\n')}`), 'k8s yaml unknown');
  assert.equal(kindAt('a.yaml', 'x: 1\n---\nkind: Deployment\napiVersion: apps/v1\n'), 'k8s yaml unknown');
  assert.equal(kindAt('a.yaml', 'kind: StorageClass\napiVersion:\n'), 'k8s yaml unknown');
  assert.equal(kindAt('a.yaml', '{apiVersion: v1, kind: Pod}'), undefined);
  const grant = 'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\n';
  assert.equal(kindAt('a.yaml', grant), 'k8s yaml unknown');
  assert.equal(kindAt('a.yaml', 'kind: VolumeGroupSnapshotContentList\napiVersion:\n'), 'k8s yaml unknown');
  assert.equal(kindAt('a.yaml', 'apiVersion: batch/v2alpha1\nkind: CronJob\n'), 'k8s yaml unknown');
  assert.equal(kindAt('a.json', '{"kind": "PersistentVolume", "apiVersion": "v1"}'), 'k8s json unknown');
  assert.equal(kindAt('a.json', '{"x": {"kind": "PersistentVolume", "apiVersion": "v1"}}'), undefined);
});

test("other tools' YAML is not ours", () => {
  for (const text of [
    'services:\n  db:\n    image: postgres\nvolumes:\n  data: {}\n',
    'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
    'apiVersion: skaffold/v4beta6\nkind: Config\n',
    'template:\n  apiVersion: v1\n  kind: PersistentVolume\n',
    'replicas: 1\npersistence:\n  size: 1Gi\n',
  ]) {
    assert.equal(kindAt('some.yaml', text), undefined, text);
  }
});

test('names for --as', () => {
  assert.equal(familyOf('daemon.json')?.family, 'daemon');
  assert.equal(familyOf('storage.conf')?.format, 'toml');
  assert.equal(familyOf('k8s.yaml')?.family, 'k8s');
  assert.equal(familyOf('k8s.json')?.format, 'json');
  assert.equal(familyOf('compose.yaml'), undefined);
});

// What of the real files is no file of ours as it lies there: a terminal's output, a lost first line, templates under
// other names, a test file named for something else, and a kind that has nothing to do with storage.
const strangers = [
  'daemon/002-1021ky-self_dockermachine.json',
  'daemon/004-188700679-yjscript.json',
  'daemon/009-AlexeySharaburin-MoneyTransferService.json',
  'storage/005-containers-storage.conf',
  'k8s/128-longhorn-longhorn-podsecuritypolicy.yaml',
];

test('real files are recognised where they really lay, and those of other programs are not', () => {
  const rows = (sharedText('corpus/sources.tsv') ?? '').split('\n').slice(1);
  const places = new Map(rows.map((row) => [row.split('\t')[0], row.split('\t')[2] ?? '']));
  for (const family of ['daemon', 'storage', 'k8s', 'not-ours']) {
    for (const { name, text } of corpusFiles(`corpus/${family}`)) {
      const place = places.get(`${family}/${name}`) ?? '';
      const stranger =
        family === 'not-ours' || place.endsWith('j2') || strangers.includes(`${family}/${name}`);
      assert.equal(
        recognise(place, text)?.family,
        stranger ? undefined : family,
        `${family}/${name} at ${place}`,
      );
    }
  }
});

test('the place says which system a daemon.json is for, and whether an engine reads it there', () => {
  const at = (path: string) => {
    const { platform, live } = recognise(path, '') ?? {};
    return [platform, live];
  };
  assert.deepEqual(at('/etc/docker/daemon.json'), [undefined, true]);
  assert.deepEqual(at('/home/ann/.config/docker/daemon.json'), [undefined, true]);
  assert.deepEqual(at('/root/.docker/daemon.json'), [undefined, true]);
  assert.deepEqual(at('/Users/ann/.docker/daemon.json'), [undefined, true]);
  assert.deepEqual(at('C:\\Users\\Ann\\.docker\\daemon.json'), [undefined, true]);
  assert.deepEqual(at('C:\\ProgramData\\docker\\config\\daemon.json'), ['windows', true]);
  assert.deepEqual(at('/c:/ProgramData/Docker/config/daemon.json'), ['windows', true]);
  assert.deepEqual(at('files/ProgramData/docker/config/daemon.json'), ['windows', undefined]);
  assert.deepEqual(at('etc/docker/daemon.json'), [undefined, undefined]);
  assert.deepEqual(at('/srv/image/etc/docker/daemon.json'), [undefined, undefined]);
  assert.deepEqual(at('/home/ann/work/.docker/daemon.json'), [undefined, undefined]);
});
