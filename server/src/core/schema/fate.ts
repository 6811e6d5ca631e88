// What an engine version does with a key as it stands in a file: one answer for rules, completion and tests.
import type { Family, Versions } from '../finding.ts';
import { type Node, target } from '../syntax/tree.ts';
import type { Bound } from './bind.ts';
import { atLeast, versionOf } from './versions.ts';

/** taken · ignored: passed over without a word · unknown to every version · not-yet: only newer versions know it · removed: no longer taken. */
export type KeyFate = 'taken' | 'ignored' | 'unknown' | 'not-yet' | 'removed';

/** The fate of the key that a bound place stands under; of a place without a key: taken. */
export function keyFate(
  { node, definition, entry, parent }: Bound,
  family: Family,
  versions: Versions,
): KeyFate {
  if (definition === undefined) {
    return entry !== undefined && parent?.unknown.includes(entry) === true ? 'unknown' : 'taken';
  }
  const version = versions[versionOf[family]];
  const reached = (bound: string | undefined) => bound !== undefined && atLeast(version, bound);
  if (reached(definition['x-ignored'])) return 'ignored';
  if (definition['x-since'] !== undefined && !reached(definition['x-since'])) return 'not-yet';
  if (!reached(definition['x-removed'])) return 'taken';
  const tolerated = definition['x-removed-empty'] !== undefined && !reached(definition['x-removed-empty']);
  return tolerated && isEmpty(node) ? 'ignored' : 'removed';
}

/** Go's zero values: what a field holds that was never set. */
function isEmpty(node: Node): boolean {
  const value = target(node);
  if (value.kind === 'map') return value.entries.length === 0;
  if (value.kind === 'list') return value.items.length === 0;
  return (
    value.kind === 'scalar' &&
    (value.value === '' || value.value === 0 || value.value === null || value.value === false)
  );
}
