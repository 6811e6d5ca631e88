// A workload finds its pods by their labels: the selector has to be there, and to fit the template.
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { isUnset, mapsIn } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { entriesOf, get, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'selector-not-of-template',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'The selector of a workload is missing or empty, or does not fit the labels of its template.',
    why: 'A Deployment, ReplicaSet, DaemonSet or StatefulSet counts the pods that its selector finds. Pods that it makes and does not find again would be made for ever, so the API server refuses it.',
    instead: 'Give `selector.matchLabels` labels that `template.metadata.labels` has, too.',
    says: ['selector does not match template labels', 'empty selector is invalid for deployment'],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
      'pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec, ValidateDeploymentSpec, ValidateDaemonSetSpec, ValidateReplicaSetSpec (1.37)',
    ],
  },
  messages: {
    missing:
      '`selector` is missing, so the API server refuses this {kind}. Add one that finds the pods of the template.',
    empty: 'The selector is empty, so the API server refuses this {kind}. Add labels that the template has.',
    other:
      'The template has no label `{label}`, so the selector does not find its pods, and the API server refuses this {kind}. Make the two agree.',
  },
  at: ['k8s#StatefulSet/spec', 'k8s#Deployment/spec', 'k8s#DaemonSet/spec', 'k8s#ReplicaSet/spec'],
  covers: [241],
  check({ bound, root, kind: file, report }) {
    const kind = kindOf(objectOf(bound));
    const template = get(bound.node, 'template');
    const containers = mapsIn(get(get(template, 'spec'), 'containers')) ?? [];
    // What has no container with an image is a patch.
    if (isPartial(root, file) || !containers.some((one) => text(get(one, 'image')) !== undefined)) return;
    const selector = get(bound.node, 'selector');
    if (selector === undefined || isUnset(selector)) {
      // Without one the server finds nothing in a DaemonSet, and blames the labels.
      const below = kind === 'DaemonSet' ? ['template', 'metadata', 'labels'] : ['selector'];
      report(bound.entry?.key ?? bound.node, 'missing', { below, args: { kind } });
      return;
    }
    if (selector.kind !== 'map') return;
    const [wanted, expressions] = [get(selector, 'matchLabels'), get(selector, 'matchExpressions')];
    if (size(wanted) === 0 && size(expressions) === 0) {
      report(selector, 'empty', { below: ['selector'], args: { kind } });
      return;
    }
    const labels = get(get(template, 'metadata'), 'labels');
    if (wanted?.kind !== 'map' || (labels !== undefined && labels.kind !== 'map' && !isUnset(labels))) return;
    for (const { key, value } of entriesOf(wanted)) {
      const [own, its] = [text(value), get(labels, String(key.value))];
      if (own === undefined || its?.kind === 'missing' || text(its) === own) continue;
      const label = `${key.value}: ${own}`;
      report(key, 'other', { below: ['template', 'metadata', 'labels'], args: { kind, label } });
      return;
    }
  },
});

function size(node: Node | undefined): number {
  const held = node && target(node);
  if (held?.kind === 'map') return held.entries.length;
  if (held?.kind === 'list') return held.items.length;
  return held === undefined || isUnset(held) ? 0 : 1;
}
