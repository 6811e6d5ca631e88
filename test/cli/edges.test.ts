// `stowage check` where files are odd: encodings, forced families, absolute paths; and its SARIF as the standard has it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stowage-edges-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, contents);
  return path;
}

function check(...args: string[]) {
  const env = { ...process.env, LC_ALL: 'C' };
  return spawnSync(process.execPath, [cli, 'check', ...args], { cwd: folder, encoding: 'utf8', env });
}

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE': swapped,
};

test('a storage.conf in UTF-16 is told of: its loader reads UTF-8 alone', () => {
  const text = '\uFEFF[storage]\ndriver = "overlay"\n';
  const [utf8, little, big] = Object.values(encodings).map((encode, index) =>
    check('--format', 'json', file(`${index}/containers/storage.conf`, encode(text))),
  );
  assert.deepEqual([utf8?.status, little?.status, big?.status], [0, 2, 2]);
  assert.match(little?.stderr ?? '', /UTF-16/);
});

for (const [name, encode] of Object.entries(encodings)) {
  test(`a mended file in ${name} keeps its encoding and its byte order mark, which is no column`, () => {
    const path = file(`${name}/docker/daemon.json`, encode('\uFEFF{"debug":true,"hosts":"é",}'));
    const before = JSON.parse(check('--format', 'json', path).stdout).findings;
    assert.deepEqual(
      before.map(({ code, column }: { code: string; column: number }) => [code, column]),
      [
        ['wrong-type', 23],
        ['not-strict-json', 26],
      ],
    );
    check('--fix', path);
    const mended = encode('\uFEFF{"debug":true,"hosts":"é"}');
    assert.deepEqual(readFileSync(path), Buffer.from(mended));
  });
}

test('--as forces what is named, and nothing else that a folder holds', () => {
  file('mixed/app.yaml', 'a: 1\n');
  const named = file('mixed/settings.json', '{ "storage-driver": "aufs" }');
  for (const jobs of ['1', '2']) {
    const inFolder = check('mixed', '--as', 'daemon.json', '--jobs', jobs);
    assert.deepEqual([inFolder.status, inFolder.stderr], [0, '']);
    assert.equal(check(named, '--as', 'daemon.json', '--jobs', jobs).status, 1);
  }
});

test('a wrong command prints its JSON object too', () => {
  for (const format of [['--format', 'json'], ['--format=json']]) {
    const { status, stdout } = check('--nope', ...format);
    assert.equal(status, 2);
    const { version, findings, errors } = JSON.parse(stdout);
    assert.deepEqual([version, findings, errors.length], [1, [], 1]);
    assert.match(errors[0].message, /--nope/);
  }
  assert.equal(check('--nope').stdout, '');
});

test('places in SARIF are URIs, of absolute paths with their scheme', () => {
  file('a b#c/docker/daemon.json', '{ "storage-driver": "aufs" }');
  const uris = ['a b#c', folder].map((path) => {
    const { results } = JSON.parse(check('--format', 'sarif', path).stdout).runs[0];
    return results.map((one: Result) => one.locations[0].physicalLocation.artifactLocation.uri);
  });
  assert.deepEqual(uris[0], ['a%20b%23c/docker/daemon.json']);
  for (const uri of uris[1] ?? []) assert.ok(fileURLToPath(uri).startsWith(folder));
});

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly [{ physicalLocation: { artifactLocation: { uri: string } } }];
}
