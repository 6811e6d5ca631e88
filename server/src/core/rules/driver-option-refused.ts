// An option that reaches a driver which has no such option.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { forwarded, knows, namedDriver, optionAt, optionFate } from '../storage/drivers.ts';

const inTables = ['vfs/sync', 'btrfs/size', 'zfs/size'];

export const rule = defineRule({
  id: 'driver-option-refused',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The option is passed to a storage driver that does not have it.',
    why: 'Options directly in `[storage.options]` go to whichever driver runs, and every driver stops at an option that it does not know: the store does not open, and no container starts. vfs has only ignore_chown_errors and additionalimagestores; btrfs and zfs have neither of them, nor a mount program. Three options have a place in the file although their driver refuses them: `size` of zfs, `size` of btrfs up to containers/storage 1.62, and `sync` of vfs. `force_mask` in `[storage.options]` reaches overlay as text that it cannot read, up to 1.62.',
    instead: 'Remove the option, or choose a driver that has it.',
    says: [
      'vfs driver does not support mount options',
      'vfs driver does not support vfs.size options',
      'btrfs driver does not support mount options',
      'unknown option "size" (zfs.size), unknown option "sync" (vfs.sync)',
      'strconv.ParseInt: parsing "-rwxr-xr-x": invalid syntax',
    ],
    source: [
      'storage/types/options.go, storage/pkg/config/config.go, storage/drivers/vfs/driver.go, drivers/btrfs/btrfs.go, drivers/zfs/zfs.go (containers/storage 1.43, 1.62 and 1.64; run on versions from 1.43 to 1.65)',
    ],
  },
  messages: {
    refused:
      '`{key}` is passed to the {driver} driver, which has no such option: containers/storage fails to start. Remove it.',
    later:
      '`{key}` is passed to the {driver} driver, which refuses it before containers/storage {since}: the engine fails to start. Remove it.',
    table:
      'The file has a place for `{key}`, but the {driver} driver refuses it: containers/storage fails to start. Remove it.',
    mask: 'containers/storage {version} hands this force_mask to overlay in a form that it cannot read, and fails to start. Set force_mask = "{mask}" in [storage.options.overlay] instead.',
    'mask-large':
      'This force_mask is too large for the overlay driver: containers/storage fails to start. Write an octal mask such as 0o755.',
    'fix-remove': 'Remove {key}',
  },
  at: [...forwarded, ...inTables].map((name) => `storage#/storage/options/${name}`),
  check({ bound, root, versions, report }) {
    const version = versions.containersStorage;
    const driver = namedDriver(root);
    const option = optionAt(bound.pointer);
    if (driver === undefined || option === undefined || bound.entry === undefined) return;
    const { key, value } = bound.entry;
    const number = value.kind === 'scalar' && typeof value.value !== 'string' ? Number(value.value) : 0;
    // The mask goes on as octal digits, of which overlay reads 31 bits.
    const large = option.name === 'force_mask' && driver === 'overlay' && number > 0x7fffffff;
    const fate = optionFate(bound, root, version);
    if (fate !== 'refused' && !(fate === 'read' && large)) return;
    const args = { key: option.name, driver, version };
    const fixes = removalFix(bound, 'fix-remove', 'suggestion', args);
    if (large) {
      report(key, 'mask-large', { fixes });
      return;
    }
    if (option.name === 'force_mask' && driver === 'overlay') {
      report(key, 'mask', { args: { ...args, mask: number.toString(8).padStart(4, '0') }, fixes });
      return;
    }
    const later = ['1.63'].find((since) => !atLeast(version, since) && knows(driver, option.name, since));
    const message = later !== undefined ? 'later' : option.table === undefined ? 'refused' : 'table';
    report(key, message, { args: { ...args, since: later ?? '' }, fixes });
  },
});
