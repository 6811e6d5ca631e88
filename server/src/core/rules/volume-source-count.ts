// A PersistentVolume is one thing in one place: exactly one source.
import { defineRule } from '../rule.ts';
import { entriesOf, get, target } from '../syntax/tree.ts';

/** Fields of a PersistentVolume's spec that are no source. */
const plain = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

export const rule = defineRule({
  id: 'volume-source-count',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A PersistentVolume has no volume source, or more than one.',
    why: 'The source says where the data is: `csi`, `nfs`, `local`, `hostPath` and so on. The API server accepts exactly one and refuses the volume otherwise.',
    instead: 'Keep the one source that holds the data. Two places need two volumes.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes',
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec (1.35)',
    ],
  },
  messages: {
    none: 'This PersistentVolume has no volume source, so the API server refuses it. Add one: csi, nfs, local, hostPath, iscsi …',
    several:
      'A PersistentVolume has exactly one volume source, and `{first}` is already set: the API server refuses `{second}`. Keep one, or create a second volume.',
    related: 'The first source',
  },
  at: ['k8s#PersistentVolume/spec'],
  check({ bound, report }) {
    const spec = target(bound.node);
    if (spec.kind !== 'map') return;
    const known = bound.definition?.properties ?? {};
    const given = entriesOf(spec).filter(({ key, value }) => {
      const name = String(key.value);
      return name in known && !plain.has(name) && !isNull(target(value));
    });
    const [first, ...more] = given;
    for (const second of more) {
      if (first === undefined || second.value.kind === 'missing') continue;
      report(second.key, 'several', {
        args: { first: String(first.key.value), second: String(second.key.value) },
        related: [{ span: first.key.span, message: 'related' }],
      });
    }
    // An unknown field may be a source with a slip in its name, which another rule reports; half a spec may be a patch.
    const whole = get(spec, 'capacity') !== undefined && get(spec, 'accessModes') !== undefined;
    if (whole && first === undefined && bound.unknown.length === 0 && bound.entry !== undefined) {
      report(bound.entry.key, 'none');
    }
  },
});

function isNull(node: ReturnType<typeof target>): boolean {
  return node.kind === 'scalar' && node.value === null;
}
