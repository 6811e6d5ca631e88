// A provisioner that Kubernetes hands to a CSI driver, which has to be there.
import { movedProvisioners } from '../kubernetes/provisioners.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'provisioner-moved-to-csi',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'The provisioner is the name of a volume plugin that left Kubernetes for a CSI driver.',
    why: 'Kubernetes translates the old name into calls of the CSI driver. Where that driver is not installed, every new claim of the class stays Pending, and the translation covers only the old parameters.',
    instead:
      'Install the CSI driver and name it in a new StorageClass. The provisioner of an existing class cannot be changed; volumes that exist go on working.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#csi-migration',
      'k8s.io/csi-translation-lib plugins/*.go (1.37)',
    ],
  },
  messages: {
    redirected:
      'The plugin `{name}` is no longer part of Kubernetes {version}: calls are redirected to the CSI driver {driver}, and claims stay Pending where that is not installed. Name {driver} in a new class.',
    deprecated:
      '`{name}` is deprecated: later versions of Kubernetes only redirect it to the CSI driver {driver}. Name {driver} in a new class.',
    'fix-driver': 'Use the CSI driver {driver} (check its parameters)',
  },
  at: ['k8s#StorageClass/provisioner'],
  check({ bound, versions, report }) {
    const name = text(bound.node);
    const moved = name === undefined ? undefined : movedProvisioners[name];
    if (name === undefined || moved === undefined) return;
    const { driver, redirectedFrom } = moved;
    report(bound.node, atLeast(versions.kubernetes, redirectedFrom) ? 'redirected' : 'deprecated', {
      args: { name, driver, version: versions.kubernetes },
      fixes: [
        {
          title: 'fix-driver',
          args: { driver },
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: driver }],
        },
      ],
    });
  },
});
