// Hover knows from the path whose storage.conf it is: which default fits, who reads it, who does not get the key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { recognise } from '../../server/src/core/recognise.ts';

const text = '[storage]\ngraphroot = "/x"\n[storage.options]\nmountopt = "nodev"\n';

function said(path: string, key: string, version = '1.64', lang = 'en'): string {
  const kind = recognise(path, text);
  assert.ok(kind, path);
  const analysis = analyze(text, kind, {}, { versions: { containersStorage: version } });
  return hover(analysis, text.indexOf(key), localeFor(lang))?.text ?? '';
}

const system = '"/var/lib/containers/storage"';
const user = '"$HOME/.local/share/containers/storage"';

test('the default is that of the reader', () => {
  const both = said('/etc/containers/storage.conf', 'graphroot');
  assert.ok(
    both.includes(`Default: \`${system}\``) && both.includes(`Default without root: \`${user}\``),
    both,
  );
  const own = said('/home/ann/.config/containers/storage.conf', 'graphroot');
  assert.ok(own.includes(`Default: \`${user}\``) && !own.includes(system), own);
  const root = said('/etc/containers/storage.rootful.conf.d/1.conf', 'graphroot');
  assert.ok(root.includes(`Default: \`${system}\``) && !root.includes(user), root);
  const unknown = said('storage.conf', 'graphroot');
  assert.ok(unknown.includes(system) && unknown.includes(user) && !unknown.includes('Read by'), unknown);
});

test('who reads the file is said in a line', () => {
  const readers = (path: string, version?: string) =>
    /Read by: (.*)/.exec(said(path, 'graphroot', version))?.[1];
  assert.equal(
    readers('/etc/containers/storage.conf'),
    'root, and users without a storage.conf of their own',
  );
  assert.equal(readers('/etc/containers/storage.conf.d/1.conf'), 'everybody');
  assert.equal(readers('/etc/containers/storage.rootless.conf.d/1000/1.conf'), 'user 1000, without root');
  assert.equal(readers('/usr/share/containers/storage.rootless.conf.d/1.conf'), 'every user without root');
  assert.equal(readers('/usr/share/containers/storage.rootful.conf.d/1.conf'), 'root');
  assert.equal(readers('/home/ann/.config/containers/storage.conf'), 'its owner, without root');
  assert.match(readers('/root/.config/containers/storage.conf', '1.62') ?? '', /XDG_CONFIG_HOME/);
  assert.match(readers('/etc/containers/storage.conf.d/1.conf', '1.62') ?? '', /^nobody/);
  assert.match(readers('/etc/containers/storage.conf.d/a/1.conf') ?? '', /^nobody/);
  assert.match(said('/etc/containers/storage.conf', 'graphroot', '1.64', 'zh-CN'), /读取者/);
});

test('up to 1.62 the file of the system says what users without root do not get of it', () => {
  const path = '/etc/containers/storage.conf';
  assert.match(said(path, 'mountopt', '1.62'), /do not get this key from here/);
  assert.doesNotMatch(said(path, 'mountopt', '1.63'), /do not get this key/);
  assert.doesNotMatch(said('/home/ann/.config/containers/storage.conf', 'mountopt', '1.62'), /do not get/);
});
