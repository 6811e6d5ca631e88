// The one tree that JSON, TOML and YAML are read into. Offsets are UTF-16 units into the text, end exclusive;
// lines and columns exist only in the doors. A tree is never changed after it was made.

/** A stretch of the text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Format = 'json' | 'toml' | 'yaml';

export type Node = MapNode | ListNode | ScalarNode | AliasNode | MissingNode;

export interface MapNode {
  readonly kind: 'map';
  /** The whole map as written; of a TOML table the header and its body up to the last entry. */
  readonly span: Span;
  /** In source order, duplicates kept. */
  readonly entries: readonly Entry[];
  /** How it is written: `{…}` is flow, a YAML block mapping is block, a TOML `[header]` or dotted key is table. */
  readonly style: 'flow' | 'block' | 'table';
  /** TOML only: the span of every `[header]` that opens or reopens this table, brackets included. */
  readonly headers?: readonly Span[];
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
  /** From the start of the key to the end of the value (of a TOML table: the last part of the header's name). */
  readonly span: Span;
  /** YAML `<<`: the value's entries count as the map's own unless the map says otherwise. */
  readonly merge?: true;
}

export interface ListNode {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Node[];
  readonly style: 'flow' | 'block' | 'table';
}

export type ScalarType = 'string' | 'integer' | 'float' | 'boolean' | 'null' | 'datetime';

export interface ScalarNode {
  readonly kind: 'scalar';
  /** With its quotes. */
  readonly span: Span;
  readonly type: ScalarType;
  /** The value as the format's own rules give it; integers beyond 2^53 are bigint; a datetime is its text. */
  readonly value: string | number | bigint | boolean | null;
  /** The source text, quotes included. */
  readonly raw: string;
  readonly quoted: boolean;
  /** A stretch inside a string (the name or the value of `name=value`): written without quotes of its own. */
  readonly part?: true;
}

/** A YAML `*name`. Findings on what it stands for sit on the value that was written, with the alias as related place. */
export interface AliasNode {
  readonly kind: 'alias';
  readonly span: Span;
  readonly name: string;
  /** Missing where no anchor of that name stands before it, or where following it would exceed the limits. */
  readonly target?: MapNode | ListNode | ScalarNode;
}

/** A value belongs here and none is written yet (half-typed `"key": ` or `key =`). Zero-width. */
export interface MissingNode {
  readonly kind: 'missing';
  readonly span: Span;
}

/** Textual trouble that a front end saw. Its rule (`code`) gives it words and level; `message` is an id among that rule's messages. */
export interface Problem {
  readonly code: 'not-strict-json' | 'toml-syntax' | 'yaml-syntax' | 'duplicate-key';
  readonly message: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly span: Span;
  /** Where the format makes it weigh otherwise than the rule says (a duplicate key is refused in TOML, overlooked in JSON and YAML). */
  readonly weight?: { readonly level: 'error' | 'warning'; readonly effect: 'refused' | 'ignored' };
  /** The edits that mend it, where there is only one way to. */
  readonly edits?: readonly TextEdit[];
  /** Other places that belong to it (the first of two equal keys). */
  readonly related?: readonly Span[];
}

export interface Document {
  readonly root: Node;
  readonly span: Span;
  /** The text of this document holds template marks (`{{`): half of it is unknown, so it is neither bound nor given problems. */
  readonly templated: boolean;
}

export interface Tree {
  readonly format: Format;
  /** One, but for YAML streams. Never empty. */
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** Every comment, for `stowage-ignore` and for fixes that must not lose one. */
  readonly comments: readonly Span[];
}

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** What can be written into a file by a fix. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** What a fix wants, in no format's words; the front end knows commas, indents, quotes and [headers]. */
export type Change =
  | { readonly do: 'replace'; readonly node: Node; readonly value: Plain }
  | { readonly do: 'rename'; readonly entry: Entry; readonly name: string }
  | { readonly do: 'remove'; readonly from: MapNode | ListNode; readonly item: Entry | Node }
  | { readonly do: 'insert'; readonly into: MapNode; readonly key: string; readonly value: Plain }
  /** The entry goes, with its own comment lines, under the map at `path` from the document's root, which is made where it is missing. */
  | { readonly do: 'move'; readonly from: MapNode; readonly entry: Entry; readonly path: readonly string[] }
  | { readonly do: 'text'; readonly edits: readonly TextEdit[] }
  /** Another file is made, where none is yet: no edit of this one. */
  | { readonly do: 'create'; readonly path: string; readonly text: string };

/** A format: reads text into the tree, and turns wishes into edits. */
export interface FrontEnd {
  /** Never throws, always gives a tree. */
  parse(text: string): Tree;
  /** Edits that do not overlap; they lose no comment and leave neighbours as they stand. */
  edit(text: string, tree: Tree, change: Change): TextEdit[];
}

/** The node itself, or what an alias stands for. */
export function target(node: Node): Exclude<Node, AliasNode> {
  if (node.kind !== 'alias') return node;
  return node.target ?? { kind: 'missing', span: node.span };
}

/** The entries that count: a YAML merge key's entries behind the map's own; later merges do not win over earlier ones. */
export function entriesOf(map: MapNode, depth = 0): Entry[] {
  const own = map.entries.filter((entry) => entry.merge === undefined);
  if (own.length === map.entries.length || depth > 10) return own;
  const seen = new Set(own.map((entry) => String(entry.key.value)));
  for (const { merge, value } of map.entries) {
    if (merge === undefined) continue;
    const source = target(value);
    const maps = source.kind === 'list' ? source.items.map(target) : [source];
    for (const one of maps) {
      if (one.kind !== 'map') continue;
      for (const entry of entriesOf(one, depth + 1)) {
        const name = String(entry.key.value);
        if (!seen.has(name)) own.push(entry);
        seen.add(name);
      }
    }
  }
  return own;
}

/** The value under `name` (the last one where it is written twice, as the engines take it), aliases followed. */
export function get(node: Node | undefined, name: string): Exclude<Node, AliasNode> | undefined {
  const found = entry(node, name);
  return found && target(found.value);
}

/** The entry under `name`, the last where it is written twice. */
export function entry(node: Node | undefined, name: string): Entry | undefined {
  const map = node && target(node);
  if (map?.kind !== 'map') return undefined;
  return entriesOf(map).findLast((one) => one.key.value === name);
}

/** The string that a node is, or undefined. */
export function text(node: Node | undefined): string | undefined {
  const scalar = node && target(node);
  return scalar?.kind === 'scalar' && typeof scalar.value === 'string' ? scalar.value : undefined;
}

/** Whether `null` or `~` stands there: to Go a field that was never set. What is still to be typed does not count. */
export function isNull(node: Node | undefined): boolean {
  const value = node && target(node);
  return value?.kind === 'scalar' && value.value === null && value.raw !== '';
}

/** A stretch inside a string's value as a stretch of the source; the whole string where other escapes than JSON's make them differ. */
export function spanInside(node: ScalarNode, from: number, to: number): Span {
  const value = typeof node.value === 'string' ? node.value : node.raw;
  if (value.length === 0) {
    const inner = node.span.start + (node.quoted ? 1 : 0);
    return { start: inner, end: inner };
  }
  const at = node.raw.indexOf(value);
  if (at >= 0) return { start: node.span.start + at + from, end: node.span.start + at + to };
  const places = escapedPlaces(node.raw);
  if (places?.text !== value) return node.span;
  const place = (index: number) => node.span.start + (places.starts[index] ?? node.raw.length - 1);
  return { start: place(from), end: place(to) };
}

/** What a JSON string says, and where each of its UTF-16 units begins in the source. */
function escapedPlaces(raw: string): { text: string; starts: number[] } | undefined {
  if (!/^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"$/.test(raw)) return undefined;
  const units = [...raw.slice(1, -1).matchAll(/\\u[\da-fA-F]{4}|\\.|[^\\]/gs)];
  const starts = units.flatMap(({ index, 0: unit }) =>
    unit.startsWith('\\') ? [index + 1] : Array.from(unit, (_, step) => index + 1 + step),
  );
  return { text: JSON.parse(raw), starts };
}

/** A string of the form `name=value` as an entry with blanks cut off; without `=` its value is missing. Undefined where it is no string. */
export function pairIn(node: Node): Entry | undefined {
  const scalar = target(node);
  if (scalar.kind !== 'scalar' || typeof scalar.value !== 'string') return undefined;
  const whole = scalar.value;
  const equals = whole.indexOf('=');
  const part = (from: number, to: number): ScalarNode => {
    const value = whole.slice(from, to).trim();
    const start = from + whole.slice(from, to).length - whole.slice(from, to).trimStart().length;
    const span = spanInside(scalar, start, start + value.length);
    return { kind: 'scalar', span, type: 'string', value, raw: value, quoted: true, part: true };
  };
  const key = part(0, equals < 0 ? whole.length : equals);
  const value: Node =
    equals < 0
      ? { kind: 'missing', span: { start: key.span.end, end: key.span.end } }
      : part(equals + 1, whole.length);
  return { key, value, span: { start: key.span.start, end: value.span.end } };
}
