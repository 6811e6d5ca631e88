// A volume full of what is easily lost, and a picture of a folder drawn by other tools than ours (find, sha256sum).
import { execFile } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isRoot } from './docker.ts';

const run = promisify(execFile);
const long = (letter: string) => letter.repeat(120);

/** Fills a folder: owners, modes, links, times, a fifo, a device, and names of every kind. `bytes` is the size of the large file. */
export async function fillVolume(root: string, bytes = 300_000): Promise<void> {
  const at = (...names: string[]) => join(root, ...names);
  await fs.mkdir(at('empty folder', '空目录 🍎'), { recursive: true });
  await fs.mkdir(at(long('d'), long('e'), long('f')), { recursive: true });
  await fs.writeFile(at(long('d'), long('e'), long('f'), 'deep.txt'), 'deep');
  await fs.writeFile(at(long('n')), 'a name of 120 characters');
  await fs.writeFile(at('red apple 🍎.txt'), 'apple\n');
  await fs.writeFile(Buffer.concat([Buffer.from(`${root}/latin-`), Buffer.from([0xe9, 0xff])]), 'not UTF-8');
  await fs.writeFile(at('line\nbreak'), 'odd');
  await fs.writeFile(at('nothing'), '');
  await fs.writeFile(at('large'), noise(bytes));
  await fs.writeFile(at('block'), noise(512));
  await fs.writeFile(at('first'), 'one file, three names');
  await fs.link(at('first'), at('empty folder', 'second'));
  await fs.link(at('first'), at(long('d'), long('e'), long('f'), long('t')));
  await fs.writeFile(at('tool'), '#!/bin/sh\n');
  await fs.link(at('tool'), at('zz-tool'));
  await fs.symlink('/nowhere/at all', at('dangling'));
  await fs.symlink(`../${long('x')}/${long('y')}`, at('long link'));
  await fs.writeFile(at('.hidden'), 'dot');
  await run('mkfifo', [at('pipe')]);
  if (isRoot) {
    await run('mknod', [at('null'), 'c', '1', '3']);
    await fs.chown(at('first'), 999, 998);
    await fs.chown(at('tool'), 1000, 1001);
    await fs.lchown(at('dangling'), 70, 71);
    await fs.chown(at('pipe'), 12, 13);
    await fs.chown(at('nothing'), 3_000_000, 3_000_001);
    await fs.chown(root, 999, 999);
  }
  await fs.chmod(at('tool'), 0o6755);
  // Only root reads a file that nobody may read.
  await fs.chmod(at('.hidden'), isRoot ? 0o000 : 0o400);
  await fs.chmod(at('empty folder'), 0o1777);
  await fs.utimes(at('red apple 🍎.txt'), 981_173_106, 981_173_106.5);
  await fs.lutimes(at('dangling'), 1_000_000_000, 1_000_000_000);
  await fs.utimes(at('empty folder'), 1_111_111_111, 1_111_111_111);
  await fs.chmod(root, 0o750);
  await fs.utimes(root, 1_234_567_890, 1_234_567_890);
}

/** Bytes that do not compress, the same every time. */
export function noise(bytes: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/**
 * One line for everything in a folder: kind, mode, owner, time in seconds, size and sum of files, links, devices, names that
 * share a file. Read with find and sha256sum, so that our own reading is not its own judge.
 */
export async function picture(root: string): Promise<string[]> {
  const format = '%y\\t%m\\t%U:%G\\t%Ts\\t%s\\t%l\\t%D:%i\\t%n\\t%P\\0';
  const { stdout } = await run('find', ['.', '-printf', format], {
    cwd: root,
    encoding: 'latin1',
    maxBuffer: 1e9,
  });
  const rows = stdout
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  const names = new Map<string, string[]>();
  for (const [, , , , , , inode = '', , name = ''] of rows)
    names.set(inode, [...(names.get(inode) ?? []), name].sort());
  const lines = rows.map(async ([type = '', mode, owner, time, size, link, inode = '', , name = '']) => {
    const path = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    const sum =
      type === 'f'
        ? createHash('sha256')
            .update(await fs.readFile(path))
            .digest('hex')
        : '';
    const device = type === 'c' || type === 'b' ? (await fs.lstat(path)).rdev : '';
    return [
      name,
      type,
      type === 'l' ? '' : mode,
      owner,
      time,
      type === 'f' ? size : '',
      link,
      sum,
      device,
      names.get(inode)?.join(','),
    ].join('|');
  });
  return (await Promise.all(lines)).sort();
}
