// Which storage driver a storage.conf names, and whether that driver gets to see an option.
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

/** The driver that the file names, under the name that it runs by; undefined where the engine chooses. */
export function namedDriver(root: Bound): string | undefined {
  return text(get(get(root.node, 'storage'), 'driver'))?.replace(/^overlay2$/, 'overlay') || undefined;
}

/**
 * False where an option stands in a table that no running driver reads: that of another driver, or, up to 1.62, any where
 * `driver` is not set (storage/types/options.go:183-215 at 1.64, :465-497 at 1.62). Other places count as read.
 */
export function isRead(bound: Bound, root: Bound, version: string): boolean {
  const table = bound.pointer.match(/^storage#\/storage\/options\/(overlay|vfs|btrfs|zfs)\//)?.[1];
  if (table === undefined) return true;
  const driver = namedDriver(root);
  return driver === undefined ? atLeast(version, '1.63') : driver === table;
}

/** Options that a driver takes from [storage.options], and the first version to do so. */
export const takesOutside: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  overlay: { size: '0', mountopt: '0', mount_program: '0', ignore_chown_errors: '0', skip_mount_home: '0' },
  vfs: { ignore_chown_errors: '0' },
  btrfs: { size: '1.63' },
  zfs: { mountopt: '0' },
};
