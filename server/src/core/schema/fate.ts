// What an engine version does with a key as it stands in a file: one answer for rules, completion and tests.
import type { Family, Versions } from '../finding.ts';
import { type Entry, type MapNode, type Node, target } from '../syntax/tree.ts';
import type { Bound } from './bind.ts';
import type { Definition } from './definition.ts';
import { definitionAt, members } from './load.ts';
import { atLeast, versionOf } from './versions.ts';

/** taken · ignored: passed over without a word · unknown to every version · not-yet: only newer versions know it · removed: no longer taken · other-platform: only dockerd on another system has a flag of this name. */
export type KeyFate = 'taken' | 'ignored' | 'unknown' | 'not-yet' | 'removed' | 'other-platform';

/** The fate of the key that a bound place stands under; of a place without a key: taken. */
export function keyFate(place: Bound, family: Family, versions: Versions): KeyFate {
  const version = versions[versionOf[family]];
  const top = family === 'daemon' && place.path.length === 1;
  const platform = place.definition?.['x-platform'];
  if (top && platform !== undefined && platform !== versions.platform) return 'other-platform';
  const fate = ownFate(place, version);
  const value = target(place.node);
  if (!top || fate === 'taken' || value.kind !== 'map') return fate;
  if (fate === 'removed' && place.definition?.type === 'object') return fate;
  // Of an object under a name that takes none, dockerd knows only the members, as if they stood at the top
  // (daemon/config/config.go:615-626, docker 29.7.2; RUN 20.10.24 and 28.5.2).
  if (areKeys(value, place.parent?.definition, version)) return 'ignored';
  return fate === 'ignored' ? 'unknown' : fate;
}

/**
 * The members of an object under the name of a flag that takes no object: dockerd looks at their names as if they stood at the
 * top, and refuses those that it does not know. (RUN 28.5.2: `log-opt` with an object)
 */
export function refusedMembers(place: Bound, family: Family, versions: Versions): readonly Entry[] {
  const map = target(place.node);
  if (map.kind !== 'map' || place.path.length !== 1 || place.definition === undefined) return [];
  if (keyFate(place, family, versions) !== 'unknown') return [];
  const known = new Map(members(place.parent?.definition));
  return map.entries.filter(({ key }) => !known.has(String(key.value)));
}

/** Whether an unknown name makes the engine refuse the file: dockerd checks only the top level, and looks into an unknown object instead of at its name. */
export function isRefused(family: Family, holder: Bound, { value }: Entry): boolean {
  if (family !== 'daemon') return family === 'k8s';
  if (holder.parent !== undefined) return ['daemon#/nri-opts', 'daemon#/proxies'].includes(holder.pointer);
  const node = target(value);
  if (node.kind !== 'map') return true;
  return node.entries.some(({ key }) => definitionAt(`daemon#/${String(key.value)}`) === undefined);
}

function ownFate({ node, definition, entry, parent }: Bound, version: string): KeyFate {
  if (definition === undefined) {
    return entry !== undefined && parent?.unknown.includes(entry) === true ? 'unknown' : 'taken';
  }
  const fate = nameFate(definition, version);
  const empty = definition['x-removed-empty'];
  return fate === 'removed' && empty !== undefined && !atLeast(version, empty) && isEmpty(node)
    ? 'ignored'
    : fate;
}

function nameFate(definition: Definition, version: string): KeyFate {
  const reached = (bound: string | undefined) => bound !== undefined && atLeast(version, bound);
  if (definition['x-since'] !== undefined && !reached(definition['x-since'])) return 'not-yet';
  if (reached(definition['x-removed'])) return 'removed';
  return reached(definition['x-ignored']) ? 'ignored' : 'taken';
}

function areKeys(map: MapNode, root: Definition | undefined, version: string): boolean {
  const known = new Map(members(root));
  return map.entries.every(({ key }) => {
    const definition = known.get(String(key.value));
    return definition !== undefined && ['taken', 'ignored'].includes(nameFate(definition, version));
  });
}

/** Go's zero values: what a field holds that was never set. */
function isEmpty(node: Node): boolean {
  const value = target(node);
  if (value.kind === 'map') return value.entries.length === 0;
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'scalar' && ['', 0, null, false].some((zero) => zero === value.value);
}
