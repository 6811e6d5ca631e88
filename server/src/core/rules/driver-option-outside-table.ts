// A driver's option above the drivers' tables, where it goes to whichever driver runs.
import { defineRule, removalFix } from '../rule.ts';
import { forwarded, isSetIn, namedDriver, optionAt, optionFate, placeOf } from '../storage/drivers.ts';
import { entry, get, target } from '../syntax/tree.ts';

/** What stands in tables of drivers too, with the same type: the store lists have no other place, and the mask is a string there. */
const options = forwarded.filter((name) => !/^additional/.test(name));

export const rule = defineRule({
  id: 'driver-option-outside-table',
  families: ['storage'],
  level: 'info',
  effect: 'style',
  fix: 'safe',
  docs: {
    what: "A driver option is set directly in `[storage.options]` instead of in the driver's own table.",
    why: 'It is still read there and passed to whichever driver is active. overlay accepts them all; vfs, btrfs and zfs refuse most, and the store fails to open. Changing `driver` is then enough to stop every container. The same option in the table of the driver takes precedence.',
    instead: 'Set it in the table of the driver, such as `[storage.options.overlay]`.',
    source: [
      'storage/types/options.go:183-215, storage/drivers/vfs/driver.go (containers/storage 1.64; run there and on 1.43)',
    ],
  },
  messages: {
    'wrong-level':
      '`{key}` is set outside the driver tables: it is passed to whichever driver is active, and not every driver accepts it. Move it to [storage.options.{driver}].',
    overridden:
      '`{key}` is also set in [storage.options.{driver}], which takes precedence: this line has no effect. Remove it.',
    'fix-move': 'Move to [storage.options.{driver}]',
    'fix-remove': 'Remove {key}',
    related: 'The setting that takes precedence',
  },
  at: options.map((name) => `storage#/storage/options/${name}`),
  check({ bound, root, versions, report }) {
    const from = bound.parent && target(bound.parent.node);
    const driver = namedDriver(root);
    const name = optionAt(bound.pointer)?.name;
    // Which driver runs where none is named, the file does not tell; what it refuses has a rule of its own.
    if (driver === undefined || name === undefined) return;
    if (optionFate(bound, root, versions.containersStorage) !== 'read') return;
    if (bound.entry === undefined || from?.kind !== 'map') return;
    const { key } = bound.entry;
    const args = { key: name, driver };
    const own = placeOf(root, 'storage', 'options', driver, name)?.entry;
    if (own !== undefined && isSetIn(root, driver, name)) {
      const fixes = removalFix(bound, 'fix-remove', 'suggestion', args);
      const related = [{ span: own.span, message: 'related' }];
      report(key, 'overridden', { level: 'warning', effect: 'ignored', args, fixes, related });
      return;
    }
    const path = ['storage', 'options', driver];
    const move = { do: 'move', from, entry: bound.entry, path } as const;
    const fixes = [{ title: 'fix-move', args, kind: 'safe', changes: [move] }] as const;
    const free = own === undefined && entry(get(from, driver), String(key.value)) === undefined;
    report(key, 'wrong-level', { args, ...(free && name !== 'force_mask' && { fixes }) });
  },
});
