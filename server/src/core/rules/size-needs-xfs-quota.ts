// A size limit that most hosts cannot keep.
import { imageStore, storageOption } from '../docker/storageOptions.ts';
import { formatProblem } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { namedDriver, optionFate } from '../storage/drivers.ts';
import { get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'size-needs-xfs-quota',
  families: ['daemon', 'storage'],
  level: 'info',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'The overlay driver is set to limit the size of containers, or how many files they have.',
    why: 'This works only when the data root is on XFS mounted with `pquota`. On ext4, or on XFS without project quota, the engine refuses to start, and a limit set later does not apply to existing containers.',
    instead:
      'Put the data root on XFS mounted with `pquota` (`xfs_info` and `findmnt -o OPTIONS` show what you have), or leave the option out.',
    says: [
      'Storage option overlay2.size is supported on backing file system XFS only; found extfs',
      'storage option overlay.size and overlay.inodes only supported for backingFS XFS',
    ],
    source: [
      'daemon/graphdriver/overlay2/overlay.go:189-199 (29.7)',
      'storage/drivers/overlay/overlay.go (containers/storage 1.64); run on ext4',
    ],
  },
  messages: {
    needs:
      '`{name}` works only with {root} on XFS mounted with `pquota`; on any other file system {engine} fails to start. Check the mount before you roll this out.',
  },
  at: [
    'daemon#/storage-opts/[]',
    'storage#/storage/options/size',
    'storage#/storage/options/overlay/size',
    'storage#/storage/options/overlay/inodes',
  ],
  check({ bound, binding, root, versions, report }) {
    if (binding.family === 'storage') {
      const driver = namedDriver(root) ?? 'overlay';
      const limit = text(bound.node)?.trim() ?? '';
      const fate = optionFate(bound, root, versions.containersStorage);
      if (driver !== 'overlay' || (fate !== 'read' && fate !== 'unsure')) return;
      // None at all, or one that stops the store in any case.
      if (/^[+-]?0*\D*$/.test(limit) || formatProblem(bound.definition, limit) !== undefined) return;
      report(bound.node, 'needs', {
        args: {
          name: String(bound.entry?.key.value ?? 'size').toLowerCase(),
          root: '`graphroot`',
          engine: 'containers/storage',
        },
      });
      return;
    }
    const option = storageOption(bound);
    const driver = text(get(root.node, 'storage-driver')) || 'overlay2';
    const list = bound.parent && target(bound.parent.node);
    if (option?.name !== 'overlay2.size' || driver !== 'overlay2' || list?.kind !== 'list') return;
    if (option.value === undefined || /^0*$/.test(option.value)) return;
    if (imageStore(root.node, versions.docker) === 'containerd') return;
    report(option.pair.key, 'needs', { args: { name: option.name, root: '`data-root`', engine: 'dockerd' } });
  },
});
