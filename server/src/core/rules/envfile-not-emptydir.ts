// A variable from a file: the file lies in an emptyDir of the same pod.
import { isPatched, podSpecOf, volumesOf } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'envfile-not-emptydir',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A `fileKeyRef` names a volume that is no emptyDir, or a key that no variable can have.',
    why: 'An init container writes the file with the variables into an emptyDir, and the kubelet reads it from there; of other volumes it does not know the place. The name of a variable is of printable ASCII characters without `=`. The API server refuses the pod.',
    instead: 'Write the file into an emptyDir, or use `secretKeyRef` or `configMapKeyRef`.',
    says: [
      'referenced volume must be of type emptyDir',
      'a valid environment variable name must consist only of printable ASCII characters other than',
    ],
    source: [
      'pkg/apis/core/validation/validation.go validateFileKeySelector, validateFileKeyRefVolumes (1.37)',
    ],
  },
  messages: {
    other:
      '`{name}` is a volume of type {source}, and variables are read from an emptyDir: the API server refuses this. Use an emptyDir.',
    key: '`{value}` cannot be the name of a variable, so the API server refuses it. Use printable ASCII characters without =.',
  },
  at: [
    'k8s#Container/env/[]/valueFrom/fileKeyRef/volumeName',
    'k8s#Container/env/[]/valueFrom/fileKeyRef/key',
  ],
  covers: [120, 121],
  check({ bound, root, kind, report }) {
    const value = text(bound.node);
    if (value === undefined || value === '') return;
    if (bound.definition?.name === 'key') {
      if (!/^[\x20-\x3c\x3e-\x7e]+$/.test(value)) report(bound.node, 'key', { args: { value } });
      return;
    }
    const spec = podSpecOf(bound);
    if (spec === undefined || isPatched(bound, root, kind)) return;
    const volume = volumesOf(spec)?.find(({ name }) => name === value);
    const source = volume?.sources[0];
    if (source === undefined || volume?.sources.includes('emptyDir') === true) return;
    report(bound.node, 'other', { args: { name: value, source } });
  },
});
