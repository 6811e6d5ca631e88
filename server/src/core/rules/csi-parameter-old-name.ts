// Parameters that the CSI provisioner reads under an older name, too, but not under both.
import { driverOf, notCsi } from '../kubernetes/csiDrivers.ts';
import { defineRule, removalFix, renameFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';

const fsType = 'csi.storage.k8s.io/fstype';

export const rule = defineRule({
  id: 'csi-parameter-old-name',
  families: ['k8s'],
  level: 'hint',
  effect: 'style',
  fix: 'suggestion',
  docs: {
    what: 'A parameter of a StorageClass is written under the name that it had before CSI gave it a prefix.',
    why: 'The CSI provisioner still reads `fstype` and the `csi…Secret…` names, and warns in its log. Where old and new name stand together it refuses to make volumes, and claims of the class stay Pending.',
    instead: 'Use the name with the prefix `csi.storage.k8s.io/`, and only that.',
    says: ['fstype specified in parameters with both "fstype" and "csi.storage.k8s.io/fstype" keys'],
    source: [
      'https://kubernetes-csi.github.io/docs/external-provisioner.html',
      'kubernetes-csi/external-provisioner pkg/controller/controller.go prepareProvision, verifyAndGetSecretNameAndNamespaceTemplate (v6.3.0)',
    ],
  },
  messages: {
    old: '`{name}` is the old name of `{instead}`, which the CSI provisioner has deprecated. Use `{instead}`.',
    both: '`{name}` and `{instead}` are two names of one parameter: the CSI provisioner refuses both together, and claims of this class stay Pending. Remove one.',
    'fix-near': 'Rename to {near}',
    'fix-remove': 'Remove {name}',
  },
  at: ['k8s#StorageClass/parameters'],
  check({ bound, report }) {
    const driver = driverOf(bound);
    if (driver === undefined || notCsi.includes(driver)) return;
    for (const child of bound.children) {
      const { entry: own, node, definition } = child;
      if (own === undefined || node.kind === 'missing') continue;
      const name = String(own.key.value);
      const isFsType = name.toLowerCase() === 'fstype';
      const instead = isFsType ? fsType : definition?.['x-replaced-by'];
      if (instead === undefined) continue;
      const args = { name, instead };
      if (bound.children.some((other) => other.entry?.key.value === instead)) {
        const fixes = removalFix(child, 'fix-remove', 'suggestion', { name });
        report(own.key, 'both', { place: child, level: 'error', effect: 'fails-later', args, fixes });
      } else if (!isFsType || !readsFsType(bound)) {
        report(own.key, 'old', { place: child, args, fixes: renameFix(own, instead) });
      }
    }
  },
});

/** Whether the driver itself documents the bare name. */
function readsFsType({ definition }: Bound): boolean {
  return Object.entries(definition?.properties ?? {}).some(
    ([name, one]) => name.toLowerCase() === 'fstype' && one['x-replaced-by'] === undefined,
  );
}
