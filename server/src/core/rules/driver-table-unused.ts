// Options for a driver that does not run.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { namedDriver } from '../storage/drivers.ts';
import { entry, get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'driver-table-unused',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'none',
  docs: {
    what: 'A table holds options of a driver other than the active one.',
    why: 'Only the active driver reads its table. Up to containers/storage 1.62, no driver table is read at all while `driver` is not set.',
    instead: 'Move the options to the table of your driver if it supports them; otherwise remove the table.',
    source: ['storage/types/options.go:183-215 (containers/storage 1.64), :465-497 (1.62)'],
  },
  messages: {
    other:
      'The driver is `{driver}`, so [storage.options.{table}] has no effect. Use [storage.options.{driver}], or remove this table.',
    unset:
      'Without `driver`, containers/storage {version} reads no driver table, so this one has no effect. Set driver = "{table}" under [storage].',
    related: 'The driver',
  },
  at: ['overlay', 'vfs', 'btrfs', 'zfs'].map((driver) => `storage#/storage/options/${driver}`),
  check({ bound, root, versions, report }) {
    const node = target(bound.node);
    if (bound.entry === undefined || node.kind !== 'map' || node.entries.length === 0) return;
    const storage = get(root.node, 'storage');
    const chosen = entry(storage, 'driver');
    const driver = namedDriver(root);
    const table = String(bound.entry.key.value).toLowerCase();
    const at = node.headers?.[0] ?? bound.entry.key;
    const version = versions.containersStorage;
    if (driver === undefined && !atLeast(version, '1.63')) report(at, 'unset', { args: { table, version } });
    if (driver === undefined || driver === table) return;
    report(at, 'other', {
      args: { driver, table },
      related: chosen === undefined ? [] : [{ span: chosen.span, message: 'related' }],
    });
  },
});
