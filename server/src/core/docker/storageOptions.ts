// What dockerd's storage drivers make of `storage-opts`, and which store a daemon.json asks for.
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { exists } from '../schema/describe.ts';
import { definitionAt, members } from '../schema/load.ts';
import { atLeast } from '../schema/versions.ts';
import { type Entry, get, type Node, text } from '../syntax/tree.ts';

/** Drivers that pass over options that they do not know, or read none at all. */
const tolerant: readonly string[] = ['fuse-overlayfs', 'aufs', 'windowsfilter'];

/** Every storage driver that Docker had; a name from `storage-driver` that is not among them is a snapshotter or a plugin. */
const storageDrivers: readonly string[] = [
  ...['overlay2', 'overlay', 'devicemapper', 'btrfs', 'zfs', 'vfs', 'lcow'],
  ...tolerant,
];

/** Storage drivers that are snapshotters of containerd too. */
const both: readonly string[] = ['btrfs', 'zfs', 'fuse-overlayfs'];

/** Storage drivers that are no snapshotters of containerd. */
export const onlyStorageDrivers: readonly string[] = storageDrivers.filter((name) => !both.includes(name));

export function isStorageDriver(name: string): boolean {
  return storageDrivers.includes(name);
}

/** Whether a version has the driver still: one that went has a rule of its own, and its options are no news. */
export function hasDriver(name: string, version: string): boolean {
  const value = definitionAt('daemon#/storage-driver')?.['x-values']?.find((one) => one.value === name);
  return isStorageDriver(name) && value !== undefined && exists(value, version);
}

export function isTolerant(driver: string): boolean {
  return tolerant.includes(driver);
}

/** The options that a driver takes in a version. */
export function optionsOf(driver: string, version: string): readonly string[] {
  return members(definitionAt('daemon#/storage-opts/[]'))
    .filter(([, option]) => option['x-drivers']?.includes(driver) === true && exists(option, version))
    .map(([name]) => name);
}

/** An entry of `storage-opts`, taken apart as dockerd does: blanks trimmed, the name in small letters but for vfs. */
export interface StorageOption {
  readonly pair: Entry;
  readonly name: string;
  readonly definition: Definition | undefined;
  /** Undefined where there is no `=`. */
  readonly value: string | undefined;
  /** The driver whose prefix the name has, where one has it. */
  readonly driver: string | undefined;
}

/** Source: daemon/graphdriver parsers.ParseKeyValueOpt (moby 29.7); RUN 20.10.24 and 28.5.2. */
export function storageOption({ children: [child] }: Bound): StorageOption | undefined {
  const pair = child?.entry;
  if (child === undefined || pair === undefined) return undefined;
  const name = String(pair.key.value).toLowerCase();
  const prefix = name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
  const driver = prefix === 'dm' ? 'devicemapper' : prefix;
  return {
    pair,
    name,
    definition: child.definition,
    value: text(pair.value),
    driver: isStorageDriver(driver) ? driver : undefined,
  };
}

/**
 * Where images go: storage drivers (`graph`), the containerd image store, or, from Docker 29 on, whichever the host was
 * installed with (`unsure`). Source: daemon/image_store_choice.go:94-153 (moby 29.7).
 */
export function imageStore(root: Node, version: string): 'graph' | 'containerd' | 'unsure' {
  const chosen = get(get(root, 'features'), 'containerd-snapshotter');
  const asked = chosen?.kind === 'scalar' ? chosen.value : undefined;
  if (!atLeast(version, '24.0') || asked === false) return 'graph';
  if (asked === true) return 'containerd';
  if (!atLeast(version, '29.0')) return 'graph';
  const driver = text(get(root, 'storage-driver'));
  if (driver === undefined || driver === '')
    return get(root, 'userns-remap') === undefined ? 'unsure' : 'graph';
  return isStorageDriver(driver) ? 'graph' : 'containerd';
}
