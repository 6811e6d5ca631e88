// Recycling empties a volume for the next claim; it is deprecated, and few volumes can be recycled.
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'recycle-deprecated',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A PersistentVolume has the reclaim policy `Recycle`.',
    why: 'It is deprecated. When the claim is gone, a pod removes every file of the volume, and only of `nfs` and `hostPath` volumes; others end as `Failed`. The API server accepts it with a warning.',
    instead:
      'Use `Retain` and empty the volume yourself, or let a StorageClass make volumes and `Delete` them.',
    says: [
      'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#recycle',
      'pkg/api/persistentvolume/util.go warningsForPersistentVolumeSpecAndMeta (1.37)',
    ],
  },
  messages: {
    recycle:
      '`Recycle` is deprecated, and removes every file once the claim is gone: the API server warns of it. Use Retain, or volumes that a StorageClass makes.',
    'fix-retain': 'Change to Retain',
  },
  at: ['k8s#PersistentVolume/spec/persistentVolumeReclaimPolicy'],
  covers: [267],
  check({ bound: { node }, report }) {
    if (text(node) !== 'Recycle') return;
    const changes = [{ do: 'replace', node, value: 'Retain' }] as const;
    report(node, 'recycle', {
      fixes: node.kind === 'alias' ? [] : [{ title: 'fix-retain', kind: 'suggestion', changes }],
    });
  },
});
