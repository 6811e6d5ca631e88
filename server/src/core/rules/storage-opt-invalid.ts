// A storage option whose value its driver cannot read.
import { booleanMeant, valueProblem } from '../docker/driverOptions.ts';
import { hasDriver, imageStore, isTolerant, storageOption } from '../docker/storageOptions.ts';
import { defineRule, valueFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-opt-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The value of a storage option is not one that its driver can read.',
    why: 'The driver parses the value when the daemon starts, and the daemon fails to start if it cannot. `dockerd --validate` does not look at storage options. With the containerd image store nothing reads them, so nothing is reported there.',
    instead:
      'Write sizes as a number and a unit (`20G`, counted in steps of 1024), booleans as `true` or `false`, and shares in percent.',
    says: [
      "error initializing graphdriver: invalid size: 'VALUE'",
      'strconv.ParseBool: parsing "VALUE": invalid syntax',
    ],
    source: [
      'daemon/graphdriver/overlay2/overlay.go:240-249, btrfs/btrfs.go:114-135, vfs/driver.go:115-130 (29.7)',
      'daemon/graphdriver/devmapper/deviceset.go:2640-2792 (24.0); run on 20.10.24 and 28.5.2',
    ],
  },
  messages: {
    size: '`{value}` is not a size that {driver} can read: the daemon fails to start. Write a number and one unit, such as 20G.',
    boolean:
      '`{value}` is not a boolean that {driver} can read: the daemon fails to start. Write true or false.',
    unsigned: '`{value}` is not a number that {driver} can read: the daemon fails to start. Use digits only.',
    number:
      '`{value}` is not a valid `{name}`: the daemon fails to start. Write a whole number from {least} to {most}.',
    percent:
      '`{value}` is not a valid `{name}`: the daemon fails to start. Write a whole number below 100 and a percent sign, such as 10%.',
    listed: '`{value}` is not a valid `{name}`: the daemon fails to start. {driver} accepts {known}.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/storage-opts/[]'],
  check({ bound, root, versions, report }) {
    const option = storageOption(bound);
    const { docker } = versions;
    const { definition, value } = option ?? {};
    if (option === undefined || definition === undefined || value === undefined || value.includes('$'))
      return;
    const chosen = text(get(root.node, 'storage-driver')) || undefined;
    const driver = chosen ?? (option.driver || undefined);
    if (driver === undefined || definition['x-drivers']?.includes(driver) !== true) return;
    if (!hasDriver(driver, docker) || isTolerant(driver) || !atLeast(docker, definition['x-since'] ?? '0'))
      return;
    // Not even parsed from 23.0 on, refused by name from 24.0 on.
    if (option.name === 'overlay2.override_kernel_check' && atLeast(docker, '23.0')) return;
    if (driver === 'vfs' && String(option.pair.key.value) !== option.name) return;
    const store = imageStore(root.node, docker);
    const share = option.name === 'dm.min_free_space';
    const missing = share && !value.endsWith('%');
    const problem = missing
      ? 'number'
      : valueProblem(definition, /^dm\.(thinp|min)_/.test(option.name) ? value.replace(/%$/, '') : value);
    if (problem === undefined || problem === 'duration' || store === 'containerd') return;
    const known = (definition['x-values'] ?? []).map((one) => String(one.value));
    const near =
      problem === 'boolean' ? booleanMeant(value) : problem === 'listed' ? nearest(value, known) : undefined;
    report(value === '' ? bound.node : option.pair.value, share ? 'percent' : problem, {
      ...(store === 'unsure' && { level: 'warning' }),
      args: {
        value: value || '""',
        driver,
        name: option.name,
        known: known.map((one) => `\`${one}\``).join(', '),
        least: String(definition.minimum ?? 0),
        most: String(definition.maximum ?? ''),
      },
      fixes: valueFix(option.pair.value, near),
    });
  },
});
