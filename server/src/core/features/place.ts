// Where the cursor stands, in no format's words: at a key, at a value, in a table's header, or in a text that is still empty.
// Works on half-typed text.
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import {
  type Entry,
  type ListNode,
  type MapNode,
  type Node,
  type Span,
  target,
  text as textOf,
} from '../syntax/tree.ts';

/** What a place in JSON may need besides. */
interface Layout {
  /** One step of indentation, where what is written may take several lines. */
  readonly unit?: string;
  /** Where a comma is missing before what is written. */
  readonly comma?: number;
}

export interface KeyPlace extends Layout {
  readonly kind: 'key';
  /** What the map is whose key is written here. */
  readonly of: Definition | undefined;
  /** Keys that the map has already. */
  readonly present: ReadonlySet<string>;
  readonly replace: Span;
  /** Separator and value follow already: only the name is written. */
  readonly named: boolean;
  /** Column of the key: what is written below goes deeper by one step. */
  readonly indent: string;
  readonly document: number;
  /** Inside braces, where line breaks mean nothing. */
  readonly flow?: true;
  /** Inside a string: written without quotes, with `=` behind it. */
  readonly part?: true;
  /** TOML: what is written of the map. */
  readonly table?: MapNode;
  /** TOML: the value that follows already. */
  readonly value?: Node;
  /** TOML: names of tables stand before it, with dots. */
  readonly dotted?: true;
  /** TOML: a table may begin on this line instead. */
  readonly below?: boolean;
}

export interface ValuePlace extends Layout {
  readonly kind: 'value';
  readonly of: Definition | undefined;
  /** What the list has already: its texts, or the names of its pairs. */
  readonly present?: ReadonlySet<string>;
  readonly replace: Span;
  /** Goes before the value: `- ` where a YAML list begins. */
  readonly before: string;
  /** Goes behind it: the comma where an item follows. */
  readonly behind?: string;
  readonly indent: string;
  /** Inside a string: written without quotes. */
  readonly part?: true;
}

export interface HeaderPlace {
  readonly kind: 'header';
  readonly replace: Span;
  /** What stands there already of the opening brackets. */
  readonly brackets: string;
  /** No keys follow that would come into the table. */
  readonly free: boolean;
  /** It stands where a key could. */
  readonly below?: true;
}

/** A text in which nothing is written yet. */
export interface DocumentPlace {
  readonly kind: 'document';
  readonly replace: Span;
}

export type Place = KeyPlace | ValuePlace | HeaderPlace | DocumentPlace;

/** What stands under a key in a definition: the named member, else what all others are. */
export function memberOf(definition: Definition | undefined, name: string): Definition | undefined {
  const named = definition?.properties?.[name];
  const other = definition?.additionalProperties;
  return named ?? (typeof other === 'object' ? other : undefined);
}

/** The names written in a map, but for the entry that is being written. */
export function presentKeys(map: MapNode, but?: Entry): Set<string> {
  return new Set(map.entries.filter((entry) => entry !== but).map(({ key }) => String(key.value)));
}

/** A cursor inside braces or brackets. */
export interface Flow {
  readonly text: string;
  readonly offset: number;
  /** Stands between a key and its value. */
  readonly separator: ':' | '=';
  /** It is JSON: lines may be broken anywhere, and a value ends where it seems to. */
  readonly json?: true;
}

/** The place inside `{…}` or `[…]`. */
export function flowPlace(flow: Flow, bound: Bound): Place | undefined {
  const node = target(bound.node);
  if (node.kind === 'map') return inMap(flow, bound, node);
  return node.kind === 'list' ? inList(flow, bound, node) : undefined;
}

function inMap(flow: Flow, bound: Bound, node: MapNode): Place | undefined {
  const { text, offset, separator } = flow;
  const empty = { start: offset, end: offset };
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (key.span.start <= offset && offset <= key.span.end) {
      const named = text.slice(key.span.end).trimStart().startsWith(separator);
      const place = keyPlace(flow, bound, presentKeys(node, entry), key.span, named);
      return { ...place, ...(named && separator === '=' && { value }) };
    }
    if (value.span.start > offset || offset > value.span.end) continue;
    const child = bound.children.find((one) => one.entry === entry);
    if (child !== undefined) return inside(flow, child, layout(flow, bound, value.span.start));
  }
  const before = text.slice(0, offset).trimEnd();
  if (/[{,]$/.test(before) || endsHere(flow, node)) {
    return keyPlace(flow, bound, presentKeys(node), empty, false);
  }
  if (!before.endsWith(separator)) return undefined;
  const owner = bound.children.findLast(({ entry }) => entry !== undefined && entry.key.span.end < offset);
  // A value that follows after blanks is what is chosen anew.
  if (owner !== undefined && owner.node.kind !== 'missing' && owner.node.span.start > offset) {
    return inside(flow, owner, layout(flow, bound, owner.node.span.start));
  }
  return valuePlace(flow, owner?.definition, empty, layout(flow, bound, offset));
}

function inList(flow: Flow, bound: Bound, node: ListNode): Place | undefined {
  const { text, offset } = flow;
  const within = (one: Bound) => one.node.span.start <= offset && offset <= one.node.span.end;
  const child = bound.children.find(within);
  const present = presentItems(bound, child);
  if (child !== undefined) {
    const place = inside(flow, child, layout(flow, bound, child.node.span.start));
    // What lies deeper has a list of its own.
    return place?.kind === 'value' && place.of === child.definition ? { ...place, present } : place;
  }
  if (!/[[,]$/.test(text.slice(0, offset).trimEnd()) && !endsHere(flow, node)) return undefined;
  const here = { start: offset, end: offset };
  const place = valuePlace(flow, bound.definition?.items, here, layout(flow, bound, offset));
  const next = node.items.find(({ kind, span }) => kind !== 'missing' && span.start >= offset);
  const follows = next !== undefined && text.slice(offset, next.span.start).trim() === '';
  return { ...place, present, ...(follows && { behind: ', ' }) };
}

/** Whether a member ends before the blanks that the cursor stands in, and no comma follows: the next one may begin here. */
function endsHere({ text, offset, json }: Flow, holder: Node): boolean {
  const end = text.slice(0, offset).trimEnd().length;
  const free = json === true && end < offset && !/^\s*,/.test(text.slice(offset));
  return free && wholeMembers(holder).some((span) => span.end === end);
}

/** Where the members of a map or a list lie that are written to their ends. */
function wholeMembers(holder: Node): Span[] {
  if (holder.kind === 'map')
    return holder.entries.filter(({ value }) => value.kind !== 'missing').map(({ span }) => span);
  return holder.kind === 'list'
    ? holder.items.filter(({ kind }) => kind !== 'missing').map(({ span }) => span)
    : [];
}

/** The texts of a list's items, of pairs and maps their names, but for the one that is being written. */
function presentItems(list: Bound, but: Bound | undefined): Set<string> {
  const items = list.children.filter((one) => one !== but);
  return new Set(
    items.flatMap(({ node, definition, children: [pair] }) => {
      if (definition?.['x-pair'] === true)
        return pair?.entry === undefined ? [] : [String(pair.entry.key.value)];
      const item = target(node);
      return item.kind === 'map' ? [...presentKeys(item)] : (textOf(item) ?? []);
    }),
  );
}

/** What JSON needs for something that begins at `start` inside `holder`. */
function layout({ text, json }: Flow, holder: Bound, start: number): Layout {
  if (json !== true) return {};
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const alone =
    /^[ \t]*(?:"[^"]*"[ \t]*:[ \t]*)?$/.test(line) && target(holder.node).span.start < start - line.length;
  const comma = missingComma(text, target(holder.node), start);
  return {
    ...(alone && { unit: stepOf(indentAt(text, start), holder.path.length + 1) }),
    ...(comma !== undefined && { comma }),
  };
}

/** The end of the member before `start`, where no comma follows it. */
function missingComma(text: string, holder: Node, start: number): number | undefined {
  const last = wholeMembers(holder).findLast(({ end }) => end <= start)?.end;
  return last === undefined || text.slice(last, start).trim() !== '' ? undefined : last;
}

/** The indentation of one level, from that of a line that lies `depth` levels deep. */
function stepOf(indent: string, depth: number): string {
  if (indent.startsWith('\t')) return '\t';
  const step = indent.length / depth;
  return Number.isInteger(step) && step > 0 ? ' '.repeat(step) : '  ';
}

function inside(flow: Flow, bound: Bound, around: Layout): Place | undefined {
  const node = target(bound.node);
  const { start, end } = bound.node.span;
  if (node.kind === 'map' || node.kind === 'list') {
    const closed = /[\]}]$/.test(flow.text.slice(start, end));
    const within = start < flow.offset && (flow.offset < end || !closed);
    return within ? flowPlace(flow, bound) : undefined;
  }
  const [pair] = bound.definition?.['x-pair'] === true ? bound.children : [];
  const { parent } = bound;
  if (pair?.entry !== undefined && parent !== undefined && flow.text[start] === '"') {
    return pairPlace(flow, bound, pair, pair.entry, presentItems(parent, bound));
  }
  return valuePlace(flow, bound.definition, bound.node.span, around);
}

/** Before or behind the `=` of a string that is `name=value`. */
function pairPlace(
  flow: Flow,
  bound: Bound,
  pair: Bound,
  { key, value }: Entry,
  present: Set<string>,
): Place | undefined {
  const { start, end } = bound.node.span;
  const closed = end > start + 1 && flow.text[end - 1] === '"';
  if (flow.offset <= start || (closed && flow.offset >= end)) return undefined;
  const named = value.kind !== 'missing';
  if (flow.offset <= key.span.end || !named) {
    const { kind, of, document, indent } = keyPlace(flow, bound, present, key.span, named);
    return { kind, of, document, indent, present, replace: key.span, named, flow: true, part: true };
  }
  return { ...valuePlace(flow, pair.definition, value.span, {}), part: true };
}

function valuePlace(
  { text, offset }: Flow,
  of: Definition | undefined,
  replace: Span,
  around: Layout,
): ValuePlace {
  return { kind: 'value', of, replace, before: '', indent: indentAt(text, offset), ...around };
}

function keyPlace(flow: Flow, bound: Bound, present: Set<string>, replace: Span, named: boolean): KeyPlace {
  return {
    kind: 'key',
    of: bound.definition,
    present,
    replace,
    named,
    indent: indentAt(flow.text, flow.offset),
    document: bound.document,
    flow: true,
    ...layout(flow, bound, replace.start),
  };
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).match(/^[ \t]*/)?.[0] ?? '';
}
