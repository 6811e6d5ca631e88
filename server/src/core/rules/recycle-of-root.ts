// The recycler empties what it is given: here a whole node.
import { defineRule } from '../rule.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'recycle-of-root',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A PersistentVolume with `hostPath: /` has the reclaim policy `Recycle`.',
    why: 'Recycling removes everything in the volume, which here is the whole file system of a node. The API server refuses the volume.',
    instead: 'Use `Retain`, and a folder of its own for the volume.',
    says: ["may not be 'recycle' for a hostPath mount of '/'"],
    source: ['pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec (1.37)'],
  },
  messages: {
    root: 'Recycle would empty the file system of the whole node, so the API server refuses it for the path `{path}`. Use Retain.',
    'fix-retain': 'Change to Retain',
  },
  at: ['k8s#PersistentVolume/spec/persistentVolumeReclaimPolicy'],
  covers: [137],
  check({ bound: { node, parent }, report }) {
    const path = text(get(get(parent?.node, 'hostPath'), 'path'));
    if (text(node) !== 'Recycle' || path === undefined || !isRoot(path)) return;
    report(node, 'root', {
      args: { path },
      fixes:
        node.kind === 'alias'
          ? []
          : [
              {
                title: 'fix-retain',
                kind: 'suggestion',
                changes: [{ do: 'replace', node, value: 'Retain' }],
              },
            ],
    });
  },
});

/** What Go's path.Clean makes `/`: a `..` at the root leads nowhere. */
function isRoot(path: string): boolean {
  if (!path.startsWith('/')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}
