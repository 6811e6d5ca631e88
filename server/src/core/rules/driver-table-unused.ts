// Options for a driver that does not run.
import { defineRule, type RuleFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { driverEntry, hasOptions, namedDriver, placeOf } from '../storage/drivers.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'driver-table-unused',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
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
    'fix-set': 'Set driver = "{table}"',
    related: 'The driver',
  },
  at: ['overlay', 'vfs', 'btrfs', 'zfs'].map((driver) => `storage#/storage/options/${driver}`),
  check({ bound, root, versions, report }) {
    const node = target(bound.node);
    if (bound.entry === undefined || node.kind !== 'map' || node.entries.length === 0) return;
    const chosen = driverEntry(root);
    const driver = namedDriver(root);
    const table = String(bound.entry.key.value).toLowerCase();
    const at = node.headers?.[0] ?? bound.entry.key;
    const version = versions.containersStorage;
    const args = { table, version };
    if (driver === undefined && !atLeast(version, '1.63')) report(at, 'unset', { args, fixes: named(args) });
    // A driver that does not exist is the news.
    if (!hasOptions(driver) || driver === table) return;
    report(at, 'other', {
      args: { driver, table },
      related: chosen === undefined ? [] : [{ span: chosen.span, message: 'related' }],
    });

    /** The driver of this table, where that is the only one with options. */
    function named(args: { table: string; version: string }): RuleFix[] {
      const storage = placeOf(root, 'storage');
      const into = storage && target(storage.node);
      const tables = bound.parent?.children.filter(({ pointer }) =>
        /\/(overlay|vfs|btrfs|zfs)$/.test(pointer),
      );
      if (into?.kind !== 'map' || (tables?.length ?? 0) > 1) return [];
      const set =
        chosen === undefined
          ? ({ do: 'insert', into, key: 'driver', value: args.table } as const)
          : ({ do: 'replace', node: chosen.value, value: args.table } as const);
      return [{ title: 'fix-set', args, kind: 'suggestion', changes: [set] }];
    }
  },
});
