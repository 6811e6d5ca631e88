// Mount options by the old annotation, on a volume that takes none that way.
import { objectOf } from '../kubernetes/objects.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, isNull, type Node, target, text } from '../syntax/tree.ts';

/** The sources that the annotation is for. */
const mounted = [
  ...['gcePersistentDisk', 'awsElasticBlockStore', 'glusterfs', 'nfs', 'rbd', 'quobyte', 'iscsi', 'cinder'],
  ...['cephfs', 'azureFile', 'vsphereVolume', 'azureDisk', 'photonPersistentDisk'],
];

export const rule = defineRule({
  id: 'mount-options-unsupported',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A PersistentVolume has the annotation `volume.beta.kubernetes.io/mount-options` and a source that it is not for.',
    why: 'The annotation is older than CSI and local volumes. The API server refuses it on them, while the field `spec.mountOptions` is taken on every source.',
    instead: 'Write the options as a list in `spec.mountOptions`.',
    says: ['may not specify mount options for this volume type'],
    source: ['pkg/volume/validation/pv_validation.go checkMountOption (1.37)'],
  },
  messages: {
    unsupported:
      'This annotation is not for the source of this volume, so the API server refuses it. Use spec.mountOptions.',
    'fix-move': 'Move to spec.mountOptions',
  },
  at: ['k8s#PersistentVolume/metadata/annotations/volume.beta.kubernetes.io/mount-options'],
  check({ bound, report }) {
    const spec = get(objectOf(bound).node, 'spec');
    const isSet = (name: string) => get(spec, name) !== undefined && !isNull(get(spec, name));
    if (bound.entry === undefined || mounted.some(isSet)) return;
    report(bound.entry.key, 'unsupported', { fixes: move(bound, spec) });
  },
});

/** One text with commas becomes a list; where the field is there already, a person must decide. */
function move({ entry, parent, node }: Bound, spec: Node | undefined): RuleFix[] {
  const from = parent && target(parent.node);
  const options = text(node)
    ?.split(',')
    .filter((one) => one !== '');
  if (from?.kind !== 'map' || entry === undefined || !from.entries.includes(entry)) return [];
  if (spec?.kind !== 'map' || options === undefined || get(spec, 'mountOptions') !== undefined) return [];
  const insert = { do: 'insert', into: spec, key: 'mountOptions', value: options } as const;
  const remove = { do: 'remove', from, item: entry } as const;
  return [
    { title: 'fix-move', kind: 'suggestion', changes: options.length === 0 ? [remove] : [remove, insert] },
  ];
}
