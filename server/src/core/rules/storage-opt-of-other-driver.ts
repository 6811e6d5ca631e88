// An option of a driver that is not the chosen one.
import { hasDriver, imageStore, isTolerant, storageOption } from '../docker/storageOptions.ts';
import { defineRule, removalFix } from '../rule.ts';
import { entry, get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-opt-of-other-driver',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'A storage option belongs to a driver other than the one in `storage-driver`.',
    why: 'The options are passed to the active driver, which refuses those that it does not know: the daemon fails to start. `dockerd --validate` does not check storage options.',
    instead: 'Remove the options of other drivers, or choose the driver that they belong to.',
    says: ['overlay2: unknown option NAME', 'btrfs or zfs: unknown option NAME'],
    source: ['daemon/graphdriver/overlay2/overlay.go:251, btrfs/btrfs.go, zfs/zfs.go, vfs/driver.go (29.7)'],
  },
  messages: {
    refused:
      '`{name}` belongs to {owner}, but the storage driver is {driver}, which refuses unknown options: the daemon fails to start. Remove it.',
    ignored:
      '`{name}` belongs to {owner}, but the storage driver is {driver}, which silently ignores it. Remove it.',
    'fix-remove': 'Remove {name}',
    related: 'The storage driver',
  },
  at: ['daemon#/storage-opts/[]'],
  check({ bound, root, versions, report }) {
    const option = storageOption(bound);
    const chosen = entry(root.node, 'storage-driver');
    const driver = text(get(root.node, 'storage-driver'));
    if (option?.driver === undefined || chosen === undefined || driver === undefined) return;
    if (!hasDriver(driver, versions.docker) || option.driver === driver) return;
    // The containerd image store reads none of them, whatever the driver.
    if (imageStore(root.node, versions.docker) === 'containerd') return;
    const args = { name: option.name, owner: option.driver, driver };
    report(option.pair.key, isTolerant(driver) ? 'ignored' : 'refused', {
      ...(isTolerant(driver) && { level: 'warning', effect: 'ignored' }),
      args,
      related: [{ span: chosen.span, message: 'related' }],
      fixes: removalFix(bound, 'fix-remove', 'suggestion', args),
    });
  },
});
