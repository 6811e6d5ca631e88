// A term of a node affinity that no node fulfils.
import { placeOf } from '../kubernetes/missing.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, isNull, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'node-term-empty',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'A term of a node affinity holds no requirement.',
    why: 'An empty term looks as if it allowed every node, but it matches none. Where it is the only one, no pod with this volume can be scheduled.',
    instead: 'Write at least one requirement, or remove the term.',
    source: [
      'k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go isEmptyNodeSelectorTerm (1.37)',
    ],
  },
  messages: {
    empty:
      'This term has no requirement, so it matches no node: it does not allow them all. Write one, or remove the term.',
    'fix-remove': 'Remove the term',
  },
  at: ['k8s#PersistentVolume/spec/nodeAffinity/required/nodeSelectorTerms'],
  covers: [147],
  check({ bound, report }) {
    for (const term of bound.children) {
      if (isEmpty(term)) {
        report(placeOf(term), 'empty', {
          place: term,
          fixes: bound.children.length > 1 ? removalFix(term, 'fix-remove', 'suggestion') : [],
        });
      }
    }
  },
});

/** What is being typed, and a slip in a name, are not empty. */
function isEmpty({ node, unknown }: Bound): boolean {
  const map = target(node);
  if (map.kind !== 'map' || unknown.length > 0) return isNull(map);
  return ['matchExpressions', 'matchFields'].every((name) => {
    const list = get(map, name);
    return list === undefined || isNull(list) || (list.kind === 'list' && list.items.length === 0);
  });
}
