// No driver named, where the engine wants one.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { namedDriver, placeOf } from '../storage/drivers.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-driver-unset',
  families: ['storage'],
  level: 'info',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: '`driver` is not set, and `driver_priority` is not either.',
    why: 'Up to containers/storage 1.62 the engine then picks a driver by itself, prints a warning (before 1.45 an error that stops nothing), and reads no driver table. Another kernel or a missing helper can make it pick another driver, which does not see the images of the first. From 1.63 on leaving it out is the recommended way.',
    instead: 'Name the driver, usually `driver = "overlay"`.',
    says: [
      "The storage 'driver' option must be set to guarantee proper operation",
      "The storage 'driver' option should be set. A driver was picked automatically.",
    ],
    source: ['storage/types/options.go:432-446 (containers/storage 1.62); run on 1.43, 1.45 and 1.62'],
  },
  messages: {
    unset:
      'Without `driver`, containers/storage {version} warns at every start, picks a driver by itself and reads no driver table. Set it.',
    'fix-set': 'Set driver = "overlay"',
  },
  at: ['storage#/storage'],
  check({ bound, root, versions, report }) {
    const version = versions.containersStorage;
    const table = target(bound.node);
    if (atLeast(version, '1.63') || namedDriver(root) !== undefined || table.kind !== 'map') return;
    const priority = placeOf(root, 'storage', 'driver_priority');
    const list = priority && target(priority.node);
    if (list?.kind === 'list' && list.items.length > 0 && atLeast(version, '1.45')) return;
    // A table that nobody reads says more, and where.
    const options = placeOf(root, 'storage', 'options');
    const drivers = /\/(overlay|vfs|btrfs|zfs)$/;
    if (options?.children.some((one) => drivers.test(one.pointer) && one.children.length > 0)) return;
    const written = placeOf(root, 'storage', 'driver')?.entry;
    report(written?.span ?? table.headers?.[0] ?? bound.entry?.key ?? bound.node, 'unset', {
      args: { version },
      fixes: [
        {
          title: 'fix-set',
          kind: 'suggestion',
          changes: [
            written === undefined
              ? { do: 'insert', into: table, key: 'driver', value: 'overlay' }
              : { do: 'replace', node: written.value, value: 'overlay' },
          ],
        },
      ],
    });
  },
});
