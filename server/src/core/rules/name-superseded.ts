// Annotations and labels of a beta that ended long ago.
import { beginsNames, namesAt, type SupersededName, supersededName } from '../kubernetes/supersededNames.ts';
import { defineRule, type RuleFix, removalFix, renameFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { type Entry, get, type Node, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'name-superseded',
  families: ['k8s'],
  level: 'info',
  effect: 'style',
  fix: 'suggestion',
  docs: {
    what: 'An annotation or a topology label has a name from a beta, which a field or a stable name has replaced.',
    why: 'Most of these names still count, and then win over the field: the API server warns. Tools that read the new name only pass them over. Some were never more than a note of a controller, or count no longer.',
    instead: 'Write the field or the name that the message names.',
    says: [
      'deprecated since v1.8; use "storageClassName" attribute instead',
      'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    ],
    source: [
      'https://kubernetes.io/docs/reference/labels-annotations-taints/',
      'pkg/api/persistentvolume/util.go, pkg/api/storage/util.go, pkg/api/node/util.go (1.37)',
    ],
  },
  messages: {
    field:
      '`{name}` has been replaced by the field `{instead}`, and wins over it as long as it is there. Use the field.',
    name: '`{name}` has been replaced by `{instead}`. Use the new name.',
    written:
      '`{name}` is what a controller notes on a claim, now as `{instead}`: it has no place in a file. Remove it.',
    ignored: '`{name}` counts no longer: use the field `{instead}`.',
    'fix-near': 'Rename to {near}',
    'fix-field': 'Use {instead}',
    'fix-remove': 'Remove {name}',
  },
  at: ['*'],
  covers: [268, 269],
  check({ bound, report }) {
    for (const { own, place, on } of namesAt(bound)) {
      const name = place === 'key' ? String(own.key.value) : (text(own.value) ?? '');
      const known = beginsNames(name) ? supersededName(name, on) : undefined;
      if (known === undefined || own.value.kind === 'missing') continue;
      const args = { name, instead: known.instead };
      const at = place === 'key' ? own.key : own.value;
      const fixes = place === 'value' ? valueFixes(own.value, known.instead) : keyFixes(bound, own, known);
      report(at, known.how, {
        ...(known.how === 'ignored' && { level: 'warning', effect: 'ignored' }),
        ...(place === 'key' ? { below: [name] } : { below: ['key'] }),
        args,
        fixes: fixes.map((fix) => ({ ...fix, args: { ...args, ...fix.args } })),
      });
    }
  },
});

function valueFixes(node: Node, near: string): RuleFix[] {
  if (node.kind === 'alias') return [];
  return [
    {
      title: 'fix-near',
      args: { near },
      kind: 'suggestion',
      changes: [{ do: 'replace', node, value: near }],
    },
  ];
}

function keyFixes(bound: Bound, own: Entry, { how, instead, field }: SupersededName): RuleFix[] {
  const map = bound.node;
  if (map.kind !== 'map' || !map.entries.includes(own)) return [];
  if (how === 'name') return get(map, instead) === undefined ? renameFix(own, instead, 'suggestion') : [];
  // The last annotation takes the map with it.
  const member = map.entries.length === 1 ? bound : bound.children.find(({ entry: one }) => one === own);
  const removal = member === undefined ? [] : removalFix(member, 'fix-remove', 'suggestion');
  if (how !== 'field' || field === undefined) return removal;
  const spec = get(bound.parent?.parent?.node, 'spec');
  const value = text(own.value);
  const [change] = removal.flatMap(({ changes }) => changes);
  if (spec?.kind !== 'map' || value === undefined || change === undefined) return [];
  const given = get(spec, field);
  if (given !== undefined) return text(given) === value ? removal : [];
  const written = field === 'mountOptions' ? value.split(',').map((one) => one.trim()) : value;
  const insert = { do: 'insert', into: spec, key: field, value: written } as const;
  return [{ title: 'fix-field', kind: 'suggestion', changes: [change, insert] }];
}
