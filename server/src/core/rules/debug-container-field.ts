// What a container for debugging cannot have, and where there can be none.
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'debug-container-field',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'An ephemeral container has a sub-path or resources, or stands in a template.',
    why: 'Ephemeral containers are added to a running pod to look at it. They mount whole volumes, have no resources of their own, and no template can hold them. The API server refuses the object.',
    instead: 'Mount the volume without `subPath`, and add the container with `kubectl debug`.',
    says: ['cannot be set for an Ephemeral Container', 'ephemeral containers not allowed in pod template'],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
      'pkg/apis/core/validation/validation.go validateEphemeralContainers, ValidatePodTemplateSpec (1.37)',
    ],
  },
  messages: {
    field: 'An ephemeral container cannot have `{key}`, so the API server refuses it. Remove it.',
    template:
      'A template cannot hold ephemeral containers, so the API server refuses this {kind}. Add them to a running pod with `kubectl debug`.',
  },
  at: [
    'k8s#PodSpec/ephemeralContainers',
    'k8s#VolumeMount/subPath',
    'k8s#VolumeMount/subPathExpr',
    'k8s#Container/resources',
  ],
  covers: [108, 122, 128],
  check({ bound, report }) {
    const { node, entry, path, definition } = bound;
    if (entry === undefined || !path.includes('ephemeralContainers')) return;
    const held = target(node);
    if (held.kind === 'missing' || isUnset(node)) return;
    const kind = kindOf(objectOf(bound));
    if (definition?.name === 'ephemeralContainers') {
      if (kind !== 'Pod' && held.kind === 'list' && held.items.length > 0)
        report(entry.key, 'template', { args: { kind } });
      return;
    }
    // Go cannot tell an empty struct or text from none.
    if ((held.kind === 'map' && held.entries.length === 0) || text(node) === '') return;
    report(entry.key, 'field', { args: { key: String(entry.key.value) } });
  },
});
