// A provisioner that Kubernetes hands to a CSI driver, which has to be there.
import { translateClass, translateTopologies } from '../kubernetes/migration.ts';
import { movedProvisioners } from '../kubernetes/provisioners.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import type { Change } from '../syntax/tree.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'provisioner-moved-to-csi',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'The provisioner is an in-tree volume plugin that was replaced by a CSI driver.',
    why: 'Kubernetes redirects the old name to the CSI driver. Where that driver is not installed, every new claim of the class stays Pending, and only the old parameters are translated.',
    instead:
      'Install the CSI driver and name it in a new StorageClass. The provisioner of an existing class cannot be changed; existing volumes keep working.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#csi-migration',
      'k8s.io/csi-translation-lib plugins/*.go (1.37)',
    ],
  },
  messages: {
    redirected:
      'Kubernetes {version} redirects `{name}` to the CSI driver {driver}: without that driver installed, claims stay Pending. Use {driver} in a new StorageClass.',
    deprecated:
      '`{name}` is deprecated: later Kubernetes versions redirect it to the CSI driver {driver}. Use {driver} in a new StorageClass.',
    zones: '`{key}` becomes `allowedTopologies`: check that nodes of the driver are there',
    'zones-twice': '`{key}` cannot stand beside `allowedTopologies`: keep one of them',
    migration:
      '`{key}` goes on for migrated volumes only, and needs vSphere 7.0 U2: choose a storage policy instead',
    kind: 'The CSI driver makes managed disks only: other disks have to be copied',
    secrets: '`{key}` becomes the secret of every step: check that it may be read there',
    unlisted: '{driver} knows no parameter `{key}`: check whether it is still needed',
    'fix-driver': 'Use the CSI driver {driver} (check its parameters)',
  },
  at: ['k8s#StorageClass/provisioner'],
  check({ bound, versions, report, ...context }) {
    const name = text(bound.node);
    const moved = name === undefined ? undefined : movedProvisioners[name];
    if (name === undefined || moved === undefined) return;
    const { driver, redirectedFrom } = moved;
    const { changes, decisions } = translation(bound.parent ?? context.root, name);
    report(bound.node, atLeast(versions.kubernetes, redirectedFrom) ? 'redirected' : 'deprecated', {
      args: { name, driver, version: versions.kubernetes },
      related: decisions.map(({ id, entry }) => ({
        span: entry.key.span,
        message: id,
        args: { key: String(entry.key.value), driver },
      })),
      fixes: [
        {
          title: 'fix-driver',
          args: { driver },
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: driver }, ...changes],
        },
      ],
    });

    /** What the class needs besides; nothing where its parameters come from elsewhere. */
    function translation({ node }: RuleContext['root'], provisioner: string) {
      const made = translateClass(node, provisioner);
      const topologies: Change[] = translateTopologies(node, moved?.zoneKey);
      return { changes: [...(made?.changes ?? []), ...topologies], decisions: made?.decisions ?? [] };
    }
  },
});
