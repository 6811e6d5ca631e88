// What the StorageClasses of a file say: which driver makes their volumes, and which class a claim names.
import type { Binding, Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';
import { movedProvisioners } from './provisioners.ts';

/** The driver that makes the volumes of a class, also where Kubernetes hands an old name on to it. */
export function classDriver(storageClass: Bound | undefined): string | undefined {
  const name = text(get(storageClass?.node, 'provisioner'));
  return name !== undefined && Object.hasOwn(movedProvisioners, name)
    ? movedProvisioners[name]?.driver
    : name;
}

/** The class of a name, where exactly one document of the file defines it. */
export function classNamed(binding: Binding, name: string | undefined): Bound | undefined {
  if (name === undefined || name === '') return undefined;
  const same = binding
    .at('k8s#StorageClass')
    .filter(({ node }) => text(get(get(node, 'metadata'), 'name')) === name);
  return same.length === 1 ? same[0] : undefined;
}
