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
    what: 'The provisioner begins with `kubernetes.io/`, and no plugin of Kubernetes has that name.',
    why: 'Names under `kubernetes.io/` are looked up among the plugins of the controller manager and never left to outside provisioners. The class is accepted, and every claim of it stays Pending.',
    instead:
      'Write the name under which the CSI driver is registered (`kubectl get csidrivers` lists them), or `kubernetes.io/no-provisioner` where volumes are made by hand.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/storage-classes/#provisioner',
      'pkg/controller/volume/persistentvolume/pv_controller.go findProvisionablePlugin (1.35)',
    ],
  },
  messages: {
    unknown:
      'No plugin of Kubernetes is called `{name}`: the class is accepted, but its claims stay Pending for ever. Write the name of an installed CSI driver (`kubectl get csidrivers`), or kubernetes.io/no-provisioner for volumes made by hand.',
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
