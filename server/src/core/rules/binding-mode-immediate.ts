// Volumes that are made before it is known where their pod will run, though they can be used in one place only.
import { classDriver } from '../kubernetes/classes.ts';
import { abilitiesOf } from '../kubernetes/csiDrivers.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';
import { entry, get, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'binding-mode-immediate',
  families: ['k8s'],
  level: 'info',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A StorageClass makes volumes at once, though its volumes can be used only in one zone or on one node.',
    why: 'With `Immediate`, which is the default, the volume is made when the claim is: in any zone or on any node. A pod that cannot run there stays Pending, and a volume cannot be moved.',
    instead:
      'Set `volumeBindingMode: WaitForFirstConsumer`: the volume is made where the scheduler places the pod. The mode of an existing class cannot be changed.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
      'https://kubernetes.io/docs/concepts/storage/volumes/#local',
    ],
  },
  messages: {
    zone: 'Volumes of {driver} lie in one zone, and are made here before it is known in which zone the pod can run. Use WaitForFirstConsumer.',
    node: 'Volumes of {driver} lie on one node, and are made here before it is known on which node the pod can run. Use WaitForFirstConsumer.',
    local:
      'Local volumes of this class lie on one node each, and are bound here before it is known on which node the pod can run. Use WaitForFirstConsumer.',
    'fix-wait': 'Wait for the first pod',
  },
  at: ['k8s#StorageClass'],
  check(context) {
    const { bound, root, kind, report } = context;
    const mode = entry(bound.node, 'volumeBindingMode');
    const written = mode && target(mode.value);
    if (isPartial(root, kind) || written?.kind === 'missing') return;
    if (mode !== undefined && text(mode.value) !== 'Immediate') return;
    const driver = classDriver(bound) ?? '';
    const own = entry(bound.node, 'provisioner');
    const reach = holdsLocal(context) ? 'local' : abilitiesOf(driver)?.reach;
    if (reach === undefined || own === undefined || isPlaced(bound.node)) return;
    report(mode?.value ?? own.value, reach, {
      below: ['volumeBindingMode'],
      args: { driver },
      fixes: waiting(bound.node, mode?.value),
    });
  },
});

/** Whether a class without a driver is that of local volumes in the file. */
function holdsLocal({ bound, binding }: RuleContext): boolean {
  if (text(get(bound.node, 'provisioner')) !== 'kubernetes.io/no-provisioner') return false;
  const name = text(get(get(bound.node, 'metadata'), 'name'));
  return binding
    .at('k8s#PersistentVolume/spec')
    .some(({ node }) => get(node, 'local') !== undefined && text(get(node, 'storageClassName')) === name);
}

/** Whether class or parameters say where volumes are made, or that they lie in more than one zone. */
function isPlaced(node: Node): boolean {
  const terms = get(node, 'allowedTopologies');
  if (terms?.kind === 'list' && terms.items.length > 0) return true;
  const parameters = get(node, 'parameters');
  const zoned = [
    'zone',
    'zones',
    'availability',
    'zoneId',
    'replication-type',
    'skuName',
    'topologyConstrainedPools',
  ];
  return zoned.some((name) => /^(?!none$|.*_LRS$)/i.test(text(get(parameters, name)) ?? 'none'));
}

function waiting(into: Node, mode: Node | undefined): RuleFix[] {
  const value = 'WaitForFirstConsumer';
  if (mode?.kind === 'alias' || into.kind !== 'map') return [];
  const change =
    mode === undefined
      ? ({ do: 'insert', into, key: 'volumeBindingMode', value } as const)
      : ({ do: 'replace', node: mode, value } as const);
  return [{ title: 'fix-wait', kind: 'suggestion', changes: [change] }];
}
