// A key that is taken and does nothing.
import { isDriverOption } from '../docker/driverOptions.ts';
import { defineRule, type RuleFix, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { keyFate } from '../schema/fate.ts';
import { definitionAt } from '../schema/load.ts';
import { typeMatches } from '../schema/types.ts';
import { type Change, type Entry, entry as entryOf, type Node, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-ignored',
  families: ['daemon'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: 'The engine accepts this key but does not use it.',
    why: "dockerd compares the keys in its file with the names of its flags. A flag such as `--storage-opt` is singular while its key, `storage-opts`, is plural: with the flag's name the file passes, even with `dockerd --validate`, but the setting has no effect.",
    instead: 'Use the key that the file expects; where a flag can be given several times, it is a list.',
    source: [
      'daemon/config/config.go:634-649 (29.7); run on 20.10.24 and 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file',
    ],
  },
  messages: {
    ignored: 'dockerd accepts `{key}` here but does not use it. Remove it.',
    'ignored-instead':
      'dockerd accepts `{key}` here but does not use it: in this file, the setting is called `{instead}`.',
    ends: 'dockerd takes this for its flag: it checks the file, says that it is right, and ends without starting. Remove it.',
    'fix-rename': 'Rename to {instead}',
    'fix-remove': 'Remove {key}',
  },
  at: ['*'],
  check({ bound, binding, versions, report }) {
    const { definition, entry } = bound;
    if (definition === undefined || entry === undefined) return;
    if (keyFate(bound, binding.family, versions) !== 'ignored' || isDriverOption(definition.pointer)) return;
    const key = String(entry.key.value);
    // Its flag is set, and from 23.0 on the daemon does what it says (RUN 28.5.2).
    if (bound.pointer === 'daemon#/validate' && isTrue(entry.value)) {
      const fixes = removalFix(bound, 'fix-remove', 'suggestion', { key });
      return report(entry.key, 'ends', { level: 'error', effect: 'fails-later', args: { key }, fixes });
    }
    const instead = definition['x-replaced-by'];
    const args = { key, instead: instead ?? '' };
    report(entry.key, instead === undefined ? 'ignored' : 'ignored-instead', {
      args,
      fixes: renamed(bound, entry, instead) ?? removalFix(bound, 'fix-remove', 'suggestion', args),
    });
  },
});

/** The same under the name that counts, a single value as a list of one; undefined where it would be refused there. */
function renamed({ parent }: Bound, entry: Entry, instead: string | undefined): RuleFix[] | undefined {
  const definition = definitionAt(`daemon#/${instead}`);
  if (instead === undefined || definition === undefined || entryOf(parent?.node, instead) !== undefined)
    return undefined;
  const value = target(entry.value);
  const alone = value.kind === 'scalar' && typeof value.value === 'string' && definition.type === 'array';
  if (!alone && !typeMatches(entry.value, definition, 'daemon')) return undefined;
  const wrap: Change[] = alone ? [{ do: 'replace', node: entry.value, value: [String(value.value)] }] : [];
  const changes: Change[] = [{ do: 'rename', entry, name: instead }, ...wrap];
  return [{ title: 'fix-rename', args: { instead }, kind: 'suggestion', changes }];
}

function isTrue(node: Node): boolean {
  const held = target(node);
  return held.kind === 'scalar' && held.value === true;
}
