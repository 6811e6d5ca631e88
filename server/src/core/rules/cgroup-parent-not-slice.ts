// A parent for control groups that systemd does not have.
import { defineRule } from '../rule.ts';
import { get, pairIn, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'cgroup-parent-not-slice',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'systemd manages the control groups, and `cgroup-parent` is no slice.',
    why: 'With `native.cgroupdriver=systemd` the parent is a unit of systemd, and its name ends in `.slice`. `dockerd --validate` accepts anything, but the daemon fails to start.',
    instead: 'Write the name of a slice, such as `docker.slice`, or use the driver `cgroupfs` for a path.',
    says: ['cgroup-parent for systemd cgroup should be a valid slice named as xxx.slice'],
    source: [
      'daemon/daemon_unix.go:752-756 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#default-cgroup-parent',
    ],
  },
  messages: {
    'no-slice':
      '`{parent}` is not the name of a slice, and systemd manages the control groups: {verdict}. Write `{slice}`.',
    'fix-slice': 'Change to {slice}',
  },
  at: ['daemon#/cgroup-parent'],
  check({ bound, root, report }) {
    const parent = text(bound.node);
    const options = get(root.node, 'exec-opts');
    const first =
      options?.kind === 'list'
        ? options.items.map(pairIn).find((one) => isDriver(one?.key.value))
        : undefined;
    const driver = first?.value.kind === 'scalar' ? first.value.value : undefined;
    if (parent === undefined || parent === '' || driver !== 'systemd') return;
    if (parent.length > '.slice'.length && parent.endsWith('.slice')) return;
    const slice = `${parent.split('/').findLast((part) => part !== '') ?? 'docker'}.slice`;
    report(bound.node, 'no-slice', {
      args: { parent, slice },
      fixes: [
        {
          title: 'fix-slice',
          args: { slice },
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: slice }],
        },
      ],
    });
  },
});

function isDriver(name: unknown): boolean {
  return String(name).toLowerCase() === 'native.cgroupdriver';
}
