// Lays a tar out below a folder and nowhere else: no entry may climb out, and no symlink that the tar planted is ever followed.
// On failure a part of the contents is left behind; the caller decides what becomes of it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { plainName, shown } from '../tar/names.ts';
import { type TarEntry, tarReader } from '../tar/read.ts';
import { pathOf } from './folderRead.ts';
import { EngineError } from './port.ts';

const run = promisify(execFile);

interface Place {
  readonly root: string;
  /** Only root may give files away; for others owners stay theirs. */
  readonly owners: boolean;
  /** Folders that were seen to be real folders, by raw name. */
  readonly known: Set<string>;
  /** Folders whose mode and time are set when nothing more is written into them. */
  readonly folders: Map<string, TarEntry>;
}

/** Adds the entries of a tar to the folder `root`. @throws EngineError, TarError */
export async function writeFolder(
  root: string,
  tar: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const place: Place = { root, owners: process.getuid?.() === 0, known: new Set(['']), folders: new Map() };
  const reader = tarReader();
  let file: fs.FileHandle | undefined;
  let entry: TarEntry | undefined;
  try {
    for await (const chunk of tar) {
      if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
      for (const part of reader.push(chunk)) {
        if (part.kind === 'entry') {
          entry = part.entry;
          file = await openEntry(place, entry);
        } else if (part.kind === 'data') await file?.writeFile(part.bytes);
        else if (file && entry) {
          await finishFile(place, file, entry);
          await file.close();
          file = undefined;
        }
      }
    }
    reader.finish();
  } finally {
    await file?.close();
  }
  await finishFolders(place);
}

/** Makes what the entry says; gives the open file where contents follow. */
async function openEntry(place: Place, entry: TarEntry): Promise<fs.FileHandle | undefined> {
  const name = plainName(entry.path);
  if (entry.type === 'directory') {
    await ensureFolder(place, name);
    place.folders.set(name, entry);
    return undefined;
  }
  if (name === '') throw new EngineError('unsupported', 'the root of the archive is not a folder');
  await ensureFolder(place, parentOf(name));
  const path = pathOf(place.root, name);
  await makeRoom(path, name);
  place.known.delete(name);
  if (entry.type === 'file')
    return fs.open(
      path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
  if (entry.type === 'hard-link') await makeHardLink(place, plainName(entry.link), path);
  else if (entry.type === 'symlink') await makeSymlink(place, entry, path);
  else await makeNode(place, entry, path);
  return undefined;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** Every folder on the way must be a real one; missing ones are made. */
async function ensureFolder(place: Place, name: string): Promise<void> {
  if (place.known.has(name)) return;
  await ensureFolder(place, parentOf(name));
  const path = pathOf(place.root, name);
  const stat = await statOf(path);
  if (stat === undefined) await fs.mkdir(path, 0o700);
  else if (!stat.isDirectory())
    throw new EngineError(
      'unsupported',
      `${shown(name)} is needed as a folder, but the archive made it something else`,
    );
  place.known.add(name);
}

async function makeRoom(path: Buffer, name: string): Promise<void> {
  const stat = await statOf(path);
  if (stat?.isDirectory())
    throw new EngineError(
      'unsupported',
      `${shown(name)} is in the archive both as a folder and as something else`,
    );
  if (stat) await fs.unlink(path);
}

async function statOf(path: Buffer) {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeHardLink(place: Place, target: string, path: Buffer): Promise<void> {
  await ensureFolder(place, parentOf(target));
  const stat = await statOf(pathOf(place.root, target));
  if (!stat || stat.isDirectory())
    throw new EngineError(
      'unsupported',
      `a hard link points to ${shown(target)}, which the archive does not hold`,
    );
  await fs.link(pathOf(place.root, target), path);
}

async function makeSymlink(place: Place, entry: TarEntry, path: Buffer): Promise<void> {
  await fs.symlink(Buffer.from(entry.link, 'latin1'), path);
  if (place.owners) await fs.lchown(path, entry.uid, entry.gid);
  await fs.lutimes(path, seconds(entry), seconds(entry));
}

/** Node has no mkfifo; the tool makes it under a plain name, for its arguments cannot carry names of any bytes. */
async function makeNode(place: Place, entry: TarEntry, path: Buffer): Promise<void> {
  const kinds = { fifo: 'p', char: 'c', block: 'b' } as const;
  if (entry.type !== 'fifo' && entry.type !== 'char' && entry.type !== 'block')
    throw new EngineError(
      'unsupported',
      `${shown(entry.path)} is of a kind that cannot be written into a folder`,
    );
  const made = join(place.root, `.stowage-${randomUUID()}`);
  const numbers = entry.type === 'fifo' ? [] : [String(entry.major), String(entry.minor)];
  await run('mknod', [made, kinds[entry.type], ...numbers]);
  if (place.owners) await fs.chown(made, entry.uid, entry.gid);
  await fs.chmod(made, entry.mode);
  await fs.utimes(made, seconds(entry), seconds(entry));
  await fs.rename(made, path);
}

/** Owner before mode: giving a file away clears its setuid bit. */
async function finishFile(place: Place, file: fs.FileHandle, entry: TarEntry): Promise<void> {
  if (place.owners) await file.chown(entry.uid, entry.gid);
  await file.chmod(entry.mode);
  await file.utimes(seconds(entry), seconds(entry));
}

/** Deepest first, so that no folder's time changes after it was set. */
async function finishFolders(place: Place): Promise<void> {
  const byDepth = [...place.folders].sort(
    ([a], [b]) => b.split('/').length - a.split('/').length || b.length - a.length,
  );
  for (const [name, entry] of byDepth) {
    const path = pathOf(place.root, name);
    if (place.owners) await fs.chown(path, entry.uid, entry.gid);
    await fs.chmod(path, entry.mode);
    await fs.utimes(path, seconds(entry), seconds(entry));
  }
}

/** To the microsecond: a double cannot carry more, and rounding up must not reach the next second. */
function seconds(entry: TarEntry): number {
  return entry.mtime + Math.floor(entry.mtimeNanos / 1000) / 1_000_000;
}
