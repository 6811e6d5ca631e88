// Tables while they are being put together: headers, dotted keys and reopened tables become one map that keeps every
// origin. Says where two places want the same name, by the rules that @iarna/toml applies; never refuses to go on.
import type { Entry, ListNode, MapNode, Node, ScalarNode, Span } from './tree.ts';

export interface TableDraft {
  readonly draft: 'table';
  readonly style: 'flow' | 'table';
  readonly entries: EntryDraft[];
  readonly byName: Map<string, EntryDraft>;
  readonly headers: Span[];
  /** Has a header of its own or a key set in it directly: no header may open it any more. */
  declared: boolean;
  /** A dotted key leads through it: @iarna/toml lets a header open it all the same, the engine not always. */
  passed: boolean;
  /** Of what is written for it; empty (start after end) while only its children are written. */
  start: number;
  end: number;
}

interface ListDraft {
  readonly draft: 'list';
  readonly items: TableDraft[];
}

export interface EntryDraft {
  readonly key: ScalarNode;
  value: TableDraft | ListDraft | Node;
}

/** Two places want the same name. */
export interface Clash {
  /** twice: a key or a table given before · inline: what was written in brackets cannot be added to. */
  readonly kind: 'key' | 'table' | 'inline';
  readonly at: ScalarNode;
  readonly first: Span;
}

/** What was reached, the entries on the way (one per part), the places that lead there (see Way), and the first clash. */
export interface Reached {
  readonly table: TableDraft;
  readonly ids: readonly number[];
  readonly chain: readonly number[];
  readonly clash?: Clash;
}

export function newTable(style: 'flow' | 'table' = 'table'): TableDraft {
  return {
    draft: 'table',
    style,
    entries: [],
    byName: new Map(),
    headers: [],
    declared: false,
    passed: false,
    start: Number.POSITIVE_INFINITY,
    end: -1,
  };
}

export function grow(table: TableDraft, span: Span): void {
  table.start = Math.min(table.start, span.start);
  table.end = Math.max(table.end, span.end);
}

/** Opens `[parts]` or `[[parts]]`. */
export function openHeader(
  root: TableDraft,
  parts: readonly ScalarNode[],
  header: Span,
  item: boolean,
): Reached {
  const last = parts.at(-1);
  if (last === undefined) return { table: newTable(), ids: [], chain: [] };
  const way = descend(root, parts.slice(0, -1), true);
  const known = way.table.byName.get(String(last.value));
  const { entry, table, clash } = item ? openItem(way.table, last, known) : openTable(way.table, last, known);
  table.headers.push(header);
  grow(table, header);
  const first = way.clash ?? clash;
  const id = idOf(entry);
  const chain = [...way.chain, id, ...(item ? [header.start] : [])];
  return { table, ids: [...way.ids, id], chain, ...(first && { clash: first }) };
}

function idOf(entry: EntryDraft): number {
  return entry.key.span.start;
}

interface Opened {
  readonly entry: EntryDraft;
  readonly table: TableDraft;
  readonly clash?: Clash;
}

function openTable(parent: TableDraft, key: ScalarNode, known: EntryDraft | undefined): Opened {
  if (known !== undefined && isTable(known.value)) {
    const table = known.value;
    const first = table.headers[0] ?? known.key.span;
    const taken = table.declared || table.passed;
    const clash: Clash | undefined = taken ? { kind: 'table', at: key, first } : undefined;
    table.declared = true;
    return { entry: known, table, ...(clash && { clash }) };
  }
  const table = newTable();
  table.declared = true;
  const clash = known && clashWith(known, key);
  return { entry: add(parent, key, table), table, ...(clash && { clash }) };
}

function openItem(parent: TableDraft, key: ScalarNode, known: EntryDraft | undefined): Opened {
  const table = newTable();
  if (known !== undefined && isList(known.value)) {
    known.value.items.push(table);
    return { entry: known, table };
  }
  const clash = known && clashWith(known, key);
  return { entry: add(parent, key, { draft: 'list', items: [table] }), table, ...(clash && { clash }) };
}

/** Sets a key (dotted or not) in `table`; `span` runs from its first part to the end of the value. */
export function assign(table: TableDraft, parts: readonly ScalarNode[], value: Node, span: Span): Reached {
  const last = parts.at(-1);
  grow(table, span);
  if (last === undefined) return { table, ids: [], chain: [] };
  const way = descend(table, parts.slice(0, -1), false);
  for (const [index, inside] of way.tables.entries()) {
    grow(inside, { start: parts[index]?.span.start ?? span.start, end: span.end });
    inside.passed = true;
  }
  const known = way.table.byName.get(String(last.value));
  const clash = way.clash ?? (known && clashWith(known, last, 'key'));
  if (way.table.style === 'table') way.table.declared = true;
  const id = idOf(add(way.table, last, value));
  return { table: way.table, ids: [...way.ids, id], chain: [...way.chain, id], ...(clash && { clash }) };
}

interface Descent extends Reached {
  readonly tables: readonly TableDraft[];
}

function descend(start: TableDraft, parts: readonly ScalarNode[], header: boolean): Descent {
  let table = start;
  let clash: Clash | undefined;
  const ids: number[] = [];
  const chain: number[] = [];
  const tables: TableDraft[] = [];
  for (const part of parts) {
    const known = table.byName.get(String(part.value));
    const inside = known && reach(known.value, header);
    if (known !== undefined && inside === undefined) clash ??= clashWith(known, part);
    const next = inside ?? newTable();
    const id = idOf(known !== undefined && inside !== undefined ? known : add(table, part, next));
    ids.push(id);
    chain.push(id);
    const item = inside && known && isList(known.value) ? inside.headers[0] : undefined;
    if (item) chain.push(item.start);
    tables.push(next);
    table = next;
  }
  return { table, ids, chain, tables, ...(clash && { clash }) };
}

/** Headers go on inside the last item of an array of tables; dotted keys may not. */
function reach(value: EntryDraft['value'], header: boolean): TableDraft | undefined {
  if (isTable(value)) return value;
  return isList(value) && header ? value.items.at(-1) : undefined;
}

function clashWith(known: EntryDraft, at: ScalarNode, wanted: 'key' | 'table' = 'table'): Clash | undefined {
  const { value } = known;
  if (isTable(value)) return { kind: wanted, at, first: value.headers[0] ?? known.key.span };
  if (isList(value)) return { kind: wanted, at, first: value.items[0]?.headers[0] ?? known.key.span };
  // A key that has no value yet is trouble enough.
  if (value.kind === 'missing') return undefined;
  const inline = wanted === 'table' && value.kind !== 'scalar';
  return { kind: inline ? 'inline' : 'key', at, first: known.key.span };
}

function add(table: TableDraft, key: ScalarNode, value: EntryDraft['value']): EntryDraft {
  const entry = { key, value };
  table.entries.push(entry);
  table.byName.set(String(key.value), entry);
  return entry;
}

function isTable(value: EntryDraft['value']): value is TableDraft {
  return 'draft' in value && value.draft === 'table';
}

function isList(value: EntryDraft['value']): value is ListDraft {
  return 'draft' in value && value.draft === 'list';
}

/** The finished map; `span` where its writing does not tell (the root). */
export function finish(table: TableDraft, span?: Span): MapNode {
  const entries = table.entries.map(finishEntry);
  const written = table.start <= table.end ? table : hull(entries.map((entry) => entry.value.span));
  return {
    kind: 'map',
    span: span ?? { start: written.start, end: written.end },
    entries,
    style: table.style,
    ...(table.style === 'table' && { headers: table.headers }),
  };
}

function finishEntry({ key, value }: EntryDraft): Entry {
  if (isTable(value)) return { key, value: finish(value), span: key.span };
  if (isList(value)) return { key, value: finishList(value), span: key.span };
  return { key, value, span: { start: key.span.start, end: Math.max(key.span.end, value.span.end) } };
}

function finishList(list: ListDraft): ListNode {
  const items = list.items.map((item) => finish(item));
  return { kind: 'list', span: hull(items.map((item) => item.span)), items, style: 'table' };
}

function hull(spans: readonly Span[]): Span {
  const start = spans.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY);
  const end = spans.reduce((most, span) => Math.max(most, span.end), 0);
  return { start: Math.min(start, end), end };
}
