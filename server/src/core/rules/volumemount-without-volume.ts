// A mount or a device of a volume that the pod does not have.
import { isPatched, podSpecOf, volumesOf } from '../kubernetes/pods.ts';
import { defineRule, valueFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volumemount-without-volume',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A container mounts a volume that the pod does not have.',
    why: 'Each name under `volumeMounts`, `volumeDevices` and `fileKeyRef` must be that of a volume of the same pod, or of a claim template of the same StatefulSet. The API server refuses the pod, or the workload with its template.',
    instead: 'Add the volume under `volumes`, or write the name of one that is there.',
    says: ['spec.containers[0].volumeMounts[0].name: Not found'],
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/',
      'pkg/apis/core/validation/validation.go ValidateVolumeMounts, ValidateVolumeDevices, validateFileKeyRefVolumes (1.37)',
      'pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec (1.37)',
    ],
  },
  messages: {
    unknown:
      'The pod has no volume `{name}`, so the API server refuses it. Add one under `volumes`, or name another: {names}.',
    none: 'The pod has no volume `{name}`, so the API server refuses it. Add it under `volumes`.',
    'fix-near': 'Change to {near}',
  },
  at: [
    'k8s#VolumeMount/name',
    'k8s#VolumeDevice/name',
    'k8s#Container/env/[]/valueFrom/fileKeyRef/volumeName',
  ],
  covers: [99, 116, 121, 234],
  check({ bound, root, kind, tree, report }) {
    const name = text(bound.node);
    const spec = podSpecOf(bound);
    // A variable is filled in by a tool; an empty name is missing.
    if (spec === undefined || name === undefined || name === '' || /\$[{(]/.test(name)) return;
    // Where the writing is faulty, half of the volumes may be out of sight.
    const { start = 0, end = 0 } = tree.documents[bound.document]?.span ?? {};
    const isBroken = tree.problems.some(
      ({ code, span }) => code !== 'duplicate-key' && start <= span.start && span.start <= end,
    );
    if (isBroken || isPatched(bound, root, kind)) return;
    const volumes = volumesOf(spec);
    if (volumes === undefined || volumes.some((volume) => volume.name === name)) return;
    const names = volumes.map((volume) => volume.name).filter((one) => one !== '');
    report(bound.node, names.length === 0 ? 'none' : 'unknown', {
      args: { name, names: names.join(', ') },
      fixes: valueFix(bound.node, nearest(name, names)),
    });
  },
});
