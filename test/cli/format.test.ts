// `stowage format`: files are laid out anew, `--check` only tells, and what cannot be formatted is left as it is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stowage-format-'));
after(() => rmSync(folder, { recursive: true }));

function format(...args: string[]) {
  const env = { ...process.env, LC_ALL: 'C' };
  return spawnSync(process.execPath, [cli, 'format', ...args], { cwd: folder, encoding: 'utf8', env });
}

function file(name: string, contents: string | Uint8Array): () => string {
  writeFileSync(join(folder, name), contents);
  return () => readFileSync(join(folder, name), 'latin1');
}

test('files are formatted in place and named; their mode stays', () => {
  const storage = file('storage.conf', '\ufeff[storage]\r\ndriver="vfs"# why\r\n');
  file('same.conf', '[storage]\n');
  chmodSync(join(folder, 'storage.conf'), 0o640);
  const checked = format('--check', 'storage.conf', 'same.conf');
  assert.deepEqual([checked.status, checked.stdout], [1, 'storage.conf\n']);
  assert.match(storage(), /driver="vfs"# why/);
  const done = format('storage.conf', 'same.conf');
  assert.deepEqual([done.status, done.stdout, done.stderr], [0, 'storage.conf\n', '']);
  assert.equal(storage(), '\xef\xbb\xbf[storage]\r\ndriver = "vfs" # why\r\n');
  assert.equal(statSync(join(folder, 'storage.conf')).mode & 0o777, 0o640);
  const again = format('--check', 'storage.conf');
  assert.deepEqual([again.status, again.stdout], [0, '']);
});

test('what has mistakes, is no text or is not there is told of and left', () => {
  const broken = file('broken.conf', 'a="x\n');
  const templated = file('templated.conf', 'a={{ x }}\n');
  const binary = file('binary.conf', Buffer.from([0x61, 0x3d, 0xff, 0x0a]));
  file('fine.conf', 'a=1\n');
  const { status, stdout, stderr } = format(
    'broken.conf',
    'templated.conf',
    'binary.conf',
    'none.conf',
    'fine.conf',
  );
  assert.equal(status, 2);
  assert.equal(stdout, 'fine.conf\n');
  assert.deepEqual(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[1]),
    ['broken.conf', 'templated.conf', 'binary.conf', 'none.conf'],
  );
  assert.deepEqual([broken(), templated(), binary()], ['a="x\n', 'a={{ x }}\n', 'a=\xff\n']);
  assert.equal(format().status, 2);
});
