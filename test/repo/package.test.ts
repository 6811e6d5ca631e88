// package.json says the same as the tables in the code, in both languages, and the .vsix holds exactly what is listed here.
import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createVSIX, listFiles } from '@vscode/vsce';
import manifest from '../../package.json' with { type: 'json' };
import { settings } from '../../server/src/lsp/settings.ts';
import { repository } from '../support/corpus.ts';

const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const words = (path: string): Record<string, string> => JSON.parse(read(path));

const packed = `
CHANGELOG.md
LICENSE
README.md
client/dist/extension.js
client/dist/package.json
client/media/icon.png
client/media/view.svg
l10n/bundle.l10n.zh-cn.json
package.json
package.nls.json
package.nls.zh-cn.json
server/dist/cli.js
server/dist/language-server.js
server/dist/package.json
syntaxes/storage-conf.language-configuration.json
syntaxes/storage-conf.tmLanguage.json
syntaxes/storage-opts.tmLanguage.json
`;

test('the .vsix holds what is listed, and nothing else', async () => {
  const files = await listFiles({ cwd: repository, packageManager: 0 });
  assert.deepEqual(files.sort(), packed.trim().split('\n'));
  for (const file of files)
    assert.ok(existsSync(join(repository, file)), `${file} is missing: npm run build`);
});

test('the .vsix stays below 2 MB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-vsix-'));
  try {
    const packagePath = join(folder, 'x.vsix');
    await createVSIX({ cwd: repository, dependencies: false, packagePath });
    assert.ok(statSync(packagePath).size < 2 << 20, `${statSync(packagePath).size} bytes`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('VS Code starts us for languages of our files only; views and commands start us by themselves', () => {
  const languages = /export const languages = \[([^\]]+)\]/.exec(read('client/src/ourFiles.ts'))?.[1] ?? '';
  const own = manifest.contributes.languages.map(({ id }) => id);
  const expected = [...languages.matchAll(/'([\w-]+)'/g)]
    .map(([, language = '']) => language)
    .filter((language) => !own.includes(language))
    .map((language) => `onLanguage:${language}`);
  assert.deepEqual(manifest.activationEvents, expected);
});

test('package.json and the table of commands name the same commands', () => {
  const table = [...read('client/src/commands/table.ts').matchAll(/^ {2}'(stowage\.\w+)':/gm)].map(
    ([, id]) => id,
  );
  assert.ok(table.length > 0);
  assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), table.sort());
  const named = Object.values(manifest.contributes.menus).flatMap((items) =>
    items.map(({ command }) => command),
  );
  assert.deepEqual(
    named.filter((command) => !table.includes(command)),
    [],
  );
});

test('package.json and the table of settings agree on names, kinds, defaults and scopes', () => {
  const kinds: Record<string, string> = {
    integer: 'number',
    array: 'strings',
    object: 'levels',
    string: 'string',
  };
  const said = Object.entries(manifest.contributes.configuration.properties).map(([name, property]) => [
    name.replace(/^stowage\./, ''),
    { type: kinds[property.type], default: property.default, scope: property.scope },
  ]);
  assert.deepEqual(Object.fromEntries(said), settings);
  const client = [...read('client/src/settings.ts').matchAll(/^ {2}'?([\w.]+)'?: (.+),$/gm)];
  for (const [, name = ''] of client) assert.ok(name in settings, name);
});

test('settings that reach out of the workspace do not count in Restricted Mode', () => {
  const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
  const reaching = Object.keys(settings).filter((name) => /^engines\.|^backup\.folder$/.test(name));
  assert.deepEqual(restricted.sort(), reaching.map((name) => `stowage.${name}`).sort());
});

test('every text of package.json is there in both languages, and no other', () => {
  const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  const expected = [...new Set(used)].sort();
  for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
    assert.deepEqual(Object.keys(words(file)).sort(), expected, file);
  }
});

test('every text of the client is there in Chinese, with the same places to fill', () => {
  const sources = globSync('client/src/**/*.ts', { cwd: repository }).map(read).join('\n');
  const calls = [...sources.matchAll(/\bl10n\.t\(/g)];
  const texts = [...sources.matchAll(/\bl10n\.t\(\s*(['"])((?:(?!\1)[^\\]|\\.)*)\1/g)].map(
    ([, , text = '']) => text,
  );
  assert.equal(texts.length, calls.length, 'a text that is not written out where it is used');
  const chinese = words('l10n/bundle.l10n.zh-cn.json');
  assert.deepEqual(Object.keys(chinese).sort(), [...new Set(texts)].sort());
  const places = (text: string) => (text.match(/\{\d\}/g) ?? []).sort();
  for (const [text, translation] of Object.entries(chinese))
    assert.deepEqual(places(translation), places(text), text);
});
