// A topology label that another driver gives to nodes.
import { classDriver } from '../kubernetes/classes.ts';
import { abilitiesOf } from '../kubernetes/csiDrivers.ts';
import { topologyOwners } from '../kubernetes/provisioners.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'topology-key-foreign',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: "A StorageClass restricts its volumes by a topology label of another driver's.",
    why: 'A driver tells Kubernetes under which labels it knows zones and nodes. No node has the label of another driver for this one, so no place for a volume is found and claims of the class stay Pending.',
    instead:
      'Use the label of the driver that the class names, or `topology.kubernetes.io/zone` where the driver knows it.',
    source: [
      'https://kubernetes-csi.github.io/docs/topology.html',
      'kubernetes-csi/external-provisioner pkg/controller/topology.go (v6.3.0)',
    ],
  },
  messages: {
    foreign:
      'The label `{key}` is one of {owner}, and {driver} does not know it: claims of this class stay Pending. Use a topology label of {driver}.',
  },
  at: ['k8s#StorageClass/allowedTopologies/[]/matchLabelExpressions/[]/key'],
  check({ bound, report }) {
    const key = text(bound.node) ?? '';
    const owners = topologyOwners(key);
    const driver = classDriver(classOf(bound)) ?? '';
    if (owners === undefined || owners.includes(driver) || abilitiesOf(driver) === undefined) return;
    report(bound.node, 'foreign', { args: { key, driver, owner: owners[0] ?? '' } });
  },
});

/** The class that a place lies in; items of a list are classes, too. */
function classOf(bound: Bound): Bound | undefined {
  let at: Bound | undefined = bound;
  while (at !== undefined && at.pointer !== 'k8s#StorageClass') at = at.parent;
  return at;
}
