// Two items of a list that may not be the same.
import { placeOf } from '../kubernetes/missing.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, isNull, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'duplicate-item',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'Two items of a list have the same name or value.',
    why: 'The items are told apart by it: drivers of a node by their name, tokens by their audience, parts of a topology by their key. The API server refuses the second one.',
    instead: 'Remove one of the two, or give it a name of its own.',
    says: ['Duplicate value'],
    source: [
      'pkg/apis/core/validation/validation.go ValidateTopologySelectorTerm, validateTopologySelectorLabelRequirement, ValidateVolumes (1.37)',
      'pkg/apis/storage/validation/validation.go validateCSINodeDriver, validateTokenRequests (1.37)',
    ],
  },
  messages: {
    duplicate:
      '`{value}` is already an item of this list, and each may stand there once: the API server refuses the second. Remove one, or change it.',
    empty:
      'An item of this list has no `{by}` already, and there may be one such: the API server refuses the second. Remove one, or name it.',
    related: 'The first one',
    'fix-remove': 'Remove the second one',
  },
  at: ['*'],
  covers: [201, 202, 215, 219, 221],
  check({ bound, report }) {
    const by = bound.definition?.['x-unique'];
    if (by === undefined || target(bound.node).kind !== 'list') return;
    const first = new Map<string, Node>();
    for (const item of bound.children) {
      const told = by === true ? item : item.children.find(({ definition }) => definition?.name === by);
      const value = toldBy(item, by);
      if (value === undefined) continue;
      const earlier = first.get(value);
      if (earlier === undefined) first.set(value, told?.node ?? item.node);
      else {
        report(told?.node ?? placeOf(item), value === '' ? 'empty' : 'duplicate', {
          place: item,
          below: by === true ? [] : [by],
          args: { value, by: String(by) },
          related: [{ span: earlier.span, message: 'related' }],
          fixes: removalFix(item, 'fix-remove', 'suggestion'),
        });
      }
    }
  },
});

/** What an item is told apart by; where it is not written, the member's default. */
function toldBy({ node, definition }: Bound, by: true | string): string | undefined {
  if (by === true) return isNull(node) ? '' : text(node);
  if (target(node).kind !== 'map' && !isNull(node)) return undefined;
  const held = get(node, by);
  if (held !== undefined && !isNull(held)) return text(held);
  const standard = definition?.properties?.[by]?.default;
  return typeof standard === 'string' ? standard : undefined;
}
