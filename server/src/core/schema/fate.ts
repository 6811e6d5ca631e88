// What an engine version does with a key as it stands in a file: one answer for rules, completion and tests.
import type { Family, Versions } from '../finding.ts';
import { type Entry, type MapNode, type Node, target } from '../syntax/tree.ts';
import { type Bound, memberFolded } from './bind.ts';
import type { Definition } from './definition.ts';
import { definitionAt } from './load.ts';
import { typeMatches } from './types.ts';
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
  if (areKeys(value, version)) return 'ignored';
  return fate === 'ignored' ? 'unknown' : fate;
}

/** Whether the engine decodes the value into a field with a type: also under a key that is refused only when it holds something. */
export function isDecoded(place: Bound, family: Family, versions: Versions): boolean {
  let top = place;
  while (top.parent?.parent !== undefined) top = top.parent;
  const { 'x-removed-empty': until } = place.definition ?? {};
  const version = versions[versionOf[family]];
  if (until !== undefined && atLeast(version, place.definition?.['x-removed'] ?? '0'))
    return !atLeast(version, until);
  if (family === 'daemon' && keyFate(top, family, versions) !== 'taken') return false;
  // A map decodes every member alike, also those that only a later version knows.
  const isMember = family !== 'k8s' && typeof place.parent?.definition?.additionalProperties === 'object';
  if (family === 'storage') return isMember || isKnownToLoader(place, version);
  return isMember || keyFate(place, family, versions) === 'taken';
}

/** Names that nobody reads are decoded too, if the loader has fields for them and for all tables above. (RUN Podman 4.3.1, 5.8.6) */
function isKnownToLoader(place: Bound, version: string): boolean {
  if (!['taken', 'ignored'].includes(ownFate(place, version))) return false;
  return place.parent === undefined || isKnownToLoader(place.parent, version);
}

/**
 * The members of an object under the name of a flag that takes no object: dockerd looks at their names as if they stood at the
 * top, and refuses those that it does not know. (RUN 28.5.2: `log-opt` with an object)
 */
export function refusedMembers(place: Bound, family: Family, versions: Versions): readonly Entry[] {
  const map = target(place.node);
  if (map.kind !== 'map' || place.path.length !== 1 || place.definition === undefined) return [];
  if (keyFate(place, family, versions) !== 'unknown') return [];
  const version = versions[versionOf[family]];
  return map.entries.filter(({ key }) => !isFlag(String(key.value), version));
}

/** Whether dockerd knows the name where it does not look for a type: `proxies` itself is only known by its members. */
function isFlag(name: string, version: string): boolean {
  const definition = definitionAt(`daemon#/${name}`);
  if (definition === undefined || name === 'proxies') return false;
  return ['taken', 'ignored'].includes(nameFate(definition, version));
}

/**
 * Whether an unknown name makes the engine refuse the file: dockerd checks the top level, `proxies` and `nri-opts`, and looks
 * into an unknown object instead of at its name. (RUN 20.10.24 and 28.5.2)
 */
export function isRefused(family: Family, holder: Bound, { key, value }: Entry, versions: Versions): boolean {
  const version = versions[versionOf[family]];
  // Braces in a list are read by hand, and nothing but `append` is allowed in them (storage/pkg/configfile/slice.go, 1.64).
  if (family === 'storage') return holder.pointer.endsWith('/[]') && atLeast(version, '1.63');
  if (family === 'k8s') return true;
  const name = String(key.value);
  if (holder.parent !== undefined) {
    if (!strict.includes(holder.pointer) || keyFate(holder, family, versions) !== 'taken') return false;
    return holder.pointer === 'daemon#/nri-opts' || !isFlag(name, version);
  }
  const node = target(value);
  if (node.kind !== 'map' || fieldsOnly.includes(name)) return true;
  if (node.entries.some((one) => !isFlag(String(one.key.value), version))) return true;
  // The key check sees the members, but the decoder takes the name in any case and wants its type.
  const folded = memberFolded(holder.definition, name);
  return (
    folded !== undefined &&
    !(typeMatches(node, folded, family) && node.entries.every((one) => fits(one, folded)))
  );
}

function fits({ key, value }: Entry, holder: Definition): boolean {
  const other = holder.additionalProperties;
  const inner = memberFolded(holder, String(key.value)) ?? (typeof other === 'object' ? other : undefined);
  return typeMatches(value, inner, 'daemon');
}

const strict = ['daemon#/proxies', 'daemon#/nri-opts'];

/** Fields of the configuration that have no flag: the key check refuses them, the decoder an object. (RUN 28.5.2) */
const fieldsOnly = [
  'containerd-plugin-namespace',
  'default-init',
  'resolv-conf',
  'swarm-raft-heartbeat-tick',
  'swarm-raft-election-tick',
];

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

function areKeys(map: MapNode, version: string): boolean {
  return map.entries.every(({ key }) => isFlag(String(key.value), version));
}

/** Go's zero values: what a field holds that was never set. */
function isEmpty(node: Node): boolean {
  const value = target(node);
  if (value.kind === 'map') return value.entries.length === 0;
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'scalar' && ['', 0, null, false].some((zero) => zero === value.value);
}
