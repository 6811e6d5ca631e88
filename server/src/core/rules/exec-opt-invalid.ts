// An option of the runtime that dockerd does not know, or not on this system.
import { defineRule, removalFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { pairIn } from '../syntax/tree.ts';
import { textIn } from '../written.ts';

export const rule = defineRule({
  id: 'exec-opt-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `exec-opts` is not an option that dockerd has on this system.',
    why: 'There are two: `native.cgroupdriver` on Linux and `isolation` on Windows. From 28.0 on dockerd refuses the file for anything else. Before that it passes over it on Linux, and does not start on Windows. The value itself is looked at only at the start.',
    instead:
      'Write `native.cgroupdriver=systemd` or `native.cgroupdriver=cgroupfs`, on Windows `isolation=process` or `isolation=hyperv`.',
    says: [
      "invalid exec-opt: must be formatted 'opt=value'",
      'invalid exec-opt: unknown option',
      "option 'isolation' is only supported on windows",
      'Invalid native.cgroupdriver',
    ],
    source: [
      'daemon/config/config.go:835, config_linux.go:258, config_windows.go:89, daemon/daemon_unix.go:752 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#configure-cgroup-driver',
    ],
  },
  messages: {
    'no-value': '`{name}` has no value: {verdict}. Write it as option=value.',
    unknown: 'dockerd has no option `{name}`: {verdict}. On {system} there is only `{known}`.',
    near: 'dockerd has no option `{name}`: {verdict}. Did you mean `{known}`?',
    platform: '`{name}` exists only on {other}: {verdict}. On {system} there is only `{known}`.',
    value: '`{value}` is not a value of `{name}`: {verdict}. Use {values}.',
    'fix-near': 'Change to {known}',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/exec-opts/[]'],
  check({ bound, versions: { docker, platform }, report }) {
    const pair = pairIn(bound.node);
    if (pair === undefined && textIn(bound) === undefined) return;
    const written = String(pair?.key.value ?? '');
    const name = written.toLowerCase();
    const windows = platform === 'windows';
    const [known, foreign] = windows ? [isolation, cgroups] : [cgroups, isolation];
    const late = atLeast(docker, '28.0')
      ? {}
      : windows
        ? ({ effect: 'fails-later' } as const)
        : ({ level: 'warning', effect: 'ignored' } as const);
    const system = windows ? 'Windows' : 'Linux';
    const other = windows ? 'Linux' : 'Windows';
    const args = { name: written, known: known.name, system, other };
    const value = pair?.value.kind === 'scalar' ? String(pair.value.value) : '';
    const fixes = removalFix(bound, 'fix-remove', 'suggestion', args);
    if (pair === undefined || written === '' || value === '')
      report(bound.node, 'no-value', { ...late, args });
    else if (name === foreign.name) report(pair.key, 'platform', { ...late, args, fixes });
    else if (name !== known.name) {
      const near = nearest(name, [known.name]) !== undefined || known.name.endsWith(`.${name}`);
      const change = { do: 'rename', entry: pair, name: known.name } as const;
      const rename = { title: 'fix-near', args, kind: 'suggestion', changes: [change] } as const;
      report(pair.key, near ? 'near' : 'unknown', {
        ...late,
        args,
        fixes: near ? [rename, ...fixes] : fixes,
      });
    } else if (!known.values.includes(windows ? value.toLowerCase() : value)) {
      const values = known.values.map((one) => `\`${one}\``).join(', ');
      report(pair.value, 'value', { effect: 'fails-later', args: { ...args, value, values } });
    }
  },
});

const cgroups = { name: 'native.cgroupdriver', values: ['systemd', 'cgroupfs'] };
const isolation = { name: 'isolation', values: ['process', 'hyperv', 'default'] };
