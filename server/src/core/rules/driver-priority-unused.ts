// An order of drivers that nobody follows, or a name in it that no driver has.
import { defineRule, removalFix, valueFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { driverEntry, namedDriver } from '../storage/drivers.ts';
import { target, text } from '../syntax/tree.ts';

const drivers: readonly { name: string; removed?: string }[] = [
  { name: 'overlay' },
  { name: 'btrfs' },
  { name: 'zfs' },
  { name: 'vfs' },
  { name: 'aufs', removed: '1.61' },
  { name: 'devicemapper', removed: '1.54' },
];

export const rule = defineRule({
  id: 'driver-priority-unused',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: '`driver_priority` has no effect, or holds a name that no driver has.',
    why: 'The list is read only while `driver` is not set. A name that is no driver is passed over, `overlay2` too, which `driver` would understand; when none of the list works, the engine tries all drivers in any order, so that the next start can find another driver and no images.',
    instead: 'Remove the list or `driver`, and use names of drivers that this version has.',
    says: ['Failed to built-in GetDriver graph'],
    source: [
      'storage/drivers/driver.go:481-549 (containers/storage 1.64); run on versions from 1.45 to 1.65',
    ],
  },
  messages: {
    'driver-set': '`driver` is set, so driver_priority is never read. Remove one of the two.',
    unknown:
      'containers/storage {version} has no driver `{name}`, so this entry is passed over. It has {known}.',
    'unknown-near':
      'containers/storage {version} has no driver `{name}`, so this entry is passed over. Did you mean `{near}`?',
    'fix-remove': 'Remove driver_priority',
    'fix-near': 'Change to {near}',
    related: 'The driver',
  },
  at: ['storage#/storage/driver_priority'],
  check({ bound, root, versions, report }) {
    const version = versions.containersStorage;
    const list = target(bound.node);
    if (bound.entry === undefined || list.kind !== 'list' || list.items.length === 0) return;
    if (!atLeast(version, '1.45')) return;
    if (namedDriver(root) !== undefined) {
      const chosen = driverEntry(root);
      report(bound.entry.key, 'driver-set', {
        related: chosen === undefined ? [] : [{ span: chosen.span, message: 'related' }],
        fixes: removalFix(bound, 'fix-remove', 'suggestion'),
      });
      return;
    }
    const known = drivers.filter(({ removed }) => removed === undefined || !atLeast(version, removed));
    const names = known.map(({ name }) => name);
    for (const item of list.items) {
      const name = text(item);
      if (name === undefined || names.includes(name)) continue;
      const near = name === 'overlay2' ? 'overlay' : nearest(name, names);
      report(item, near === undefined ? 'unknown' : 'unknown-near', {
        args: { name, version, near: near ?? '', known: names.map((one) => `\`${one}\``).join(', ') },
        fixes: valueFix(item, near),
      });
    }
  },
});
