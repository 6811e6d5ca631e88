// Half of an address, where the API server does not look.
import { defineRule } from '../rule.ts';
import { get, isNull, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'reference-incomplete',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'A PersistentVolume names a claim or a secret without its namespace, or a namespace without the name.',
    why: 'A volume lies in no namespace, so what it refers to needs name and namespace. The API server does not check `claimRef` and `nodeStageSecretRef`: the volume stays reserved for a claim that cannot exist, or fails when a node mounts it.',
    instead: 'Write both, `name` and `namespace`.',
    source: [
      'pkg/apis/core/validation/validation.go validateCSIPersistentVolumeSource, ValidatePersistentVolumeSpec (1.37)',
      'pkg/controller/volume/persistentvolume/pv_controller.go syncVolume (1.37)',
      'pkg/volume/csi/csi_attacher.go MountDevice (1.37)',
    ],
  },
  messages: {
    claim:
      '`claimRef` has no `{missing}`, so no claim can ever have this volume, and the API server does not say so. Add it.',
    secret:
      '`nodeStageSecretRef` has no `{missing}`, so the volume fails when a node mounts it, and the API server does not say so. Add it.',
  },
  at: ['k8s#PersistentVolume/spec/claimRef', 'k8s#PersistentVolume/spec/csi/nodeStageSecretRef'],
  covers: [150, 154],
  check({ bound, report }) {
    const map = target(bound.node);
    if (map.kind !== 'map' || bound.entry === undefined || bound.unknown.length > 0) return;
    const missing = ['name', 'namespace'].filter((name) => isMissing(get(map, name)));
    const [only] = missing;
    if (only === undefined || missing.length === 2) return;
    const message = bound.definition?.name === 'claimRef' ? 'claim' : 'secret';
    report(bound.entry.key, message, { below: [only], args: { missing: only } });
  },
});

/** What is being typed just now is not missing. */
function isMissing(value: Node | undefined): boolean {
  return value === undefined || isNull(value) || text(value) === '';
}
