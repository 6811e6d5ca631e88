// Moves an entry of a TOML text under another table, with the comments that belong to it.
import { cutEntry, cutStatements } from './tomlCut.ts';
import {
  chainOf,
  commentBehind,
  commentsAbove,
  commentsIn,
  idOf,
  isTable,
  type Places,
} from './tomlPlaces.ts';
import { type Piece, put, putNew } from './tomlPut.ts';
import type { Statement } from './tomlReader.ts';
import { writeKey } from './tomlWrite.ts';
import { type Entry, entry as find, type MapNode, type Node, type Span, type TextEdit } from './tree.ts';

/** Where a path leads: the map at its end, or the deepest on the way and the names that are missing. */
interface Goal {
  readonly map: MapNode;
  readonly missing: readonly string[];
  /** It lies in an item of an array of tables, so that the order of headers counts. */
  readonly inItem: boolean;
}

/** None where something else stands in the way or the name is taken there. */
export function moveEntry(places: Places, from: MapNode, entry: Entry, path: readonly string[]): TextEdit[] {
  const name = String(entry.key.value);
  const goal = follow(places.root, path);
  if (goal === undefined || entry.value.kind === 'missing') return [];
  if (goal.missing.length === 0 && (goal.map === from || find(goal.map, name) !== undefined)) return [];
  const id = idOf(entry);
  const way = chainOf(places.root, goal.map);
  // Under itself it cannot go.
  if (way === undefined || way.includes(id)) return [];
  const hits = places.reading.statements.filter(({ chain }) => chain.includes(id));
  if (isTable(entry.value)) return moveTable(places, id, hits, path, name, goal);
  const value = places.text.slice(entry.value.span.start, entry.value.span.end);
  const within = commentsIn(places, entry.value.span);
  const [statement] = hits;
  const piece = { key: writeKey(name), value, above: [], behind: '' };
  if (statement === undefined) {
    const home = places.reading.flows.find(({ slots }) => slots.some(({ chain }) => chain.includes(id)));
    // Within one pair of braces the commas of both edits would meet.
    if (
      home?.start === goal.map.span.start ||
      home?.slots.some(({ chain }) => chain.includes(way.at(-1) ?? -1))
    ) {
      return [];
    }
    return both(cutEntry(places, id, within), bring(places, goal, path, piece, []));
  }
  // Braces have no room for comments: those stay where they are.
  if (inBraces(places, goal.map, way.at(-1))) {
    return both(cutStatements(places, hits, within), bring(places, goal, path, piece, hits));
  }
  return moveLine(places, statement, piece, goal, path);
}

function inBraces({ reading }: Places, map: MapNode, id: number | undefined): boolean {
  const slots = reading.flows.flatMap((flow) => flow.slots);
  return map.style === 'flow' || slots.some(({ ids }) => id !== undefined && ids.includes(id));
}

/** One statement goes with the comments above and behind it. */
function moveLine(
  places: Places,
  statement: Statement,
  piece: Piece,
  goal: Goal,
  path: readonly string[],
): TextEdit[] {
  const above = commentsAbove(places, statement.span.start);
  const behind = commentBehind(places, statement);
  const gone = [...commentsIn(places, statement.span), ...above, ...(behind ? [behind] : [])];
  const read = ({ start, end }: Span) => places.text.slice(start, end);
  const whole = { ...piece, above: above.map(read), behind: behind ? read(behind) : '' };
  return both(cutStatements(places, [statement], gone), bring(places, goal, path, whole, [statement]));
}

/** What cannot be put anywhere is not taken away. */
function both(taken: readonly TextEdit[], put: readonly TextEdit[]): TextEdit[] {
  return put.length === 0 ? [] : [...taken, ...put];
}

function bring(
  places: Places,
  { map, missing }: Goal,
  path: readonly string[],
  piece: Piece,
  leaving: readonly Statement[],
): TextEdit[] {
  return missing.length === 0
    ? put(places, map, piece, leaving)
    : putNew(places, map, path, missing, piece, leaving);
}

function follow(root: Node, path: readonly string[]): Goal | undefined {
  let node: Node | undefined = root;
  let inItem = false;
  for (const [index, name] of path.entries()) {
    if (node?.kind !== 'map') return undefined;
    const next: Entry | undefined = find(node, name);
    if (next === undefined) return { map: node, missing: path.slice(index), inItem };
    const list = next.value.kind === 'list' && next.value.style === 'table' ? next.value : undefined;
    inItem ||= list !== undefined;
    node = list ? list.items.at(-1) : next.value;
  }
  return node?.kind === 'map' ? { map: node, missing: [], inItem } : undefined;
}

/** A table moves by its headers' names; dotted keys move line by line. */
function moveTable(
  places: Places,
  id: number,
  hits: readonly Statement[],
  path: readonly string[],
  name: string,
  goal: Goal,
): TextEdit[] {
  const named = hits.filter(({ ids }) => ids.includes(id));
  const headers = named.filter(({ kind }) => kind !== 'pair');
  if (inBraces(places, goal.map, chainOf(places.root, goal.map)?.at(-1)) || named.length === 0) return [];
  const ordered =
    goal.inItem ||
    named.some(({ kind, ids, chain }) => kind !== 'pair' && ids.indexOf(id) < chain.indexOf(id));
  if (ordered) return [];
  if (headers.length === named.length)
    return headers.flatMap((header) => readdress(header, id, [...path, name]));
  const [only] = named;
  // Dotted keys in several places, or a mixture, would have to be sorted anew: that is for a person to do.
  if (headers.length > 0 || only === undefined || named.length > 1) return [];
  const at = only.ids.indexOf(id);
  const key = only.parts.slice(at).map(({ raw }) => raw);
  const last = only.parts.at(-1)?.span.end ?? only.span.start;
  const value = places.text.slice(last, only.span.end).replace(/^[ \t]*=[ \t]*/, '');
  return moveLine(places, only, { key: key.join('.'), value, above: [], behind: '' }, goal, path);
}

function readdress(header: Statement, id: number, names: readonly string[]): TextEdit[] {
  const first = header.parts[0];
  const last = header.parts[header.ids.indexOf(id)];
  if (first === undefined || last === undefined) return [];
  return [{ span: { start: first.span.start, end: last.span.end }, text: names.map(writeKey).join('.') }];
}
