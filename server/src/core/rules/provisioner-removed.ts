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
    what: 'The provisioner is a volume plugin that was removed from Kubernetes without a CSI driver to take over.',
    why: 'The API server still takes the class. But no controller knows the name, and names under `kubernetes.io/` are never left to outside provisioners: every claim of the class stays Pending. There is no automatic migration for these plugins.',
    instead:
      'Choose a CSI driver for the storage that you have and write a class for it, with the parameters of that driver. Existing volumes have to be recreated or copied by hand.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/',
      'pkg/controller/volume/persistentvolume/pv_controller.go findProvisionablePlugin (1.35)',
    ],
  },
  messages: {
    removed:
      '`{name}` was removed in Kubernetes {removed} and nothing took its place: claims of this class stay Pending. Write a class for a CSI driver.',
    'removed-driver':
      '`{name}` was removed in Kubernetes {removed} and is not redirected: claims of this class stay Pending. Write a class for a CSI driver, such as {driver}; its parameters differ.',
    'removed-later':
      '`{name}` is deprecated and goes away in Kubernetes {removed}, without a driver that takes its volumes over. Plan the move to a CSI driver before you upgrade.',
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
