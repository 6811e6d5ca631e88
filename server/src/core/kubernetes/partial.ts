// Documents that are not whole and need not be: nothing that is missing in them is a fault.
import type { FileKind } from '../finding.ts';
import type { Bound } from '../schema/bind.ts';
import { target } from '../syntax/tree.ts';

/**
 * A patch that Kustomize lays over a whole object elsewhere, as its place or a directive says, or a document of which no more
 * than `apiVersion` and `kind` is typed.
 */
export function isPartial({ node }: Bound, kind: FileKind): boolean {
  const map = target(node);
  if (kind.partial === true || map.kind !== 'map') return true;
  const names = map.entries.map(({ key }) => String(key.value));
  return names.every((name) => name === 'apiVersion' || name === 'kind') || names.includes('$patch');
}
