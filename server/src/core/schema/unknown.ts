// Which of the names that a schema does not have are worth a word for themselves.
import type { Family } from '../finding.ts';
import { type Entry, entry as entryOf, type Node } from '../syntax/tree.ts';
import type { Bound } from './bind.ts';
import { homesOf } from './search.ts';
import { atLeast } from './versions.ts';

/** False where another rule speaks: of a value to come, of a key of another table, of braces that the version does not have. */
export function isOwnMatter(holder: Bound, { key, value }: Entry, family: Family, version: string): boolean {
  const name = String(key.value);
  if (key.part === true || value.kind === 'missing') return false;
  if (family === 'daemon') return entryOf(holder.node, name)?.key === key;
  // `$patch` and its like are words to those who merge patches.
  if (family === 'k8s') return !name.startsWith('$');
  if (holder.pointer.endsWith('/[]')) return atLeast(version, '1.63');
  return homesOf(family, name, version).length === 0;
}

/** nvidia-ctk writes an empty `args` into every runtime: what holds nothing loses nothing. */
export function isNothing(value: Node): boolean {
  return value.kind === 'list' && value.items.length === 0;
}

/** A name that `pull_options` takes as any other, and that another table reads: one cause, one finding. */
export function isMisplaced({ parent, definition, entry }: Bound, version: string): boolean {
  const inMap = parent?.pointer === 'storage#/storage/options/pull_options' && definition?.name === '*';
  return inMap && homesOf('storage', String(entry?.key.value), version).length > 0;
}
