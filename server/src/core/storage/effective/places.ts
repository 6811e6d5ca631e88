// Where containers/storage looks for its configuration: for one user, of one version. Also which files lie there and are
// not looked at, and why. Pure: what is there comes in as a list.
import { atLeast } from '../../schema/versions.ts';
import { type StoragePlace, storagePlace } from '../place.ts';
import type { ListedFile, PassedOver, PresentFile, StorageQuestion, SystemFolders } from './types.ts';

export const linuxFolders: SystemFolders = { usr: '/usr/share/containers', etc: '/etc/containers' };

/** The `containers` folder of the user; undefined where there is no home. XDG_CONFIG_HOME counts for root too. */
export function userFolder({ env, home }: Pick<StorageQuestion, 'env' | 'home'>): string | undefined {
  const config = env['XDG_CONFIG_HOME'];
  if (config) return join(config, 'containers');
  const house = env['HOME'] || home;
  return house ? join(house, '.config/containers') : undefined;
}

/** All folders that may hold files, the strongest first. */
export function foldersOf(question: Omit<StorageQuestion, 'files'>): string[] {
  const { usr, etc } = question.system ?? linuxFolders;
  const user = userFolder(question);
  return [...(user === undefined ? [] : [user]), etc, usr];
}

/** Whether the loader of a version knows drop-ins, and merges files (storage/pkg/configfile, from containers/storage 1.63 on). */
export function hasDropIns(version: string): boolean {
  return atLeast(version, '1.63');
}

/** The folders of drop-ins that are read for a user, the strongest first (storage/pkg/configfile/parse.go:256-325). */
export function dropInFolders(question: StorageQuestion): string[] {
  const { uid } = question;
  const special =
    uid === 0 ? ['storage.rootful.conf.d'] : [`storage.rootless.conf.d/${uid}`, 'storage.rootless.conf.d'];
  const user = userFolder(question);
  return foldersOf(question).flatMap((folder) =>
    (folder === user ? ['storage.conf.d'] : [...special, 'storage.conf.d']).map((name) => join(folder, name)),
  );
}

/** The drop-ins that are read, in order: of one name the strongest folder's, sorted by name over all folders. */
export function dropInsOf(question: StorageQuestion): PresentFile[] {
  const byName = new Map<string, PresentFile>();
  for (const folder of dropInFolders(question).reverse()) {
    for (const file of question.files) {
      if (folderOf(file.path) === folder && file.path.endsWith('.conf')) byName.set(nameOf(file.path), file);
    }
  }
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

/** The files that are there and that `read` does not list, each with its reason. */
export function passedOver(
  question: StorageQuestion,
  read: readonly ListedFile[],
  unreached: readonly string[] = [],
): ListedFile[] {
  const taken = new Set(read.map(({ path }) => path));
  const main = read.find(({ path }) => !path.includes('.conf.d/'));
  return question.files
    .filter(({ path }) => !taken.has(path))
    .map((file): ListedFile => {
      if (unreached.includes(file.path)) return { path: file.path, passedOver: 'not-reached' };
      const place = placeOf(question, file.path);
      const same = read.find(
        ({ path }) =>
          nameOf(path) === nameOf(file.path) && path.includes('.conf.d/') && place?.role === 'drop-in',
      );
      const by = place?.role === 'drop-in' ? same?.path : main?.path;
      const why = reasonFor(question, file, place);
      return { path: file.path, passedOver: why, ...(why === 'shadowed' && by !== undefined && { by }) };
    });
}

function reasonFor(
  question: StorageQuestion,
  { path, state }: PresentFile,
  place: StoragePlace | undefined,
): PassedOver {
  const { version, env, uid } = question;
  const dropIn = place?.role === 'drop-in';
  if (state === 'dangling') return 'dangling';
  if (dropIn && !hasDropIns(version)) return 'old';
  if (env['CONTAINERS_STORAGE_CONF']) return 'environment';
  if (place?.unread !== undefined) return place.unread;
  if (dropIn && !dropInFolders(question).includes(folderOf(path))) return 'other-user';
  const own = userFolder(question);
  if (!dropIn && uid === 0 && !hasDropIns(version) && folderOf(path) === own && !env['XDG_CONFIG_HOME'])
    return 'no-xdg';
  return 'shadowed';
}

/** Its place, whatever the folders of this system and user are called. */
function placeOf(question: StorageQuestion, path: string): StoragePlace | undefined {
  const { usr, etc } = question.system ?? linuxFolders;
  const user = userFolder(question);
  const named: [string | undefined, string][] = [
    [user, '/home/user/.config/containers'],
    [etc, '/etc/containers'],
    [usr, '/usr/share/containers'],
  ];
  const [folder, plain] = named.find(([one]) => one !== undefined && path.startsWith(`${one}/`)) ?? [];
  return folder === undefined ? undefined : storagePlace(`${plain}${path.slice(folder.length)}`);
}

export function join(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, '')}/${name}`;
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
