// How dockerd sees the top level of daemon.json: of two equal keys the last counts, and the members of most objects count as
// if they stood there themselves. Source: daemon/config/config.go:86-95, 558-631 (moby 29.7); run on 28.5.2.
import type { Bound } from '../schema/bind.ts';
import { type Entry, type Node, target } from '../syntax/tree.ts';

/** Keys whose objects are not looked into for names. */
const whole = [
  'cluster-store-opts',
  'default-network-opts',
  'log-opts',
  'runtimes',
  'default-ulimits',
  'features',
  'builder',
  'nri-opts',
];

/** The entry of this name inside an object that is read as part of the top level; undefined where there is none. */
export function entryInside(root: Node, name: string): Entry | undefined {
  const map = target(root);
  if (map.kind !== 'map') return undefined;
  for (const { key, value } of map.entries) {
    const object = target(value);
    if (object.kind !== 'map' || whole.includes(String(key.value))) continue;
    const found = object.entries.findLast((one) => one.key.value === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a later key of the same name takes the place's effect: null leaves a scalar as it was, but empties a list. */
export function isOverridden(place: Bound): boolean {
  let top = place;
  while (top.parent?.parent !== undefined) top = top.parent;
  const map = top.parent && target(top.parent.node);
  const { entry } = top;
  if (map?.kind !== 'map' || entry === undefined) return false;
  const later = map.entries.slice(map.entries.indexOf(entry) + 1);
  const isList = target(entry.value).kind === 'list';
  return later.some(({ key, value }) => {
    const held = target(value);
    const isNull = held.kind === 'scalar' && held.type === 'null';
    return key.value === entry.key.value && (isList || !isNull);
  });
}
