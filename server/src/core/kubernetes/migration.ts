// A class of an in-tree plugin as one of its CSI driver: the translation that Kubernetes itself makes on the way to the driver.
// Source: k8s.io/csi-translation-lib plugins/*.go TranslateInTreeStorageClassToCSI (1.37).
import type { Change, Entry, MapNode, Node } from '../syntax/tree.ts';
import { entriesOf, get, target, text } from '../syntax/tree.ts';
import { parameterNamed, parametersOf } from './csiDrivers.ts';
import { type MovedProvisioner, movedProvisioners } from './provisioners.ts';

/** What a person has to look at: an id among the rule's messages, and the parameter that it is about. */
export interface Decision {
  readonly id: 'zones' | 'zones-twice' | 'migration' | 'kind' | 'secrets' | 'unlisted';
  readonly entry: Entry;
}

export interface ClassTranslation {
  readonly changes: readonly Change[];
  readonly decisions: readonly Decision[];
}

const fsTypeKey = 'csi.storage.k8s.io/fstype';
const vsphereKeys: readonly string[] = [
  ...['datastore', 'diskformat', 'hostfailurestotolerate', 'forceprovisioning', 'cachereservation'],
  ...['diskstripes', 'objectspacereservation', 'iopslimit'],
];
const secretSteps: readonly string[] = [
  ...['provisioner', 'controller-publish', 'node-publish', 'node-stage', 'controller-expand', 'node-expand'],
];

/** Translates the parameters of a class; undefined where aliases or merge keys bring parts of it from elsewhere. */
export function translateClass(root: Node, provisioner: string): ClassTranslation | undefined {
  const moved = movedProvisioners[provisioner];
  const parameters = get(root, 'parameters');
  if (root.kind !== 'map' || moved === undefined) return undefined;
  if (parameters === undefined || parameters.kind !== 'map') return { changes: [], decisions: [] };
  const own = root.entries.find(({ value }) => value === parameters);
  const entries = entriesOf(parameters);
  if (own === undefined || entries.some((one) => !parameters.entries.includes(one))) return undefined;
  const parts = entries.map((one) => translate({ root, parameters, moved, provisioner }, one));
  return {
    changes: [...parts.flatMap(({ changes }) => changes), ...extras(provisioner, entries, parameters)],
    decisions: parts.flatMap(({ decisions }) => decisions),
  };
}

interface Place {
  readonly root: MapNode;
  readonly parameters: MapNode;
  readonly moved: MovedProvisioner;
  readonly provisioner: string;
}

function translate(place: Place, one: Entry): ClassTranslation {
  const { root, parameters, moved, provisioner } = place;
  const name = String(one.key.value);
  const folded = name.toLowerCase();
  const value = text(one.value) ?? '';
  const rename = (to: string): Change[] => [{ do: 'rename', entry: one, name: to }];
  const kept = (...decisions: Decision[]): ClassTranslation => ({ changes: [], decisions });
  if (provisioner === 'kubernetes.io/azure-file') return kept();
  if (folded === 'fstype' && provisioner !== 'kubernetes.io/azure-disk') {
    return { changes: rename(fsTypeKey), decisions: [] };
  }
  if ((folded === 'zone' || folded === 'zones') && moved.zoneKey !== undefined && hasZones(provisioner)) {
    if (get(root, 'allowedTopologies') !== undefined) return kept({ id: 'zones-twice', entry: one });
    const remove: Change = { do: 'remove', from: parameters, item: one };
    return { changes: [remove, zones(root, moved.zoneKey, value)], decisions: [{ id: 'zones', entry: one }] };
  }
  if (provisioner === 'kubernetes.io/vsphere-volume' && vsphereKeys.includes(folded)) {
    return { changes: rename(`${folded}-migrationparam`), decisions: [{ id: 'migration', entry: one }] };
  }
  const [, half] = name.match(/^openstorage\.io\/auth-secret-(name|namespace)$/) ?? [];
  if (provisioner === 'kubernetes.io/portworx-volume' && half !== undefined) {
    const keys = secretSteps.map((step) => `csi.storage.k8s.io/${step}-secret-${half}`);
    const more = keys
      .slice(1)
      .reverse()
      .map((key): Change => ({ do: 'insert', into: parameters, key, value }));
    return { changes: [...rename(keys[0] ?? ''), ...more], decisions: [{ id: 'secrets', entry: one }] };
  }
  if (provisioner === 'kubernetes.io/azure-disk' && folded === 'kind' && value.toLowerCase() !== 'managed') {
    return kept({ id: 'kind', entry: one });
  }
  const isListed = parameterNamed(parametersOf(moved.driver), name) !== undefined;
  return isListed ? kept() : kept({ id: 'unlisted', entry: one });
}

/** Zones of a class are parameters of these plugins only. */
function hasZones(provisioner: string): boolean {
  return ['aws-ebs', 'gce-pd', 'azure-disk'].some((name) => provisioner === `kubernetes.io/${name}`);
}

function zones(into: MapNode, key: string, value: string): Change {
  const values = value
    .split(',')
    .map((zone) => zone.trim())
    .filter((zone) => zone !== '');
  return {
    do: 'insert',
    into,
    key: 'allowedTopologies',
    value: [{ matchLabelExpressions: [{ key, values }] }],
  };
}

/** What translation adds of itself. */
function extras(provisioner: string, entries: readonly Entry[], into: MapNode): Change[] {
  const has = (name: string) =>
    entries.some(({ key }) => String(key.value).toLowerCase() === name.toLowerCase());
  const add = (key: string): Change[] => (has(key) ? [] : [{ do: 'insert', into, key, value: 'true' }]);
  if (provisioner === 'kubernetes.io/aws-ebs' && has('iopsPerGB')) return add('allowAutoIOPSPerGBIncrease');
  // The driver reads what comes from the old plugin only beside this one.
  if (provisioner === 'kubernetes.io/vsphere-volume' && vsphereKeys.some(has)) return add('csimigration');
  return [];
}

/** The changes that give old zone labels in `allowedTopologies` the driver's name for them. */
export function translateTopologies(root: Node, zoneKey: string | undefined): Change[] {
  const terms = get(root, 'allowedTopologies');
  if (zoneKey === undefined || terms?.kind !== 'list') return [];
  const old = ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'];
  return terms.items.flatMap((term) => {
    const expressions = get(term, 'matchLabelExpressions');
    const items = expressions?.kind === 'list' ? expressions.items : [];
    return items.flatMap((item): Change[] => {
      const map = target(item);
      const key = map.kind === 'map' ? map.entries.find((one) => one.key.value === 'key')?.value : undefined;
      if (key === undefined || key.kind === 'alias' || !old.includes(text(key) ?? '')) return [];
      return [{ do: 'replace', node: key, value: zoneKey }];
    });
  });
}
