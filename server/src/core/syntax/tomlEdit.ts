// Turns wishes into edits of a TOML text. They lose no comment and leave the lines around as they stand; a wish that
// cannot be written that way gives no edits.
import { cutEntry, cutItem, cutStatements, hoist } from './tomlCut.ts';
import { moveEntry } from './tomlMove.ts';
import {
  commentsIn,
  idOf,
  inOrder,
  isTable,
  itemId,
  lineStart,
  type Places,
  placesOf,
} from './tomlPlaces.ts';
import { put } from './tomlPut.ts';
import { insertion } from './tomlReader.ts';
import { trimEnd } from './tomlScalar.ts';
import { writeKey, writeValue } from './tomlWrite.ts';
import type { Change, Entry, ListNode, MapNode, Node, Plain, TextEdit, Tree } from './tree.ts';

/** The edits that fulfil a change; none where it cannot be done. They do not overlap. */
export function editToml(text: string, tree: Tree, change: Change): TextEdit[] {
  const places = placesOf(text, tree);
  switch (change.do) {
    case 'replace':
      return inOrder(replace(places, change.node, change.value));
    case 'rename':
      return inOrder(rename(places, idOf(change.entry), writeKey(change.name)));
    case 'remove':
      return inOrder(remove(places, change.from, change.item));
    case 'insert': {
      const piece = { key: writeKey(change.key), value: writeValue(change.value), above: [], behind: '' };
      return inOrder(put(places, change.into, piece));
    }
    case 'move':
      return inOrder(moveEntry(places, change.from, change.entry, change.path));
    case 'text':
      return inOrder(change.edits);
    case 'create':
      return [];
  }
}

function replace(places: Places, node: Node, value: Plain): TextEdit[] {
  if (isTable(node)) return [];
  if (node.kind === 'missing') return fill(places.text, node.span.start, writeValue(value));
  const like = node.kind === 'scalar' ? node.raw : '';
  const edit = { span: node.span, text: writeValue(value, like) };
  // Comments between items stand above the statement from now on.
  return [...hoist(places, commentsIn(places, node.span)), edit];
}

/** Writes a value where none stands yet, with the `=` if that is missing too. */
function fill(text: string, pos: number, value: string): TextEdit[] {
  const before = trimEnd(text.slice(lineStart(text, pos), pos));
  if (!before.endsWith('=')) return [insertion(pos, ` = ${value}`)];
  return [insertion(pos, (text.charAt(pos - 1) === '=' ? ' ' : '') + value)];
}

/** In every header and dotted key that names it. */
function rename({ reading }: Places, id: number, name: string): TextEdit[] {
  const ways = [...reading.statements, ...reading.flows.flatMap(({ slots }) => slots)];
  return ways.flatMap(({ parts, ids }) =>
    parts.filter((_, index) => ids[index] === id).map(({ span }) => ({ span, text: name })),
  );
}

function remove(places: Places, from: MapNode | ListNode, item: Entry | Node): TextEdit[] {
  if ('key' in item) return cutEntry(places, idOf(item));
  if (from.style !== 'table') return cutItem(places, from.span.start, item.span);
  const id = itemId(item);
  const hits = places.reading.statements.filter(({ chain }) => id !== undefined && chain.includes(id));
  return cutStatements(places, hits);
}
