// Which storage driver a storage.conf names, and whether that driver gets to see an option.
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { type Entry, type Node, target, text } from '../syntax/tree.ts';

/** What of the file belongs to this pointer: the place, however its key is written. */
export function placeOf(root: Bound, ...names: readonly string[]): Bound | undefined {
  return names.reduce<Bound | undefined>(
    (at, name) => at?.children.find(({ pointer }) => pointer === `${at.pointer}/${name}`),
    root,
  );
}

/** The driver that the file names, under the name that it runs by; undefined where the engine chooses. */
export function namedDriver(root: Bound): string | undefined {
  return text(placeOf(root, 'storage', 'driver')?.node)?.replace(/^overlay2$/, 'overlay') || undefined;
}

/** The entry that names it. */
export function driverEntry(root: Bound): Entry | undefined {
  return placeOf(root, 'storage', 'driver')?.entry;
}

/** Options that the parser of each driver knows, and since when; every other option that reaches it stops the store. */
const knownTo: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // drivers/overlay/overlay.go: parseOptions
  overlay: {
    ...{ mountopt: '0', mount_program: '0', size: '0', inodes: '0', ignore_chown_errors: '0' },
    ...{ force_mask: '0', skip_mount_home: '0', use_composefs: '1.52', sync: '1.63' },
    ...{ additionalimagestores: '0', additionallayerstores: '0' },
  },
  // drivers/vfs/driver.go: Init. From 1.63 on vfs has `sync`, but looks for it under a name that is cut before (seen up to 1.65).
  vfs: { ignore_chown_errors: '0', additionalimagestores: '0' },
  // drivers/btrfs/btrfs.go: parseOptions
  btrfs: { min_space: '0', size: '1.63' },
  // drivers/zfs/zfs.go: parseOptions
  zfs: { fsname: '0', mountopt: '0' },
};

/** Options of [storage.options] that go to the driver; the others there are for the store or for nobody (types/options.go). */
export const forwarded: readonly string[] = [
  ...['additionalimagestores', 'additionallayerstores', 'size', 'mount_program', 'skip_mount_home'],
  ...['ignore_chown_errors', 'force_mask', 'mountopt'],
];

/** Whether the file names a driver that has options here. */
export function hasOptions(driver: string | undefined): driver is string {
  return driver !== undefined && Object.hasOwn(knownTo, driver);
}

/** Whether a driver's parser knows an option. */
export function knows(driver: string, option: string, version: string): boolean {
  const since = knownTo[driver]?.[option];
  return since !== undefined && atLeast(version, since);
}

/** Where an option of a driver stands: its name, and the table of a driver or undefined above them. */
export function optionAt(pointer: string): { name: string; table: string | undefined } | undefined {
  const [, table, name] =
    pointer.match(/^storage#\/storage\/options\/(?:(overlay|vfs|btrfs|zfs)\/)?(\w+)$/) ?? [];
  if (name === undefined || (table === undefined && !forwarded.includes(name))) return undefined;
  return { name, table };
}

/**
 * What becomes of an option: its driver reads it, refuses it (the store does not open), never sees it, or, where nobody knows
 * which driver runs, one of these. Up to 1.62 a table counts only for the driver that the file names; from 1.63 on every
 * driver picks its own prefix, and what stands above the tables goes to all (types/options.go:183-215 at 1.64, :465-497 and
 * pkg/config/config.go:127-203 at 1.62; run on 4.3.1 and every version from 1.45 to 1.65).
 */
export type OptionFate = 'read' | 'refused' | 'unread' | 'unsure';

/** The fate of an option; undefined where the place is none. */
export function optionFate(bound: Bound, root: Bound, version: string): OptionFate | undefined {
  const option = optionAt(bound.pointer);
  if (option === undefined) return undefined;
  const { name, table } = option;
  const driver = namedDriver(root);
  if (driver === undefined && table !== undefined && !atLeast(version, '1.63')) return 'unread';
  if (table !== undefined && driver !== undefined && driver !== table) return 'unread';
  // What is empty is handed to nobody, nor what the loader does not know yet.
  const since = bound.definition?.['x-since'] ?? '0';
  if (isEmpty(bound.node) || !atLeast(version, since)) return 'unread';
  if (!hasOptions(driver)) return 'unsure';
  if (driver === 'overlay' && name === 'force_mask' && table === undefined) {
    // Up to 1.62 a mask that the table does not replace arrives as text such as -rwxr-xr-x, which no driver can read.
    return atLeast(version, '1.63') || isSetIn(root, 'overlay', name) ? 'read' : 'refused';
  }
  if (driver === 'btrfs' && table === 'btrfs' && name === 'size' && !atLeast(version, '1.63')) {
    // `min_space` alone is handed on where both are set.
    return isSetIn(root, 'btrfs', 'min_space') ? 'unread' : 'refused';
  }
  return knows(driver, name, version) ? 'read' : 'refused';
}

/** Whether a driver's own table sets an option too. */
export function isSetIn(root: Bound, driver: string, option: string): boolean {
  const place = placeOf(root, 'storage', 'options', driver, option);
  return place !== undefined && !isEmpty(place.node);
}

function isEmpty(node: Node): boolean {
  const held = target(node);
  if (held.kind === 'list') return !held.items.some((item) => target(item).kind === 'scalar');
  return held.kind === 'scalar' && (held.value === '' || held.value === 0 || held.value === 0n);
}

/**
 * False where an option stands in a table that no running driver reads: that of another driver, or, up to 1.62, any where
 * `driver` is not set. Other places count as read.
 */
export function isRead(bound: Bound, root: Bound, version: string): boolean {
  const table = bound.pointer.match(/^storage#\/storage\/options\/(overlay|vfs|btrfs|zfs)\//)?.[1];
  if (table === undefined) return true;
  const driver = namedDriver(root);
  return driver === undefined ? atLeast(version, '1.63') : driver === table;
}
