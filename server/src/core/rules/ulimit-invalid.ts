// A limit that no container can be started with.
import { defineRule, type RuleFix } from '../rule.ts';
import { type Bound, partOf } from '../schema/bind.ts';
import { definitionAt, members } from '../schema/load.ts';
import { nearest } from '../schema/search.ts';
import { type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'ulimit-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `default-ulimits` has no limit of the system as its `Name`, or a soft limit above the hard one.',
    why: 'dockerd looks at none of it: it starts, and then no container does, because the runtime cannot set the limit. What counts is the member `Name`; the key in front of it only says which limit of a container takes its place.',
    instead:
      'Write the limit twice, as key and as `Name`, and both numbers: `"nofile": { "Name": "nofile", "Soft": 65536, "Hard": 65536 }`. -1 is unlimited.',
    says: ['error setting rlimit type', 'rlimit type RLIMIT is invalid', 'wrong rlimit value'],
    source: [
      'daemon/container_operations_unix.go, daemon/oci_linux.go WithRlimits (29.7); run on 20.10.24 with a container',
      'https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings',
    ],
  },
  messages: {
    'no-name': '`{key}` has no `Name`: the daemon starts, but no container does. Add `"Name": "{near}"`.',
    unknown:
      'The system has no limit `{name}`: the daemon starts, but no container does. Use one of {known}.',
    near: 'The system has no limit `{name}`: the daemon starts, but no container does. Did you mean `{near}`?',
    above:
      'The soft limit is above the hard one ({hard}): the daemon starts, but no container does. Write both.',
    'fix-name': 'Add Name {near}',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/default-ulimits'],
  check({ bound: list, report }) {
    // The command line has no `as`, but runc takes it.
    const known = [...members(definitionAt('daemon#/default-ulimits')).map(([name]) => name), 'as'];
    for (const bound of list.children) {
      const map = target(bound.node);
      if (bound.entry === undefined || map.kind !== 'map') continue;
      const key = String(bound.entry.key.value);
      const written = partOf(bound, 'Name');
      const name = text(written?.node) ?? '';
      const near = nearest(name === '' ? key : name, known) ?? (known.includes(key) ? key : '');
      const args = { key, name, near, known: known.join(', ') };
      const fix = (title: string, change: RuleFix['changes'][number]): RuleFix[] =>
        near === '' ? [] : [{ title, args, kind: 'suggestion', changes: [change] }];
      if (written === undefined) {
        const change = { do: 'insert', into: map, key: 'Name', value: near } as const;
        report(bound.entry.key, 'no-name', { place: bound, args, fixes: fix('fix-name', change) });
      } else if (!known.includes(name.toLowerCase())) {
        const change = { do: 'replace', node: written.node, value: near } as const;
        report(written.node, near === '' ? 'unknown' : 'near', {
          place: written,
          args,
          fixes: fix('fix-near', change),
        });
      }
      const soft = partOf(bound, 'Soft');
      const [low, high] = [limit(soft?.node), limit(partOf(bound, 'Hard')?.node)];
      if (soft !== undefined && low !== undefined && high !== undefined && low > high) {
        report(soft.node, 'above', { place: soft, args: { hard: String(high) } });
      }
    }
  },
});

/** -1 is more than every number; what is not written is 0. Undefined where it is no number. */
function limit(node: Bound['node'] | undefined): number | undefined {
  const held: Node | undefined = node && target(node);
  if (held === undefined) return 0;
  if (held.kind !== 'scalar' || !/^-?\d+$/.test(held.raw)) return undefined;
  return Number(held.raw) < 0 ? Number.POSITIVE_INFINITY : Number(held.raw);
}
