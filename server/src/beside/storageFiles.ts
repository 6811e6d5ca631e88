// The files of containers/storage on this machine or in a copy of one: every storage.conf and drop-in that is there, read or
// not. Only reads, never throws; what cannot be read is listed as that.
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { foldersOf, linuxFolders } from '../core/storage/effective/places.ts';
import type { PresentFile, StorageQuestion, SystemFolders } from '../core/storage/effective/types.ts';
import { namesIn } from './files.ts';

export interface StorageAsked {
  readonly version: string;
  /** 0 is root; the user of this process where missing. */
  readonly uid?: number | undefined;
  /** A folder that holds a copy of a machine's files: nothing outside counts, nor do variables. */
  readonly root?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Larger files are no configuration, bytes. */
const largest = 1024 * 1024;

/** All that the effective configuration of a user is worked out from. */
export function storageQuestion({ version, uid: asked, root, env }: StorageAsked): StorageQuestion {
  const uid = asked ?? currentUid();
  const own = root === undefined && uid === currentUid();
  const home = homeOf(uid, root) ?? (own ? env['HOME'] : undefined);
  const question = { version, uid, home, env: own ? env : {}, system: systemFolders(root) };
  const paths = foldersOf(question).flatMap((folder) => pathsIn(folder, root));
  for (const name of ['CONTAINERS_STORAGE_CONF', 'CONTAINERS_STORAGE_CONF_OVERRIDE']) {
    const path = question.env[name];
    if (path && !paths.includes(path)) paths.push(path);
  }
  return { ...question, files: paths.flatMap((path) => presentFile(path, root) ?? []) };
}

/** The user of this process; where the system has no numbers for users, root. */
export function currentUid(): number {
  return process.getuid?.() ?? 0;
}

function systemFolders(root: string | undefined): SystemFolders {
  if (process.platform !== 'freebsd' || root !== undefined) return linuxFolders;
  return { usr: '/usr/local/share/containers', etc: '/usr/local/etc/containers' };
}

/** The home directory that passwd names for a user. */
function homeOf(uid: number, root: string | undefined): string | undefined {
  const passwd = presentFile('/etc/passwd', root)?.text ?? '';
  const fields = passwd.split('\n').map((line) => line.split(':'));
  return fields.find(([, , id]) => id === String(uid))?.[5] || (uid === 0 ? '/root' : undefined);
}

function pathsIn(folder: string, root: string | undefined): string[] {
  const dropIns = ['storage.conf.d', 'storage.rootful.conf.d', 'storage.rootless.conf.d'];
  return [
    `${folder}/storage.conf`,
    ...dropIns.flatMap((name) => {
      const paths = confIn(`${folder}/${name}`, root);
      const subfolders = namesIn(within(`${folder}/${name}`, root)).filter((inner) =>
        isFolder(within(`${folder}/${name}/${inner}`, root)),
      );
      // A folder is never read as a drop-in; a link to one is, and makes the tool stop.
      const files = paths.filter(
        (path) => !subfolders.some((inner) => path === `${folder}/${name}/${inner}`),
      );
      return [...files, ...subfolders.sort().flatMap((inner) => confIn(`${folder}/${name}/${inner}`, root))];
    }),
  ];
}

function confIn(folder: string, root: string | undefined): string[] {
  return namesIn(within(folder, root))
    .filter((name) => name.endsWith('.conf'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** What has a name, if anything has. */
function presentFile(path: string, root: string | undefined): PresentFile | undefined {
  const real = followed(within(path, root), root);
  try {
    lstatSync(within(path, root));
  } catch (error) {
    // A folder that this process may not enter may well hold it.
    return codeOf(error) === 'EACCES' ? { path, text: undefined, state: 'denied' } : undefined;
  }
  try {
    const found = statSync(real);
    if (found.isDirectory()) return { path, text: undefined, state: 'folder' };
    if (found.size > largest) return { path, text: undefined, state: 'denied' };
    return { path, text: found.isFile() ? readFileSync(real, 'utf8') : '' };
  } catch (error) {
    return { path, text: undefined, state: codeOf(error) === 'ENOENT' ? 'dangling' : 'denied' };
  }
}

/** A link of a copied machine names a place within the copy. */
function followed(path: string, root: string | undefined): string {
  let at = path;
  for (let links = 0; root !== undefined && links < 20; links++) {
    try {
      const target = readlinkSync(at);
      at = isAbsolute(target) ? within(target, root) : resolve(dirname(at), target);
    } catch {
      break;
    }
  }
  return at;
}

function within(path: string, root: string | undefined): string {
  return root === undefined ? path : join(root, path);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
