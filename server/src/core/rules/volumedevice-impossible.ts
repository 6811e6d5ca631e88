// A block device of what has none, or where none is possible.
import { isPatched, podSpecOf, volumesOf } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volumedevice-impossible',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A container uses a volume as a block device that cannot be one.',
    why: 'Only a claim can be a block device, given by `persistentVolumeClaim`, `ephemeral` or a claim template; a ConfigMap, an emptyDir or an nfs export holds files. A pod with users of its own (`hostUsers: false`) cannot have devices at all. The API server refuses both.',
    instead: 'Mount the volume under `volumeMounts`, or use a claim with `volumeMode: Block`.',
    says: ['can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'],
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support',
      'pkg/apis/core/validation/validation.go ValidateVolumeDevices, validateHostUsers (1.37)',
    ],
  },
  messages: {
    files:
      '`{name}` is a volume of type {source}, which holds files and is no block device: the API server refuses this. Mount it under `volumeMounts`, or use a claim.',
    users:
      'A pod with `hostUsers: false` cannot have block devices, so the API server refuses it. Remove one of the two.',
  },
  at: ['k8s#VolumeDevice/name', 'k8s#Container/volumeDevices'],
  covers: [117, 119],
  check({ bound, root, versions, kind, report }) {
    const spec = podSpecOf(bound);
    if (spec === undefined) return;
    const name = text(bound.node);
    if (name === undefined) {
      const own = get(spec.node, 'hostUsers');
      const list = target(bound.node);
      if (own?.kind !== 'scalar' || own.value !== false || list.kind !== 'list' || list.items.length === 0)
        return;
      // Before that the field is dropped unless a feature gate is on.
      if (!atLeast(versions.kubernetes, '1.33')) return;
      report(bound.entry?.key ?? bound.node, 'users');
      return;
    }
    if (isPatched(bound, root, kind)) return;
    const volume = volumesOf(spec)?.find((one) => one.name === name);
    const source = volume === undefined ? 'none' : (volume.sources[0] ?? 'emptyDir');
    const possible = ['none', 'persistentVolumeClaim', 'ephemeral'];
    if (possible.includes(source) || volume?.sources.some((one) => possible.includes(one)) === true) return;
    report(bound.node, 'files', { args: { name, source } });
  },
});
