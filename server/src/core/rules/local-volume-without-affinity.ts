// A disk of one node, and nothing that says which.
import { defineRule } from '../rule.ts';
import { entry, get, isNull, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'local-volume-without-affinity',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A PersistentVolume with a `local` source has no `spec.nodeAffinity`.',
    why: 'A local disk belongs to one node; without the affinity the scheduler could not know which. The API server refuses the volume.',
    instead:
      'Add `spec.nodeAffinity.required` with a term that selects the node, usually by the label `kubernetes.io/hostname`.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#local',
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec (1.35)',
    ],
  },
  messages: {
    missing:
      "A local volume belongs to one node: the API server refuses it without `nodeAffinity`. Add spec.nodeAffinity.required with the node's kubernetes.io/hostname.",
    'fix-add': 'Add nodeAffinity for a node',
  },
  at: ['k8s#PersistentVolume/spec'],
  covers: [141],
  check({ bound, report }) {
    const spec = target(bound.node);
    const local = entry(spec, 'local');
    if (spec.kind !== 'map' || local === undefined || target(local.value).kind !== 'map') return;
    // Of two sources the API server looks at the first, in an order of its own; the second is reported elsewhere.
    const order = bound.definition?.['x-one-of']?.members ?? [];
    const before = order.slice(0, order.indexOf('local'));
    if (before.some((name) => get(spec, name) !== undefined && !isNull(get(spec, name)))) return;
    const affinity = get(spec, 'nodeAffinity');
    // Half-typed, or there: what it must hold is judged elsewhere.
    if (affinity !== undefined && !(affinity.kind === 'scalar' && affinity.value === null)) return;
    report(local.key, 'missing', {
      below: ['nodeAffinity'],
      fixes:
        affinity === undefined ? [{ title: 'fix-add', kind: 'suggestion', changes: [insert(spec)] }] : [],
    });
  },
});

function insert(into: Extract<ReturnType<typeof target>, { kind: 'map' }>) {
  const expression = { key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] };
  const value = { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
  return { do: 'insert', into, key: 'nodeAffinity', value } as const;
}
