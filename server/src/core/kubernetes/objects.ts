// The object that a place belongs to: a document, or an item of a list.
import type { Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

/** The nearest place above that is a whole object of its kind; of a list's own fields the list. */
export function objectOf(bound: Bound): Bound {
  let place = bound;
  while (place.parent !== undefined && place.pointer.includes('/')) place = place.parent;
  return place;
}

/** The kind that an object names, for messages. */
export function kindOf(object: Bound): string {
  return text(get(object.node, 'kind')) ?? object.definition?.name ?? '';
}
