// A claim, or a class of snapshots, that wants what its driver cannot do.
import { classDriver, classNamed } from '../kubernetes/classes.ts';
import { abilitiesOf, type DriverAbilities } from '../kubernetes/csiDrivers.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { entry, get, type Node, type target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'driver-lacks-ability',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'A claim wants an access mode, a raw block volume, a clone or a snapshot from a driver that has no such thing.',
    why: 'The API server does not ask the driver and accepts the claim. The driver refuses to make the volume, and the claim stays Pending. Only claims whose StorageClass lies in the same file are judged, and only by what no version and no setting of the driver can do.',
    instead:
      'Choose another access mode or another class: disks are for one node, shared file systems for many.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
      'https://kubernetes-csi.github.io/docs/drivers.html',
    ],
  },
  messages: {
    mode: '{driver}, which makes the volumes of class {name}, has no volumes with {value}: the claim stays Pending. Choose another access mode or class.',
    mounted:
      '{driver}, which makes the volumes of class {name}, has no volumes with a file system and {value}: the claim stays Pending. Choose another access mode or class.',
    block:
      '{driver}, which makes the volumes of class {name}, has shared folders and no raw block volumes: the claim stays Pending. Use the volume mode Filesystem.',
    snapshot:
      '{driver}, which makes the volumes of class {name}, has no snapshots to restore: the claim stays Pending.',
    clone:
      '{driver}, which makes the volumes of class {name}, cannot clone another claim: the claim stays Pending.',
    'no-snapshots': '{driver} makes no snapshots: every snapshot of this class fails.',
  },
  at: ['*'],
  check(context) {
    const { bound, binding, report } = context;
    if (bound.pointer === 'k8s#VolumeSnapshotClass/driver') {
      const driver = text(bound.node) ?? '';
      if (abilitiesOf(driver)?.snapshots === false) report(bound.node, 'no-snapshots', { args: { driver } });
      return;
    }
    if (bound.definition?.part !== 'k8s#ClaimSpec') return;
    const name = text(get(bound.node, 'storageClassName'));
    const driver = classDriver(classNamed(binding, name));
    const abilities = abilitiesOf(driver);
    // A claim that names its volume takes what is there.
    if (abilities === undefined || text(get(bound.node, 'volumeName'))) return;
    claimOf(context, abilities, { driver: driver ?? '', name: name ?? '' });
  },
});

function claimOf({ bound, report }: RuleContext, can: DriverAbilities, args: Record<string, string>): void {
  const spec = bound.node;
  const mode = entry(spec, 'volumeMode');
  const isBlock = mode !== undefined && text(mode.value) === 'Block';
  if (isBlock && can.folders === true) report(mode.value, 'block', { below: ['volumeMode'], args });
  const modes = get(spec, 'accessModes');
  for (const [index, item] of (modes?.kind === 'list' ? modes.items : []).entries()) {
    const value = text(item) ?? '';
    const below = ['accessModes', index];
    const isOf = (list: readonly string[] | undefined) => list?.includes(value) === true;
    if (isOf(can.never)) report(item, 'mode', { below, args: { ...args, value } });
    else if (!isBlock && isOf(can.neverMounted)) report(item, 'mounted', { below, args: { ...args, value } });
  }
  for (const field of ['dataSource', 'dataSourceRef']) {
    const kind = kindOf(get(spec, field));
    if (kind === undefined || (field === 'dataSourceRef' && get(spec, 'dataSource') !== undefined)) continue;
    const below = [field, 'kind'];
    if (text(kind) === 'VolumeSnapshot' && can.snapshots === false) report(kind, 'snapshot', { below, args });
    if (text(kind) === 'PersistentVolumeClaim' && can.clones === false)
      report(kind, 'clone', { below, args });
  }
}

function kindOf(source: ReturnType<typeof target> | undefined): Node | undefined {
  return entry(source, 'kind')?.value;
}
