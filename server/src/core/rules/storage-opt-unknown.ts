// An option that the driver does not know.
import { imageStore, storageDrivers, storageOption } from '../docker/storageOptions.ts';
import { defineRule } from '../rule.ts';
import { nearest } from '../schema/search.ts';
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
    'no-value':
      '`{name}` has no value: storage options have the form `name=value`, otherwise the daemon fails to start. Add a value.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/storage-opts/[]'],
  check({ bound, root, versions, report }) {
    const option = storageOption(bound.node);
    const store = imageStore(root.node, versions.docker);
    if (option === undefined || option.name === '' || store === 'containerd') return;
    const chosen = text(get(root.node, 'storage-driver')) || undefined;
    const driver = chosen ?? option.driver;
    const options = driver === undefined ? undefined : storageDrivers[driver];
    const weight = store === 'unsure' ? ({ level: 'warning' } as const) : {};
    if (driver === undefined || options === undefined || options.tolerant === true) return;
    if (option.driver !== undefined && option.driver !== driver) return;
    if (option.value === undefined) {
      report(option.node, 'no-value', { ...weight, args: { name: option.name } });
      return;
    }
    if (options.names.includes(option.name)) return;
    const near =
      nearest(option.name, options.names) ?? options.names.find((name) => name.endsWith(`.${option.name}`));
    report(option.nameSpan, near === undefined ? 'unknown' : 'unknown-near', {
      ...weight,
      args: {
        driver,
        name: option.name,
        near: near ?? '',
        known: options.names.map((name) => `\`${name}\``).join(', ') || '–',
      },
      fixes:
        near === undefined
          ? []
          : [
              {
                title: 'fix-near',
                args: { near },
                kind: 'suggestion',
                changes: [{ do: 'replace', node: bound.node, value: `${near}=${option.value}` }],
              },
            ],
    });
  },
});
