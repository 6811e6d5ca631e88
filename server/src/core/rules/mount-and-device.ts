// A volume that a container mounts and has as a device, too; or two at the same path.
import { containerOf, mapsIn } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { partOf } from '../schema/bind.ts';
import { get, type Node, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'mount-and-device',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A container has a volume both mounted and as a block device, or a mount and a device at the same path.',
    why: 'A volume is either a file system or a device for one container, and a path holds one thing. The API server refuses the pod.',
    instead: 'Keep the volume in one of the two lists, or choose another path.',
    says: ['must not already exist in volumeDevices', 'must not already exist as a path in volumeMounts'],
    source: ['pkg/apis/core/validation/validation.go ValidateVolumeMounts, ValidateVolumeDevices (1.37)'],
  },
  messages: {
    'name-device':
      'This container has `{value}` as a block device already, so the API server refuses to mount it. Keep one of the two.',
    'name-mount':
      'This container mounts `{value}` already, so the API server refuses it as a block device. Keep one of the two.',
    'path-device':
      'A block device is at `{value}` already, so the API server refuses this mount. Choose another path.',
    'path-mount':
      'A volume is mounted at `{value}` already, so the API server refuses this device. Choose another path.',
    related: 'The other one',
  },
  at: ['k8s#VolumeMount', 'k8s#VolumeDevice'],
  covers: [103, 104, 105],
  check({ bound, report }) {
    const isMount = bound.definition?.part === 'k8s#VolumeMount';
    const [path, others, otherPath] = isMount
      ? ['mountPath', 'volumeDevices', 'devicePath']
      : ['devicePath', 'volumeMounts', 'mountPath'];
    const other = isMount ? 'device' : 'mount';
    const container = containerOf(bound);
    // Of mounts of the same volume only the last one's path is looked at.
    const byName = new Map<string, Node>();
    for (const map of mapsIn(get(container?.node, others)) ?? []) {
      const name = text(get(map, 'name'));
      if (name !== undefined && name !== '') byName.set(name, map);
    }
    const named = partOf(bound, 'name');
    const placed = partOf(bound, path);
    const same = byName.get(text(named?.node) ?? '');
    if (named !== undefined && same !== undefined) {
      report(named.node, `name-${other}`, {
        place: named,
        args: { value: text(named.node) ?? '' },
        related: [{ span: (get(same, 'name') ?? same).span, message: 'related' }],
      });
    }
    const where = text(placed?.node);
    if (placed === undefined || where === undefined || where === '') return;
    for (const map of byName.values()) {
      const there = get(map, otherPath);
      if (there === undefined || text(there) !== where) continue;
      report(placed.node, `path-${other}`, {
        place: placed,
        args: { value: where },
        related: [{ span: there.span, message: 'related' }],
      });
      return;
    }
  },
});
