// Guards the borders that the drawing in ARCHITECTURE.md shows: who may import whom.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

interface Import {
  readonly file: string;
  readonly what: string;
}

function imports(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(root, folder, name);
      const source = readFileSync(file, 'utf8');
      const found = source.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)'([^']+)'/g);
      return [...found].map(([, what = '']) => ({
        file: relative(root, file),
        what: what.startsWith('.') ? relative(root, resolve(dirname(file), what)) : what,
      }));
    });
}

function assertOnly(folder: string, allowed: (what: string) => boolean): void {
  const found = imports(folder);
  assert.ok(found.length > 0, `${folder} imports nothing: is the folder still there?`);
  const wrong = found.filter(({ what }) => !allowed(what)).map(({ file, what }) => `${file} imports ${what}`);
  assert.deepEqual(wrong, []);
}

const within =
  (...folders: string[]) =>
  (what: string) =>
    folders.some((folder) => what.startsWith(`${folder}/`));

test('core imports itself, the schemas, three parsers and a word distance: no Node, no vscode, no LSP', () => {
  const parsers = new Set([
    'yaml',
    'jsonc-parser',
    '@iarna/toml',
    '@iarna/toml/parse-string.js',
    '@iarna/toml/stringify.js',
    'fastest-levenshtein',
  ]);
  assertOnly('server/src/core', (what) => within('server/src/core', 'schemas')(what) || parsers.has(what));
});

test('what reads the files around a judged one uses the core and Node, nothing else', () => {
  assertOnly(
    'server/src/beside',
    (what) => within('server/src/beside', 'server/src/core')(what) || what.startsWith('node:'),
  );
});

test('engines know nothing of backups, doors or the core', () => {
  assertOnly(
    'server/src/engine',
    (what) =>
      within('server/src/engine', 'server/src/tar')(what) || what.startsWith('node:') || what === 'dockerode',
  );
});

test('backups reach engines only through the port, and no door', () => {
  const port = new Set(['server/src/engine/port.ts']);
  assertOnly(
    'server/src/backup',
    (what) =>
      within('server/src/backup', 'server/src/tar')(what) || what.startsWith('node:') || port.has(what),
  );
});

test('the language server door uses the core, what reads around files, and the protocol, nothing else', () => {
  assertOnly(
    'server/src/lsp',
    (what) =>
      within('server/src/lsp', 'server/src/beside', 'server/src/core')(what) ||
      what.startsWith('node:') ||
      what.startsWith('vscode-languageserver') ||
      what === 'package.json',
  );
});

test('the command line door uses the core, backups and engines, and no LSP', () => {
  assertOnly(
    'server/src/cli',
    (what) =>
      (within('server/src')(what) && !within('server/src/lsp')(what)) ||
      what.startsWith('node:') ||
      what === 'package.json',
  );
});

/** What the client may know of the server: its published faces. */
const faces = new Set([
  'server/src/engine/port.ts',
  'server/src/engine/find.ts',
  'server/src/backup/events.ts',
  'server/src/backup/store.ts',
  'server/src/core/recognise.ts',
  'server/src/lsp/protocol.ts',
]);

test('the client uses the faces of the server, vscode and its language client', () => {
  const packages = new Set(['vscode', 'vscode-languageclient/node']);
  assertOnly(
    'client/src',
    (what) => within('client/src')(what) || faces.has(what) || what.startsWith('node:') || packages.has(what),
  );
});
