// A provisioner that nothing answers to any more.
import { removedProvisioners } from '../kubernetes/provisioners.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'provisioner-removed',
  families: ['k8s'],
  level: 'error',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'The provisioner is an in-tree volume plugin that was removed from Kubernetes without a redirect to a CSI driver.',
    why: 'The API server still accepts the class, but no controller knows the name, and names under `kubernetes.io/` are never handed to external provisioners: every claim of the class stays Pending. There is no automatic migration for these plugins.',
    instead:
      'Choose a CSI driver for your storage and create a StorageClass with the parameters of that driver. Existing volumes have to be recreated or copied by hand.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/',
      'pkg/controller/volume/persistentvolume/pv_controller.go findProvisionablePlugin (1.35)',
    ],
  },
  messages: {
    removed:
      '`{name}` was removed in Kubernetes {removed} without a replacement: claims of this class stay Pending. Create a StorageClass for a CSI driver.',
    'removed-driver':
      '`{name}` was removed in Kubernetes {removed}: claims of this class stay Pending. Create a StorageClass for a CSI driver such as {driver}; its parameters differ.',
    'removed-later':
      '`{name}` is deprecated and will be removed in Kubernetes {removed} without a migration path for its volumes. Move to a CSI driver before you upgrade.',
  },
  at: ['k8s#StorageClass/provisioner'],
  check({ bound, versions, report }) {
    const name = text(bound.node);
    const gone = name === undefined ? undefined : removedProvisioners[name];
    if (name === undefined || gone === undefined) return;
    const args = { name, removed: gone.removed, driver: gone.driver ?? '' };
    if (atLeast(versions.kubernetes, gone.removed)) {
      report(bound.node, gone.driver === undefined ? 'removed' : 'removed-driver', { args });
    } else if (atLeast(versions.kubernetes, gone.deprecated)) {
      report(bound.node, 'removed-later', { level: 'warning', effect: 'risk', args });
    }
  },
});
