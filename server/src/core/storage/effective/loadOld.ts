// The loader up to containers/storage 1.62: one file; a user without root who has none gets a few keys of the system's
// (types/options.go:55-180 and :287-369, types/utils.go:26-49 at 1.62; nearly the same at 1.43).
import { atLeast } from '../../schema/versions.ts';
import { addFile, keyText, type Merged, type Values } from './merge.ts';
import { fileAt, type Loaded, tryFile } from './opened.ts';
import { join, linuxFolders, userFolder } from './places.ts';
import type { NoEffect, PresentFile, StorageQuestion } from './types.ts';

/**
 * Two steps: a file for everybody, at which the tool stops where it is broken; then the file of this user, whose values
 * count alone and whose error is only warned of.
 */
export function loadOld(question: StorageQuestion): Loaded {
  const named = question.env['CONTAINERS_STORAGE_CONF'];
  const first = firstFile(question);
  if (named !== undefined && first === undefined)
    return {
      read: [],
      values: new Map(),
      stop: { reason: 'missing', file: named, variable: 'CONTAINERS_STORAGE_CONF' },
    };
  const base = valuesOf(first, question);
  const second = named === undefined ? present(question, secondPath(question)) : first;
  if (base.stop !== undefined)
    return { ...base, unreached: second === undefined || second === first ? [] : [second.path] };
  const thin = thinVendorFile(question);
  if (thin !== undefined) return thin;
  if (second === undefined) {
    if (question.uid !== 0) return inheriting(base, question);
    return first === undefined ? { ...base, deaf: true } : base;
  }
  const top = second === first ? base : valuesOf(second, question);
  const below = { inherited: base.values, ...(isStrict(question) && { strict: true as const }) };
  if (top.stop === undefined) return { ...top, ...below };
  const read: Loaded['read'] = [{ path: second.path, passedOver: 'refused' }];
  return { read, values: new Map(), ...below, deaf: true };
}

/** Up to 1.58 a file that root reads must name both folders (types/options.go:162-180 at 1.58). */
function isStrict({ uid, version }: StorageQuestion): boolean {
  return uid === 0 && !atLeast(version, '1.59');
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

function firstFile(question: StorageQuestion): PresentFile | undefined {
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

/**
 * From 1.52 on root's was settled before XDG_CONFIG_HOME had a say, so that the system's file wins over one there. Before, a
 * second call saw what the first had found, and Podman calls twice (RUN Podman 4.3.1, Skopeo with 1.62).
 */
function secondPath(question: StorageQuestion): string | undefined {
  const { usr, etc } = question.system ?? linuxFolders;
  const user = userFolder(question);
  if (question.uid !== 0) return user && join(user, 'storage.conf');
  if (!atLeast(question.version, '1.52')) return firstFile(question)?.path;
  const ofAdmin = join(etc, 'storage.conf');
  return present(question, ofAdmin) === undefined ? join(usr, 'storage.conf') : ofAdmin;
}

/**
 * Before 1.45 root's first call read the distribution's file whatever else was there, so that one without its folders stops
 * Podman (types/utils.go:175-177 at 1.43; RUN 4.3.1).
 */
function thinVendorFile(question: StorageQuestion): Loaded | undefined {
  const { version, uid, env, system } = question;
  if (uid !== 0 || atLeast(version, '1.45') || env['CONTAINERS_STORAGE_CONF'] !== undefined) return undefined;
  const file = present(question, join((system ?? linuxFolders).usr, 'storage.conf'));
  const loaded = valuesOf(file, question);
  const key = unsetFolder(loaded.values);
  if (file === undefined || key === undefined) return undefined;
  return { ...loaded, stop: { reason: 'no-root', file: file.path, key } };
}

/** The first of the two folders that is not named. */
export function unsetFolder(values: Values): string | undefined {
  return ['runroot', 'graphroot'].find((name) => !values.get(keyText(['storage', name]))?.value);
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
