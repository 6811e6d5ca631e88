// Reads a folder as a tar: owners, modes, times to the nanosecond, hard links, symlinks, fifos and devices, names of any bytes.
// A file that shrinks while it is read ends the stream with an error: half a file is never passed off as a whole one.
import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { archiveName, shown } from '../tar/names.ts';
import { END, headerOf, type NewEntry, padding } from '../tar/write.ts';
import { EngineError, type Loss } from './port.ts';

const CHUNK = 1024 * 1024;

/** The tar of everything below `root` (an absolute path). @throws EngineError truncated, denied, cancelled */
export async function* readFolder(
  root: string,
  signal: AbortSignal,
  lost: (loss: Loss) => void,
): AsyncGenerator<Buffer> {
  const links = new Map<string, string>();
  const pending: string[] = [''];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
    const path = pathOf(root, name);
    const stat = await lstat(path, { bigint: true });
    if (stat.isDirectory()) {
      yield headerOf({ ...plain(stat), path: archiveName(name, true), type: 'directory' });
      // Taken from the end of the list, so the last name goes in first.
      const children = (await readdir(path, { encoding: 'buffer' })).map((child) => child.toString('latin1'));
      for (const child of children.sort().reverse()) pending.push(name === '' ? child : `${name}/${child}`);
    } else if (stat.isSocket()) lost({ id: 'sockets', name });
    else yield* readLeaf(path, name, stat, links);
  }
  yield END;
}

/** The path of a raw name below a folder, as bytes: names need not be UTF-8. */
export function pathOf(root: string, name: string): Buffer {
  const base = Buffer.from(root, 'utf8');
  return name === '' ? base : Buffer.concat([base, Buffer.from(`/${name}`, 'latin1')]);
}

async function* readLeaf(
  path: Buffer,
  name: string,
  stat: BigIntStats,
  links: Map<string, string>,
): AsyncGenerator<Buffer> {
  const inode = `${stat.dev}:${stat.ino}`;
  const first = stat.nlink > 1n ? links.get(inode) : undefined;
  if (first !== undefined) {
    yield headerOf({ ...plain(stat), path: name, type: 'hard-link', link: first });
    return;
  }
  if (stat.nlink > 1n) links.set(inode, name);
  if (stat.isFile()) yield* readFile(path, name);
  else if (stat.isSymbolicLink()) {
    const link = (await readlink(path, { encoding: 'buffer' })).toString('latin1');
    yield headerOf({ ...plain(stat), path: name, type: 'symlink', link });
  } else if (stat.isFIFO()) yield headerOf({ ...plain(stat), path: name, type: 'fifo' });
  else yield headerOf({ ...plain(stat), path: name, ...device(stat) });
}

async function* readFile(path: Buffer, name: string): AsyncGenerator<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const stat = await file.stat({ bigint: true });
    const size = Number(stat.size);
    let head: Buffer | undefined = headerOf({ ...plain(stat), path: name, type: 'file', size });
    for (let left = size; left > 0; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(left, CHUNK)));
      if (bytesRead === 0)
        throw new EngineError('truncated', `${shown(name)} became smaller while it was read`);
      const bytes = buffer.subarray(0, bytesRead);
      left -= bytesRead;
      yield head ? Buffer.concat([head, bytes, padding(left === 0 ? size : 0)]) : bytes;
      if (!head && left === 0 && size % 512 !== 0) yield padding(size);
      head = undefined;
    }
    if (head) yield head;
  } finally {
    await file.close();
  }
}

function plain(stat: BigIntStats): Omit<NewEntry, 'path' | 'type'> {
  const nanos = ((stat.mtimeNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return {
    link: '',
    size: 0,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mtime: Number((stat.mtimeNs - nanos) / 1_000_000_000n),
    mtimeNanos: Number(nanos),
    major: 0,
    minor: 0,
  };
}

/** Linux packs a device number's two halves in this way (makedev(3)). */
function device(stat: BigIntStats): { type: 'char' | 'block'; major: number; minor: number } {
  const rdev = stat.rdev;
  return {
    type: stat.isCharacterDevice() ? 'char' : 'block',
    major: Number(((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn)),
    minor: Number((rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)),
  };
}
