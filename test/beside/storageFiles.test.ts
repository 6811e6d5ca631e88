// Finding the files of containers/storage, and telling what comes out of them: the function, the command and the request.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { storageQuestion } from '../../server/src/beside/storageFiles.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import { effectiveStorage } from '../../server/src/core/storage/effective/effective.ts';
import { effectiveText } from '../../server/src/core/storage/effective/text.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import type { EffectiveStorageAnswer } from '../../server/src/lsp/protocol.ts';
import { startLsp } from '../support/lsp.ts';
import { stowage } from '../support/stowage.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function machine(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'stowage-machine-'));
  folders.push(root);
  for (const [name, text] of Object.entries({
    'etc/passwd': 'ann:x:1000:1000::/home/ann:/bin/sh\n',
    ...files,
  })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const explain = (root: string, uid: number, version = newest.containersStorage) =>
  effectiveStorage(storageQuestion({ version, uid, root, env: { STORAGE_DRIVER: 'btrfs' } }));

const shown = (root: string, uid: number, version?: string, lang?: string) =>
  effectiveText(explain(root, uid, version), localeFor(lang)).text;

const files = {
  'usr/share/containers/storage.conf':
    '[storage]\ndriver = "overlay"\n[storage.options]\nadditionalimagestores = ["/a", {append = true}]\nmountopt = "nodev"\n',
  'usr/share/containers/storage.conf.d/10.conf': '',
  'etc/containers/storage.conf.d/10.conf':
    '[storage]\nGraphRoot = "$HOME/images"\n[storage.options]\nadditionalimagestores = ["/b"]\n',
  'etc/containers/storage.rootless.conf.d/1000/20.conf': '[storage]\ngraphroot = ""\n',
  'etc/containers/storage.rootless.conf.d/ann/20.conf': '',
  'etc/containers/storage.conf.d/notes.txt': 'x',
  'home/ann/.config/containers/storage.conf.d/5.conf': '[storage.options.pull_options]\n"a b" = "1"\n',
};

test('main file and drop-ins are merged key by key, with their places', () => {
  const text = shown(machine(files), 0);
  assert.match(text, /^driver = "overlay" # \/usr\/share\/containers\/storage\.conf:2$/m);
  assert.match(
    text,
    /^graphroot = "\$HOME\/images" # \/etc\/containers\/storage\.conf\.d\/10\.conf:2, becomes "\/root\/images"$/m,
  );
  assert.match(
    text,
    /^ {2}"\/a", # \/usr\/share\/containers\/storage\.conf:4\n {2}"\/b", # \/etc\/containers/m,
  );
  assert.match(
    text,
    /10\.conf \(replaced by another file: \/etc\/containers\/storage\.conf\.d\/10\.conf\)$/m,
  );
  assert.match(text, /1000\/20\.conf \(for other users\)$/m);
  assert.match(text, /ann\/20\.conf \(the folder is not named with a user ID\)$/m);
  assert.doesNotMatch(text, /notes\.txt|btrfs/);
});

test('the text is TOML that holds the effective values, in both languages', () => {
  const root = machine(files);
  for (const uid of [0, 1000])
    for (const lang of ['en', 'zh-CN']) {
      const text = shown(root, uid, '1.64', lang);
      const { problems, documents } = frontEnds.toml.parse(text);
      assert.deepEqual(problems, [], text);
      assert.equal(documents.length, 1);
    }
  assert.match(
    shown(root, 1000),
    /^graphroot = "\/home\/ann\/\.local\/share\/containers\/storage" # default$/m,
  );
  assert.match(
    shown(root, 1000),
    /^# graphroot = "" # .*1000\/20\.conf:2, without effect: empty .* overrides "\$HOME\/images"/m,
  );
  assert.match(
    shown(root, 1000),
    /^"a b" = "1" # \/home\/ann\/\.config\/containers\/storage\.conf\.d\/5\.conf:2$/m,
  );
  assert.match(shown(root, 1000, '1.64', 'zh-CN'), /默认值$/m);
});

test('the older loader reads one file, and hands on little of it', () => {
  const root = machine({
    'etc/containers/storage.conf':
      '[storage]\ndriver = "overlay"\nrunroot = "/run/x"\ngraphroot = "/x"\nrootless_storage_path = "/srv/$UID"\n[storage.options]\nmountopt = "nodev"\n',
    'etc/containers/storage.conf.d/10.conf': '[storage]\ngraphroot = "/y"\n',
  });
  const text = shown(root, 1000, '1.62');
  assert.match(text, /storage\.conf \(a user without root gets a few keys of it only\)$/m);
  assert.match(text, /10\.conf \(this version reads no drop-ins\)$/m);
  assert.match(text, /^driver = "overlay" # \/etc/m);
  assert.match(text, /^rootless_storage_path = .*:5, becomes "\/srv\/1000"$/m);
  assert.match(text, /^# mountopt = "nodev" .*not passed on to users without root$/m);
  assert.match(shown(root, 0, '1.62'), /^graphroot = "\/x" # /m);
});

test('where the engine stops, that is what is told', () => {
  const bad = machine({
    'etc/containers/storage.conf': '[storage]\n# stowage-ignore wrong-type\ngraphroot = 3\n',
  });
  assert.equal(explain(bad, 0).stop?.reason, 'refused');
  assert.match(
    shown(bad, 0),
    /starts nothing: this file cannot be decoded\. \/etc\/containers\/storage\.conf:3$/m,
  );
  const same = machine({ 'etc/containers/storage.conf': '[storage]\ngraphroot = "/x"\nimagestore = "/x"\n' });
  assert.deepEqual(explain(same, 0).stop, {
    reason: 'imagestore',
    file: '/etc/containers/storage.conf',
    line: 3,
  });
  const thin = machine({ 'etc/containers/storage.conf': '[storage]\ndriver = "vfs"\n' });
  assert.equal(explain(thin, 0, '1.58').stop?.reason, 'no-root');
  assert.equal(explain(thin, 0, '1.59').stop, undefined);
});

test('links to nothing, folders and links that lead out of a copy do no harm', () => {
  const root = machine({ 'etc/containers/storage.conf.d/10.conf': '[storage]\ngraphroot = "/y"\n' });
  symlinkSync('/none', join(root, 'etc/containers/storage.conf'));
  mkdirSync(join(root, 'usr/share/containers/storage.conf.d/x.conf'), { recursive: true });
  mkdirSync(join(root, 'srv'));
  writeFileSync(join(root, 'srv/real.conf'), '[storage]\nrunroot = "/z"\n');
  symlinkSync('/srv/real.conf', join(root, 'usr/share/containers/storage.conf'));
  const { notRead, read } = explain(root, 0);
  assert.deepEqual(notRead, [{ path: '/etc/containers/storage.conf', passedOver: 'dangling' }]);
  assert.deepEqual(
    read.map(({ path }) => path),
    ['/usr/share/containers/storage.conf', '/etc/containers/storage.conf.d/10.conf'],
  );
  assert.match(shown(root, 0), /^runroot = "\/z" /m);
  assert.match(shown(machine({}), 0), /No storage\.conf is there/);
});

test('the command prints it as text or JSON, and its exit code tells whether the engine starts', async () => {
  const root = machine(files);
  const { code, stdout } = await stowage('effective', ['--root', root, '--rootless', '1000']);
  assert.deepEqual([code, stdout], [0, shown(root, 1000)]);
  const json = await stowage('effective', [
    '--root',
    root,
    '--format',
    'json',
    '--containers-storage',
    '1.62',
  ]);
  const { format, version, uid, stop } = JSON.parse(json.stdout);
  assert.deepEqual([json.code, format, version, uid], [stop === undefined ? 0 : 1, 1, '1.62', 0]);
  const bad = machine({ 'etc/containers/storage.conf': 'x' });
  assert.equal((await stowage('effective', ['--root', bad])).code, 1);
  for (const args of [
    ['x'],
    ['--format', 'xml'],
    ['--rootless=ann'],
    ['--containers-storage', 'new'],
    ['--nope'],
  ])
    assert.equal((await stowage('effective', args)).code, 2, args.join(' '));
});

test('variables of this process count on this machine', async () => {
  const root = machine({ 'named.conf': '[storage]\ngraphroot = "/named"\n' });
  const env = { CONTAINERS_STORAGE_CONF: join(root, 'named.conf'), STORAGE_DRIVER: 'vfs' };
  if (process.getuid?.() !== 0) return assert.ok(storageQuestion({ version: '1.64', env }).env === env);
  const { stdout } = await stowage('effective', [], { env });
  assert.match(stdout, /^driver = "vfs" # STORAGE_DRIVER$/m);
  assert.match(stdout, /^graphroot = "\/named" # .*named\.conf:2$/m);
});

test('the request gives the text with links, and null for what is no question', async () => {
  const root = machine(files);
  const lsp = await startLsp();
  const ask = (params: unknown): Promise<EffectiveStorageAnswer | null> =>
    lsp.connection.sendRequest('stowage/effectiveStorage', params);
  const answer = await ask({ uid: 1000, root });
  assert.equal(answer?.text, shown(root, 1000));
  assert.deepEqual([answer?.uid, answer?.stops, answer?.read], [1000, false, 4]);
  const target = pathToFileURL(join(root, 'etc/containers/storage.conf.d/10.conf')).href;
  const link = answer?.links.find(({ uri, line }) => uri === target && line === 4);
  const at = answer?.text.split('\n')[link?.range.start.line ?? 0];
  assert.equal(at?.slice(link?.range.start.character), '/etc/containers/storage.conf.d/10.conf:4');
  for (const wrong of [3, { uid: -1 }, { uid: '0' }, { version: 'x' }, { root: 'relative' }, { root: 3 }])
    assert.equal(await ask(wrong), null, JSON.stringify(wrong));
  assert.equal((await ask({ root }))?.uid, process.getuid?.() ?? 0);
});
