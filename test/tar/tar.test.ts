// Our tar code against GNU tar: what it reads of every format, and what GNU tar reads of ours.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { compareContents } from '../../server/src/backup/compare.ts';
import { type Contents, contentsReader } from '../../server/src/backup/contents.ts';
import { readFolder } from '../../server/src/engine/folderRead.ts';
import { TarError } from '../../server/src/tar/header.ts';
import { mapTar } from '../../server/src/tar/map.ts';
import { archiveName, below, plainName } from '../../server/src/tar/names.ts';
import { formatPax, parsePax } from '../../server/src/tar/pax.ts';
import { tarReader } from '../../server/src/tar/read.ts';
import { END, headerOf } from '../../server/src/tar/write.ts';
import { entry } from '../engine/conformance.ts';
import { fillVolume, picture } from '../support/volume.ts';

const run = promisify(execFile);
let root = '';
let volume = '';
before(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'stowage-tar-'));
  volume = join(root, 'volume');
  await fs.mkdir(volume);
  await fillVolume(volume);
});
after(() => fs.rm(root, { recursive: true }));

async function gnuTar(format: string, ...more: string[]): Promise<Buffer> {
  const { stdout } = await run('tar', ['-c', '-f', '-', `--format=${format}`, '-C', volume, ...more, '.'], {
    encoding: 'buffer',
    maxBuffer: 1e9,
  });
  return stdout;
}

/** Reads a tar that comes in chunks of a size. */
function contentsOf(tar: Buffer, chunk = tar.length): Contents {
  const reader = contentsReader();
  for (let at = 0; at < tar.length; at += chunk) reader.push(tar.subarray(at, at + chunk));
  return reader.finish();
}

async function* pieces(tar: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < tar.length; at += 1000) yield tar.subarray(at, at + 1000);
}

async function ours(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readFolder(volume, new AbortController().signal, () => undefined))
    parts.push(part);
  return Buffer.concat(parts);
}

async function mapped(tar: Buffer, place: Parameters<typeof mapTar>[1]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of mapTar(pieces(tar), place)) parts.push(part);
  return Buffer.concat(parts);
}

test('a folder as we write it is what GNU tar writes of it, in the formats that can hold it', async () => {
  const own = contentsOf(await ours());
  for (const format of ['pax', 'gnu'])
    assert.deepEqual(compareContents(contentsOf(await gnuTar(format)), own), [], format);
});

test('GNU tar lays out what we write, and it is the same', async () => {
  const out = join(root, 'out');
  await fs.mkdir(out);
  await fs.writeFile(join(root, 'ours.tar'), await ours());
  await run('tar', ['-xpf', join(root, 'ours.tar'), '--numeric-owner', '-C', out]);
  assert.deepEqual(await picture(out), await picture(volume));
});

test('how the bytes are cut into chunks does not matter', async () => {
  const tar = await gnuTar('pax');
  const whole = contentsOf(tar);
  for (const chunk of [1, 7, 511, 512, 513, 4096])
    assert.deepEqual(contentsOf(tar, chunk), whole, `chunks of ${chunk}`);
});

test('entries that move and come back are the same, byte for byte where nothing changed', async () => {
  for (const format of ['pax', 'gnu']) {
    const tar = await gnuTar(format);
    const before = contentsOf(tar);
    const same = await mapped(tar, (one) => ({ path: one.path, link: one.link }));
    assert.ok(tar.subarray(0, same.length - END.length).equals(same.subarray(0, -END.length)), format);
    for (const folder of ['v', `${'far/'.repeat(60)}away`]) {
      const moved = await mapped(tar, (one, name) => ({
        path: archiveName(name === '' ? folder : `${folder}/${name}`, one.type === 'directory'),
        link: one.type === 'hard-link' ? `${folder}/${plainName(one.link)}` : one.link,
      }));
      assert.ok([...contentsOf(moved).keys()].every((name) => below(name, folder) !== undefined));
      const listed = await run('tar', ['-tf', await saved(moved)]);
      assert.equal(listed.stdout.trim().split('\n').length, before.size);
      const back = await mapped(moved, (one, name) => ({
        path: archiveName(below(name, folder) ?? name, one.type === 'directory'),
        link: one.type === 'hard-link' ? (below(plainName(one.link), folder) ?? '') : one.link,
      }));
      assert.deepEqual(compareContents(before, contentsOf(back)), [], `${format}, ${folder}`);
    }
  }
});

async function saved(tar: Buffer): Promise<string> {
  const path = join(root, 'saved.tar');
  await fs.writeFile(path, tar);
  return path;
}

test('old formats are read: v7 and ustar with a prefix', async () => {
  const plain = join(root, 'plain');
  const name = join('p'.repeat(90), 'q'.repeat(60));
  await fs.mkdir(join(plain, 'p'.repeat(90)), { recursive: true });
  await fs.writeFile(join(plain, name), 'in two fields');
  await fs.writeFile(join(plain, 'short'), 'short');
  const { stdout } = await run('tar', ['-cf', '-', '--format=ustar', '-C', plain, '.'], {
    encoding: 'buffer',
  });
  assert.ok(contentsOf(stdout).has(name));
  const v7 = await run('tar', ['-cf', '-', '--format=v7', '-C', plain, './short'], { encoding: 'buffer' });
  assert.equal(contentsOf(v7.stdout).get('short')?.size, 5);
});

test('numbers that do not fit octal are base 256, and read back', () => {
  const big = entry('big', 'file', 0, { uid: 3_000_000_000, gid: 2_097_152, mtime: -5 });
  const parts = [headerOf(big), END];
  const [item] = [...contentsOf(Buffer.concat(parts)).values()];
  assert.deepEqual([item?.uid, item?.gid, item?.mtime], [3_000_000_000, 2_097_152, -5]);
});

test('PAX records carry any byte and count their own length', () => {
  const records = new Map([
    ['path', `${'x'.repeat(85)}\xff`],
    ['comment', 'a=b\nc'],
    ['mtime', '1.5'],
  ]);
  assert.deepEqual(parsePax(formatPax(records)), records);
  for (const broken of ['12 path=short\n', '0 x\n', '99 path=a\n', 'path=a\n', '9 nokey\n\n'])
    assert.throws(() => parsePax(Buffer.from(broken)), TarError, broken);
});

test('a tar that is cut anywhere is told to be cut', async () => {
  const tar = await ours();
  for (let cut = 0; cut < tar.length; cut += cut < 60_000 ? 331 : 7777) {
    const reader = tarReader();
    reader.push(tar.subarray(0, cut));
    assert.throws(() => reader.finish(), TarError, `cut at ${cut}`);
  }
  for (const last of [1, 511, 512, 513, 1024]) {
    const reader = tarReader();
    reader.push(tar.subarray(0, -last));
    assert.throws(() => reader.finish(), TarError, `cut ${last} before the end`);
  }
});

test('a header with one wrong byte is damaged', () => {
  const tar = Buffer.concat([headerOf(entry('file', 'file')), END]);
  for (let at = 0; at < 512; at += 1) {
    if (at >= 148 && at < 156) continue;
    const broken = Buffer.from(tar);
    broken[at] = (broken[at] ?? 0) ^ 0x10;
    assert.throws(() => contentsOf(broken), TarError, `byte ${at}`);
  }
});

test('names that climb are refused, others are made plain', () => {
  for (const name of ['..', '../a', 'a/../b', 'a/..', '/..']) assert.throws(() => plainName(name), TarError);
  assert.deepEqual(['./', '/', './a//b/', '/a/./b', '...', 'a..'].map(plainName), [
    '',
    '',
    'a/b',
    'a/b',
    '...',
    'a..',
  ]);
});
