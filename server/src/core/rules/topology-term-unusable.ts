// A term of allowedTopologies that says nothing, or nothing new.
import { placeOf } from '../kubernetes/missing.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { get, isNull, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'topology-term-unusable',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A term of `allowedTopologies` is empty, or the same as an earlier one.',
    why: 'One of the terms must hold for a node, so a second equal one adds nothing. The API server takes both for a mistake and calls an empty term a duplicate, too.',
    instead: 'Remove the term. Leave `allowedTopologies` out to allow every node.',
    says: ['allowedTopologies matchLabelExpressions: Duplicate value'],
    source: ['pkg/apis/storage/validation/validation.go validateAllowedTopologies (1.37)'],
  },
  messages: {
    empty: 'This term is empty, so the API server refuses the StorageClass. Remove it, or add an expression.',
    equal: 'This term is the same as an earlier one, so the API server refuses the StorageClass. Remove it.',
    related: 'The earlier one',
    'fix-remove': 'Remove the term',
  },
  at: ['k8s#StorageClass/allowedTopologies'],
  covers: [203],
  check({ bound, report }) {
    const earlier = new Map<string, Node>();
    for (const term of bound.children) {
      const written = canonical(term.node);
      if (written === undefined || isSlip(term)) continue;
      const first = earlier.get(written);
      earlier.set(written, first ?? term.node);
      if (written !== '' && first === undefined) continue;
      report(placeOf(term), written === '' ? 'empty' : 'equal', {
        place: term,
        below: ['matchLabelExpressions'],
        related: written === '' || first === undefined ? [] : [{ span: first.span, message: 'related' }],
        fixes: removalFix(term, 'fix-remove', 'suggestion'),
      });
    }
  },
});

/** Keys and values in an order of their own; undefined while a part is being typed. */
function canonical(term: Node): string | undefined {
  const map = target(term);
  if (map.kind === 'missing') return undefined;
  if (map.kind !== 'map') return isNull(map) ? '' : undefined;
  const expressions = get(map, 'matchLabelExpressions');
  if (expressions === undefined || isNull(expressions)) return '';
  if (expressions.kind !== 'list') return undefined;
  const parts = expressions.items.map((item) => {
    const values = get(item, 'values');
    const names = values?.kind === 'list' ? values.items.map(text) : [];
    return JSON.stringify([text(get(item, 'key')), [...new Set(names)].sort()]);
  });
  return parts.sort().join('\n');
}

/** A name that is nearly right, which another rule reports. */
function isSlip({ unknown }: Bound): boolean {
  return unknown.some(({ key }) => nearest(String(key.value), ['matchLabelExpressions']) !== undefined);
}
