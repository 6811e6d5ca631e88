// An option that the driver does not know.
import { hasDriver, imageStore, isTolerant, optionsOf, storageOption } from '../docker/storageOptions.ts';
import { defineRule, renameFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-opt-unknown',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'No storage driver has an option of this name, or the option has no value.',
    why: 'The driver accepts options of the form `name=value` and refuses names that it does not know: the daemon fails to start. `dockerd --validate` does not check storage options.',
    instead:
      'Correct the name. Each driver has few options: `overlay2.size`, `btrfs.min_space`, `zfs.fsname`, and `size` for vfs.',
    says: [
      'overlay2: unknown option NAME',
      'unknown option NAME for vfs',
      'unable to parse storage-opt key/value: NAME',
    ],
    source: [
      'https://docs.docker.com/reference/cli/dockerd/#daemon-storage-driver',
      'daemon/graphdriver/overlay2/overlay.go:251 (29.7)',
    ],
  },
  messages: {
    unknown:
      '{driver} has no option `{name}` and refuses it: the daemon fails to start. It accepts: {known}.',
    'unknown-near':
      '{driver} has no option `{name}` and refuses it: the daemon fails to start. Did you mean `{near}`?',
    nobody:
      'No storage driver that Docker would choose has an option `{name}`: the daemon fails to start. Name the driver it belongs to, or remove it.',
    'nobody-near':
      'No storage driver that Docker would choose has an option `{name}`: the daemon fails to start. Did you mean `{near}`?',
    'no-value':
      '`{name}` has no value: storage options have the form `name=value`, otherwise the daemon fails to start. Add a value.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/storage-opts/[]'],
  check({ bound, root, versions, report }) {
    const option = storageOption(bound);
    const store = imageStore(root.node, versions.docker);
    if (option === undefined || store === 'containerd') return;
    const driver = text(get(root.node, 'storage-driver')) || option.driver;
    if (driver !== undefined && (!hasDriver(driver, versions.docker) || isTolerant(driver))) return;
    if (option.driver !== undefined && option.driver !== driver) return;
    // Where the engine chooses the driver, it may be one that reads no options.
    const sure = store === 'graph' && driver !== undefined;
    const weight = sure ? {} : ({ level: 'warning' } as const);
    // Only vfs reads names as they are written.
    const name = driver === 'vfs' ? String(option.pair.key.value) : option.name;
    if (option.value === undefined) {
      report(bound.node, 'no-value', { ...weight, args: { name: name || '""' } });
      return;
    }
    if (name === '' || (driver === undefined && option.definition !== undefined && name !== 'size')) return;
    const options = optionsOf(driver ?? 'overlay2', versions.docker);
    const removed = option.driver === driver ? option.definition?.['x-removed'] : undefined;
    const gone = removed !== undefined && atLeast(versions.docker, removed);
    if (options.includes(name) || gone) return;
    const near = nearest(name, options) ?? options.find((one) => one.endsWith(`.${name}`));
    const known = options.map((one) => `\`${one}\``).join(', ') || '–';
    const id = driver === undefined ? 'nobody' : 'unknown';
    report(option.pair.key, near === undefined ? id : `${id}-near`, {
      ...weight,
      args: { driver: driver ?? '', name, near: near ?? '', known },
      fixes: renameFix(option.pair, near),
    });
  },
});
