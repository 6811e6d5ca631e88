// Turns the `yaml` package's nodes into the tree's: spans of what is really written, keys that are being typed, aliases
// followed up to a limit, so that a small file cannot become a large tree.
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type {
  AliasNode,
  Entry,
  ListNode,
  MapNode,
  MissingNode,
  Node,
  Problem,
  ScalarNode,
  Span,
} from './tree.ts';
import { visible } from './yamlProblems.ts';
import { resolvePlain } from './yamlScalar.ts';

/** What lies deeper, aliases followed, is not read. */
const deepest = 100;
/** So many nodes may aliases bring into one document. */
const mostAliased = 20_000;

type Written = MapNode | ListNode | ScalarNode;

/** One document while it is read. */
export interface Reader {
  readonly text: string;
  readonly problems: Problem[];
  readonly anchors: Map<string, Written>;
  /** Anchors whose value is being read: an alias to one of them would contain itself. */
  readonly openAnchors: Set<string>;
  /** Of maps and lists, aliases followed. */
  readonly measures: Map<Node, { size: number; height: number }>;
  readonly quotes: Span[];
  readonly flows: Span[];
  aliased: number;
}

/** A reader for one document of a text. */
export function readerOf(text: string): Reader {
  return {
    text,
    problems: [],
    anchors: new Map(),
    openAnchors: new Set(),
    measures: new Map(),
    quotes: [],
    flows: [],
    aliased: 0,
  };
}

export function missing(at: number): MissingNode {
  return { kind: 'missing', span: { start: at, end: at } };
}

function complain(reader: Reader, message: string, span: Span, args: Record<string, string>): void {
  reader.problems.push({ code: 'yaml-syntax', message, span: visible(reader.text, span), args });
}

/** The tree of a parsed node; `at` is where a value belongs if none is written. */
export function readNode(reader: Reader, node: unknown, at: number, depth: number): Node {
  if (depth > deepest) return missing(at);
  if (isAlias(node)) return readAlias(reader, node, depth);
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) reader.openAnchors.add(anchor);
  const read = readWritten(reader, node, at, depth);
  if (anchor !== undefined) {
    reader.openAnchors.delete(anchor);
    if (read.kind !== 'missing') reader.anchors.set(anchor, read);
  }
  return read;
}

function readWritten(reader: Reader, node: unknown, at: number, depth: number): Written | MissingNode {
  if (isMap(node)) return measured(reader, readMap(reader, node, at, depth));
  if (isSeq(node)) return measured(reader, readList(reader, node, at, depth));
  if (isScalar(node)) return readScalar(reader, node) ?? missing(at);
  return missing(at);
}

type Ranged = { range?: readonly [number, number, number] | null | undefined };

function rangeOf(node: Ranged, at: number): Span {
  return { start: node.range?.[0] ?? at, end: node.range?.[1] ?? at };
}

function readAlias(reader: Reader, node: Ranged & { source: string }, depth: number): AliasNode {
  const span = rangeOf(node, 0);
  const alias = { kind: 'alias', span, name: node.source } as const;
  const found = reader.anchors.get(node.source);
  if (found === undefined || reader.openAnchors.has(node.source)) {
    const message = reader.openAnchors.has(node.source) ? 'alias-in-itself' : 'alias-unknown';
    complain(reader, message, span, { name: node.source });
    return alias;
  }
  const { size, height } = measureOf(reader, found);
  reader.aliased += size;
  return reader.aliased > mostAliased || depth + height > deepest ? alias : { ...alias, target: found };
}

function measureOf(reader: Reader, node: Node): { size: number; height: number } {
  if (node.kind === 'alias') return node.target === undefined ? leaf : measureOf(reader, node.target);
  return reader.measures.get(node) ?? leaf;
}

const leaf = { size: 1, height: 1 };

function measured<N extends MapNode | ListNode>(reader: Reader, node: N): N {
  const children = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items;
  let size = 1;
  let height = 0;
  for (const child of children) {
    const measure = measureOf(reader, child);
    size += measure.size;
    height = Math.max(height, measure.height);
  }
  reader.measures.set(node, { size, height: height + 1 });
  return node;
}

/** A flow collection's own stretch, or of a block collection from its first to its last part. */
function stretch(reader: Reader, span: Span, flow: boolean, parts: readonly { span: Span }[]): Span {
  if (!flow)
    return {
      start: parts[0]?.span.start ?? span.start,
      end: Math.max(parts.at(-1)?.span.end ?? 0, span.start),
    };
  // A lone pair in [a: 1] is a map without braces.
  if (/^[[{]([\s\S]*[^\]}])?$/.test(reader.text.slice(span.start, span.end))) {
    reader.flows.push({ start: span.start, end: span.start + 1 });
  }
  return { start: span.start, end: Math.max(span.end, parts.at(-1)?.span.end ?? 0) };
}

function readMap(
  reader: Reader,
  node: Ranged & { items: readonly unknown[]; flow?: boolean | undefined },
  at: number,
  depth: number,
): MapNode {
  const flow = node.flow === true;
  const entries = node.items.flatMap((pair) => (isPair(pair) ? readPair(reader, pair, at, depth) : []));
  const span = stretch(reader, rangeOf(node, at), flow, entries);
  return { kind: 'map', span, entries, style: flow ? 'flow' : 'block' };
}

function readList(
  reader: Reader,
  node: Ranged & { items: readonly unknown[]; flow?: boolean | undefined },
  at: number,
  depth: number,
): ListNode {
  const flow = node.flow === true;
  const range = rangeOf(node, at);
  const items = node.items.map((item) => {
    const start = (item as Ranged).range?.[0] ?? range.start;
    return readNode(reader, item, flow ? start : behind(reader.text, start), depth + 1);
  });
  const span = stretch(reader, range, flow, items);
  return {
    kind: 'list',
    span: flow ? span : { ...span, start: Math.min(range.start, span.start) },
    items,
    style: flow ? 'flow' : 'block',
  };
}

/** Past the blanks on the line: where the next thing would be typed. */
function behind(text: string, at: number): number {
  const blanks = text.slice(at).match(/^[ \t]*/)?.[0].length ?? 0;
  return text.charAt(at + blanks) === '#' ? Math.min(at + 1, at + blanks) : at + blanks;
}

function readPair(
  reader: Reader,
  pair: { key: unknown; value: unknown },
  at: number,
  depth: number,
): Entry[] {
  const start = (pair.key as Ranged | null)?.range?.[0] ?? (pair.value as Ranged | null)?.range?.[0] ?? at;
  const keyNode = readNode(reader, pair.key, start, depth + 1);
  const pending: Entry[] = [];
  const key = keyNode.kind === 'scalar' ? splitKey(keyNode, pending) : oddKey(reader, keyNode);
  const valueAt = (pair.value as Ranged | null)?.range?.[0];
  const value = readNode(
    reader,
    pair.value,
    valueAt === undefined ? key.span.end : behind(reader.text, valueAt),
    depth + 1,
  );
  const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
  if (key.quoted || key.raw !== '<<') return [...pending, { key, value, span }];
  checkMerge(reader, key, value);
  return [...pending, { key, value, span, merge: true }];
}

/** Lines that are still being typed run into the key below them (`acce⏎storage: 1`): each is a key without a value. */
function splitKey(key: ScalarNode, pending: Entry[]): ScalarNode {
  if (key.quoted || !/[\r\n]/.test(key.raw)) return key;
  let last = key;
  for (const match of key.raw.matchAll(/[^\s][^\r\n]*/g)) {
    const raw = match[0].trimEnd();
    const start = key.span.start + match.index;
    if (last !== key) pending.push({ key: last, value: missing(last.span.end), span: last.span });
    last = {
      kind: 'scalar',
      span: { start, end: start + raw.length },
      ...resolvePlain(raw),
      raw,
      quoted: false,
    };
  }
  return last;
}

function oddKey(reader: Reader, node: Node): ScalarNode {
  const raw = reader.text.slice(node.span.start, node.span.end);
  if (node.kind === 'alias' && node.target?.kind === 'scalar')
    return { ...node.target, span: node.span, raw };
  if (node.kind === 'map' || node.kind === 'list')
    complain(reader, 'collection-as-key', node.span, { found: raw });
  return { kind: 'scalar', span: node.span, type: 'string', value: raw, raw, quoted: true };
}

/** go-yaml takes only maps, or a list of maps, to merge. */
function checkMerge(reader: Reader, key: ScalarNode, value: Node): void {
  const found = value.kind === 'alias' ? value.target : value;
  const fine = (node: Node | undefined): boolean =>
    node === undefined || node.kind === 'map' || (node.kind === 'alias' && fine(node.target));
  if (fine(found) || (found?.kind === 'list' && found.items.every(fine))) return;
  complain(reader, 'merge-not-map', key.span, {});
}

type ParsedScalar = Ranged & { type?: unknown; value: unknown; tag?: string | undefined };

/** Undefined where nothing is written. */
function readScalar(reader: Reader, node: ParsedScalar): ScalarNode | undefined {
  const range = rangeOf(node, 0);
  const written = reader.text.slice(range.start, range.end);
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const raw = block ? written.replace(/\s+$/, '') : written;
  const span = { start: range.start, end: range.start + raw.length };
  const quote = node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? "'" : undefined;
  const value = String(node.value ?? '');
  if (raw === '') return undefined;
  if (quote !== undefined && (raw.length < 2 || !raw.endsWith(quote))) {
    reader.quotes.push({ start: span.start, end: span.start + (raw.match(/^[^\r\n]*/)?.[0].length ?? 1) });
  }
  const plain = quote === undefined && !block && (node.tag === undefined || !/:(str|binary)$/.test(node.tag));
  const resolved = plain ? resolvePlain(value) : ({ type: 'string', value } as const);
  return { kind: 'scalar', span, ...resolved, raw, quoted: quote !== undefined || block };
}
