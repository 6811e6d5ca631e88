// A driver's option above the drivers' tables, where it goes to whichever driver runs.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { namedDriver, takesOutside } from '../storage/drivers.ts';
import { entry, get, target, text } from '../syntax/tree.ts';

const options = Object.keys(takesOutside['overlay'] ?? {});

export const rule = defineRule({
  id: 'driver-option-outside-table',
  families: ['storage'],
  level: 'info',
  effect: 'style',
  fix: 'safe',
  docs: {
    what: "A driver option is set directly in `[storage.options]` instead of in the driver's own table.",
    why: 'It is still read there and passed to whichever driver is active. overlay accepts them all; vfs refuses mount options and size limits, and the store fails to open. Changing `driver` is then enough to stop every container. The same option in the table of the driver takes precedence.',
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
    refused:
      '`{key}` in [storage.options] is passed to the {driver} driver, which has no such option: containers/storage fails to start. Remove it.',
    'fix-move': 'Move to [storage.options.{driver}]',
    'fix-remove': 'Remove {key}',
    related: 'The setting that takes precedence',
  },
  at: options.map((name) => `storage#/storage/options/${name}`),
  check({ bound, root, versions, report }) {
    const from = bound.parent && target(bound.parent.node);
    const driver = namedDriver(root);
    const taken = driver === undefined ? undefined : takesOutside[driver];
    // Which driver runs where none is named, the file does not tell; an empty string is handed to none.
    if (driver === undefined || taken === undefined || !text(bound.node)) return;
    if (bound.entry === undefined || from?.kind !== 'map') return;
    const { key } = bound.entry;
    const name = String(key.value).toLowerCase();
    const since = taken[name];
    const args = { key: name, driver };
    const fixes = removalFix(bound, 'fix-remove', 'suggestion', args);
    const own = entry(get(from, driver), name);
    if (since === undefined || !atLeast(versions.containersStorage, since)) {
      report(key, 'refused', { level: 'error', effect: 'fails-later', args, fixes });
    } else if (own !== undefined && text(own.value)) {
      const related = [{ span: own.span, message: 'related' }];
      report(key, 'overridden', { level: 'warning', effect: 'ignored', args, fixes, related });
    } else {
      const path = ['storage', 'options', driver];
      const move = { do: 'move', from, entry: bound.entry, path } as const;
      const fixes = [{ title: 'fix-move', args, kind: 'safe', changes: [move] }] as const;
      report(key, 'wrong-level', { args, ...(own === undefined && { fixes }) });
    }
  },
});
