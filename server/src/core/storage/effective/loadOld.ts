// The loader up to containers/storage 1.62: one file; a user without root who has none gets a few keys of the system's
// (types/options.go:55-180 and :287-369, types/utils.go:26-49 at 1.62; nearly the same at 1.43).
import { addFile, keyText, type Merged, type Values } from './merge.ts';
import { fileAt, type Loaded, tryFile } from './opened.ts';
import { join, linuxFolders, userFolder } from './places.ts';
import type { ListedFile, NoEffect, PresentFile, StorageQuestion } from './types.ts';

export function loadOld(question: StorageQuestion): Loaded {
  const named = question.env['CONTAINERS_STORAGE_CONF'];
  const system = systemFile(question);
  if (named !== undefined && system === undefined)
    return {
      read: [],
      values: new Map(),
      stop: { reason: 'missing', file: named, variable: 'CONTAINERS_STORAGE_CONF' },
    };
  const first = valuesOf(system, question);
  // Also a user with a file of their own stops at a broken one of the system.
  if (first.stop !== undefined) return first;
  if (question.uid === 0) return first;
  const own = named !== undefined ? system : present(question, ownPath(question));
  if (own === undefined) return inheriting(first, question);
  const second = own === system ? first : valuesOf(own, question);
  const inherited = first.values;
  if (second.stop === undefined) return { ...second, inherited };
  // It was decoded without a look at the error.
  const left: ListedFile = { path: own.path, passedOver: 'refused' };
  return { read: [left], values: new Map(), inherited };
}

function valuesOf(file: PresentFile | undefined, { version }: StorageQuestion): Loaded {
  const values: Values = new Map();
  if (file === undefined) return { read: [], values };
  if (file.state === 'denied') return { read: [{ path: file.path, passedOver: 'denied' }], values };
  const read = [{ path: file.path }];
  const tried = tryFile(file, version);
  if ('stop' in tried) return { read, values, stop: tried.stop };
  addFile(values, new Map(), file.path, tried.read.values);
  return { read, values };
}

function present(question: StorageQuestion, path: string | undefined): PresentFile | undefined {
  const file = path === undefined ? undefined : fileAt(question, path);
  return file?.state === 'dangling' ? undefined : file;
}

/** The file that is read for root, and before their own for everybody else. */
function systemFile(question: StorageQuestion): PresentFile | undefined {
  const { env, system } = question;
  const { usr, etc } = system ?? linuxFolders;
  const named = env['CONTAINERS_STORAGE_CONF'];
  if (named !== undefined) return present(question, named);
  const user = env['XDG_CONFIG_HOME'] ? userFolder(question) : undefined;
  return (
    present(question, user && join(user, 'storage.conf')) ??
    present(question, join(etc, 'storage.conf')) ??
    present(question, join(usr, 'storage.conf'))
  );
}

function ownPath(question: StorageQuestion): string | undefined {
  const folder = userFolder(question);
  return folder === undefined ? undefined : join(folder, 'storage.conf');
}

/** Drivers that a user without root gets from the file of the system (types/options.go:276-285 at 1.62). */
const rootlessDrivers = ['btrfs', 'overlay', 'overlay2', 'vfs'];

function inheriting({ read, values }: Loaded, { env }: StorageQuestion): Loaded {
  const text = (...key: string[]) => values.get(keyText(['storage', ...key]))?.value;
  const named = text('driver');
  const driver = env['STORAGE_DRIVER'] || (rootlessDrivers.includes(String(named)) ? named : '');
  // The first option of the name is taken, which is that of [storage.options].
  const chown = text('options', 'ignore_chown_errors') ? 'options' : 'overlay';
  const isInherited = ([, ...key]: readonly string[]): boolean => {
    const [name, option, inner] = key;
    if (name === 'driver') return rootlessDrivers.includes(String(named));
    if (name === 'rootless_storage_path' || option === 'pull_options') return true;
    if (name === 'driver_priority') return !driver;
    const at = option === 'ignore_chown_errors' ? 'options' : inner === 'ignore_chown_errors' ? option : '';
    return at === chown && (driver === 'overlay' || driver === 'overlay2');
  };
  const kept = [...values].map(([id, one]): [string, Merged] => {
    const noEffect: NoEffect | undefined = isInherited(one.key) ? one.noEffect : 'not-inherited';
    return [id, { ...one, ...(noEffect && { noEffect }) }];
  });
  return {
    read: read.map((file) => ({ ...file, passedOver: file.passedOver ?? 'partly' })),
    values: new Map(kept),
  };
}
