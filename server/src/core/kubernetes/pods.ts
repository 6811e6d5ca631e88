// The parts of a pod that speak of each other: volumes, the containers that mount them, the claims of a StatefulSet.
import type { FileKind } from '../finding.ts';
import type { Bound } from '../schema/bind.ts';
import { entriesOf, get, type MapNode, type Node, target, text } from '../syntax/tree.ts';
import { kindOf, objectOf } from './objects.ts';
import { isPartial } from './partial.ts';

/** A volume as a pod's mounts can name it. */
export interface PodVolume {
  readonly name: string;
  /** Where its name stands. */
  readonly at: Node;
  /** The keys of its source; a claim that a StatefulSet makes counts as `persistentVolumeClaim`. */
  readonly sources: readonly string[];
}

/** The pod spec around a place. */
export function podSpecOf(bound: Bound): Bound | undefined {
  for (let at: Bound | undefined = bound; at !== undefined; at = at.parent)
    if (at.definition?.part === 'k8s#PodSpec') return at;
  return undefined;
}

/** The container around a place. */
export function containerOf(bound: Bound): Bound | undefined {
  for (let at: Bound | undefined = bound; at !== undefined; at = at.parent)
    if (at.definition?.part === 'k8s#Container') return at;
  return undefined;
}

/** The maps of a list, aliases followed; undefined where it holds something else, or is still to be typed. */
export function mapsIn(list: Node | undefined): readonly MapNode[] | undefined {
  const held = list && target(list);
  if (held === undefined || (held.kind === 'scalar' && held.value === null && held.raw !== '')) return [];
  if (held.kind !== 'list') return undefined;
  const maps = held.items.map(mapOf).filter((one) => one.kind === 'map');
  return maps.length === held.items.length ? maps : undefined;
}

/** Of an item that is null Go makes an empty struct. */
function mapOf(item: Node): Exclude<Node, { kind: 'alias' }> {
  return isUnset(item) ? { kind: 'map', span: item.span, entries: [], style: 'flow' } : target(item);
}

/**
 * The volumes that the mounts of a pod can name; a StatefulSet's claims are volumes, too, and hide volumes of their name
 * (apps/validation.go: ValidateStatefulSetSpec, 1.37). Undefined where a name is not typed yet.
 */
export function volumesOf(spec: Bound): readonly PodVolume[] | undefined {
  const object = objectOf(spec);
  const claims = kindOf(object) === 'StatefulSet' ? claimsOf(object) : [];
  const maps = mapsIn(get(spec.node, 'volumes'));
  if (claims === undefined || maps === undefined) return undefined;
  const hidden = new Set(claims.map(({ name }) => name));
  const own = maps.map((map): PodVolume | undefined => {
    const at = get(map, 'name');
    const name = isUnset(at) ? '' : text(at);
    const sources = entriesOf(map).flatMap(({ key, value }) =>
      key.value === 'name' || isUnset(value) ? [] : String(key.value),
    );
    return name === undefined ? undefined : { name, at: at ?? map, sources };
  });
  if (own.includes(undefined)) return undefined;
  return [...claims, ...own.filter((one) => one !== undefined && !hidden.has(one.name))] as PodVolume[];
}

function claimsOf({ node }: Bound): readonly PodVolume[] | undefined {
  const maps = mapsIn(get(get(node, 'spec'), 'volumeClaimTemplates'));
  const claims = maps?.map((map): PodVolume | undefined => {
    const at = get(get(map, 'metadata'), 'name');
    const name = isUnset(at) ? '' : text(at);
    return name === undefined ? undefined : { name, at: at ?? map, sources: ['persistentVolumeClaim'] };
  });
  return claims === undefined || claims.includes(undefined) ? undefined : (claims as PodVolume[]);
}

/** Whether a field counts as not written. */
export function isUnset(node: Node | undefined): boolean {
  const value = node && target(node);
  return value === undefined || (value.kind === 'scalar' && value.value === null && value.raw !== '');
}

/**
 * Whether what is missing here may stand in another file: patches of any tool; and a container in a template without an
 * image, which no workload has.
 */
export function isPatched(bound: Bound, root: Bound, kind: FileKind): boolean {
  if (isPartial(root, kind)) return true;
  const container = containerOf(bound);
  return container !== undefined && isUnset(get(container.node, 'image'));
}
