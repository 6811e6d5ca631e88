// A parameter that its driver does not know.
import { driverOf, notCsi, parameterMaps, parameterNamed, takesName } from '../kubernetes/csiDrivers.ts';
import { defineRule, removalFix, renameFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { members } from '../schema/load.ts';
import { nearest } from '../schema/search.ts';
import { entry } from '../syntax/tree.ts';

const prefix = 'csi.storage.k8s.io/';

export const rule = defineRule({
  id: 'csi-parameter-unknown',
  families: ['k8s'],
  level: 'info',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'The driver that the class names has no parameter of this name.',
    why: 'The API server takes any parameter. Some drivers ignore what they do not know, so the volumes come out other than meant; others make no volume at all. Names that begin with `csi.storage.k8s.io/` are read by the provisioner that runs with every CSI driver, and it fails on those it does not know.',
    instead:
      'Correct the name, or remove the parameter. A driver newer than what Stowage knows may have it: then switch the rule off.',
    says: ['found unknown parameter key with reserved namespace csi.storage.k8s.io/'],
    source: [
      'https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters',
      'kubernetes-csi/external-provisioner pkg/controller/controller.go removePrefixedParameters (v6.3.0)',
    ],
  },
  messages: {
    unknown: 'The driver {driver} has no parameter `{name}` that is known. Check its spelling.',
    'unknown-near': 'The driver {driver} has no parameter `{name}` that is known. Did you mean `{near}`?',
    reserved:
      '`{name}` is none of the names that the CSI provisioner reads under `csi.storage.k8s.io/`: it makes no volume. Remove it.',
    'reserved-near':
      '`{name}` is none of the names that the CSI provisioner reads under `csi.storage.k8s.io/`: it makes no volume. Did you mean `{near}`?',
    'fix-near': 'Change to {near}',
    'fix-remove': 'Remove {name}',
  },
  at: parameterMaps,
  check({ bound, report }) {
    const driver = driverOf(bound);
    const isVolumes = bound.pointer.startsWith('k8s#StorageClass');
    if (driver === undefined) return;
    for (const child of bound.children) {
      const { entry: own, node } = child;
      if (own === undefined || node.kind === 'missing' || !isUnknown(bound, child, driver)) continue;
      const name = String(own.key.value);
      const known = members(bound.definition).flatMap(([one, { 'x-replaced-by': old }]) =>
        old ? [] : [one],
      );
      const near = nearName(name, known);
      const isFree = near !== undefined && entry(bound.node, near) === undefined;
      const isReserved = isVolumes && name.startsWith(prefix) && !notCsi.includes(driver);
      report(own.key, `${isReserved ? 'reserved' : 'unknown'}${near === undefined ? '' : '-near'}`, {
        place: child,
        args: { name, driver, near: near ?? '' },
        ...(isReserved && { level: 'warning', effect: 'fails-later' }),
        fixes: [
          ...(isFree ? renameFix(own, near) : []),
          ...removalFix(child, 'fix-remove', 'suggestion', { name }),
        ],
      });
    }
  },
});

/** Names under the prefix are compared without it: alike in that alone, they are not alike. */
function nearName(name: string, known: readonly string[]): string | undefined {
  if (!name.startsWith(prefix)) return nearest(name, known);
  const rests = known.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const near = nearest(name.slice(prefix.length), rests);
  return near === undefined ? undefined : prefix + near;
}

function isUnknown({ definition }: Bound, child: Bound, driver: string): boolean {
  const name = String(child.entry?.key.value);
  if (name === '' || Object.hasOwn(definition?.properties ?? {}, name)) return false;
  return parameterNamed(definition, name) === undefined && !takesName(driver, name);
}
