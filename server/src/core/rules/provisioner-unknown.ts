// A name under kubernetes.io/ that no plugin ever had.
import { livingProvisioners, movedProvisioners, removedProvisioners } from '../kubernetes/provisioners.ts';
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'provisioner-unknown',
  families: ['k8s'],
  level: 'error',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'The provisioner begins with `kubernetes.io/`, but Kubernetes has no plugin of that name.',
    why: 'Names under `kubernetes.io/` are looked up among the plugins of the controller manager and never handed to external provisioners. The class is accepted, but every claim that uses it stays Pending.',
    instead:
      'Write the name under which the CSI driver is registered (`kubectl get csidrivers` lists them), or `kubernetes.io/no-provisioner` where volumes are created by hand.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/storage-classes/#provisioner',
      'pkg/controller/volume/persistentvolume/pv_controller.go findProvisionablePlugin (1.35)',
    ],
  },
  messages: {
    unknown:
      'Kubernetes has no plugin `{name}`: claims of this class stay Pending. Use an installed CSI driver (`kubectl get csidrivers`), or kubernetes.io/no-provisioner.',
  },
  at: ['k8s#StorageClass/provisioner'],
  check({ bound, report }) {
    const name = text(bound.node);
    if (name === undefined || !/^kubernetes\.io\/./.test(name)) return;
    const known =
      name in movedProvisioners || name in removedProvisioners || livingProvisioners.includes(name);
    if (!known) report(bound.node, 'unknown', { args: { name } });
  },
});
