// Annotations and labels about storage from betas that ended, and what stands for them now.

import type { Bound } from '../schema/bind.ts';
import { type Entry, entry, target } from '../syntax/tree.ts';

export interface SupersededName {
  /** A field says it now · another name does · a controller writes it · it counts no longer. */
  readonly how: 'field' | 'name' | 'written' | 'ignored';
  /** The field with its path, or the name. */
  readonly instead: string;
  /** The field's name below `spec`. */
  readonly field?: string;
}

const storageClass: SupersededName = {
  how: 'field',
  instead: 'spec.storageClassName',
  field: 'storageClassName',
};
const noClass: SupersededName = { how: 'ignored', instead: 'spec.storageClassName' };
const affinity: SupersededName = { how: 'ignored', instead: 'spec.nodeAffinity' };
const options: SupersededName = { how: 'field', instead: 'spec.mountOptions', field: 'mountOptions' };
const provisioner: SupersededName = { how: 'written', instead: 'volume.kubernetes.io/storage-provisioner' };
const isDefault: SupersededName = { how: 'name', instead: 'storageclass.kubernetes.io/is-default-class' };

/** Source: k8s.io/api core/v1 annotation and label constants (1.37); pkg/volume/util/storageclass.go (1.37). */
const byKind: Readonly<Record<string, Readonly<Record<string, SupersededName>>>> = {
  PersistentVolumeClaim: {
    'volume.beta.kubernetes.io/storage-class': storageClass,
    'volume.alpha.kubernetes.io/storage-class': noClass,
    'volume.beta.kubernetes.io/storage-provisioner': provisioner,
  },
  PersistentVolume: {
    'volume.beta.kubernetes.io/storage-class': storageClass,
    'volume.alpha.kubernetes.io/storage-class': noClass,
    'volume.beta.kubernetes.io/mount-options': options,
    'volume.alpha.kubernetes.io/node-affinity': affinity,
  },
  StorageClass: { 'storageclass.beta.kubernetes.io/is-default-class': isDefault },
};

const labels: Readonly<Record<string, SupersededName>> = {
  'failure-domain.beta.kubernetes.io/zone': { how: 'name', instead: 'topology.kubernetes.io/zone' },
  'failure-domain.beta.kubernetes.io/region': { how: 'name', instead: 'topology.kubernetes.io/region' },
  'beta.kubernetes.io/arch': { how: 'name', instead: 'kubernetes.io/arch' },
  'beta.kubernetes.io/os': { how: 'name', instead: 'kubernetes.io/os' },
  'beta.kubernetes.io/instance-type': { how: 'name', instead: 'node.kubernetes.io/instance-type' },
};

/** Whether a name can be one of them, at a glance. */
export function beginsNames(name: string): boolean {
  return name.includes('kubernetes.io/');
}

/** What stands for a name on objects of a kind, or as a label of a node or a volume. */
export function supersededName(name: string, kind: string): SupersededName | undefined {
  const own = byKind[kind];
  if (own !== undefined && Object.hasOwn(own, name)) return own[name];
  const isLabelled = kind === 'label' || kind === 'PersistentVolume';
  return isLabelled && Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** The names that a place holds: keys of annotations and labels, and the label that a requirement is about. */
export function namesAt({
  node,
  pointer,
  parent,
}: Bound): { own: Entry; place: 'key' | 'value'; on: string }[] {
  const [, what] = pointer.match(/\/metadata\/(annotations|labels)$/) ?? [];
  const holder = parent?.parent;
  const isClaim = holder?.definition?.part === 'k8s#Claim';
  const [, kind = ''] = isClaim
    ? ['', 'PersistentVolumeClaim']
    : (holder?.pointer.match(/^k8s#(\w+)$/) ?? []);
  const map = target(node);
  if (what !== undefined && map.kind === 'map') {
    return map.entries.map((own) => ({ own, place: 'key' as const, on: kind }));
  }
  const isRequirement =
    /^k8s#StorageClass\/allowedTopologies\/\[\]\/matchLabelExpressions\/\[\]$/.test(pointer) ||
    /^k8s#PersistentVolume\/spec\/nodeAffinity\/.*\/matchExpressions\/\[\]$/.test(pointer);
  const own = isRequirement ? entry(map, 'key') : undefined;
  return own === undefined ? [] : [{ own, place: 'value', on: 'label' }];
}
