// What edits of JSON and YAML share: lines, indents, and where a moved entry is to go.
import type { Change, Entry, MapNode, MissingNode, Node, Plain, Span, TextEdit, Tree } from './tree.ts';
import { entry, target } from './tree.ts';

/** The text that is edited, with its comments. */
export interface Source {
  readonly text: string;
  readonly comments: readonly Span[];
}

/** Where the line around an offset begins. */
export function lineStart(text: string, at: number): number {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  return start + text.slice(start, at).lastIndexOf('\r') + 1;
}

/** Where the line's text ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const found = text.slice(at).search(/[\r\n]/);
  return found < 0 ? text.length : at + found;
}

/** Past the line break that stands at an offset. */
export function nextLine(text: string, end: number): number {
  return end + (text.slice(end, end + 2).match(/^(\r\n|\r|\n)/)?.[0].length ?? 0);
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function isBlank(text: string, from: number, to: number): boolean {
  return /^\s*$/.test(text.slice(from, to));
}

/** The white space that begins the line around an offset. */
export function indentAt(text: string, at: number): string {
  return text.slice(lineStart(text, at)).match(/^[ \t]*/)?.[0] ?? '';
}

/** The blanks on the line before an offset belong to what stands there. */
export function withBlanksBefore(text: string, at: number): number {
  return at - (text.slice(lineStart(text, at), at).match(/[ \t]*$/)?.[0].length ?? 0);
}

/** What must stand between a missing value's place and the text before it: a blank, and the colon where none is written yet. */
export function gapBefore(text: string, at: number): string {
  const before = text.slice(lineStart(text, at), at);
  if (/[:,[{-]\s*$/.test(before)) return /[:,-]$/.test(before) ? ' ' : '';
  return /\S\s*$/.test(before) ? ': ' : '';
}

/** Past blanks, line breaks and comments. */
export function skipTrivia({ text, comments }: Source, from: number): number {
  let at = from;
  for (;;) {
    const comment = comments.find(({ start, end }) => start <= at && at < end);
    if (comment !== undefined) at = comment.end;
    else if (at < text.length && /[ \t\r\n]/.test(text.charAt(at))) at++;
    else return at;
  }
}

export function hasComment({ comments }: Source, from: number, to: number): boolean {
  return comments.some(({ start, end }) => start >= from && end <= to);
}

/** Lines after the first move from one indent to another. */
export function reindent(raw: string, from: string, to: string): string {
  const [first = '', ...rest] = raw.split(/(?<=\n)/);
  const moved = rest.map((line) => {
    if (/^\s*$/.test(line)) return line;
    return to + (line.startsWith(from) ? line.slice(from.length) : line.trimStart());
  });
  return [first, ...moved].join('');
}

/** A node as plain data, aliases followed; what is missing is null. */
export function plainOf(node: Node): Plain {
  const found = target(node);
  switch (found.kind) {
    case 'map':
      return Object.fromEntries(found.entries.map(({ key, value }) => [String(key.value), plainOf(value)]));
    case 'list':
      return found.items.map(plainOf);
    case 'scalar':
      return typeof found.value === 'bigint' ? Number(found.value) : found.value;
    case 'missing':
      return null;
  }
}

export interface Destination {
  /** The deepest map on the way that exists. */
  readonly map: MapNode;
  /** A value on the way that is still missing: the rest of the path goes there. */
  readonly hole?: { readonly entry: Entry; readonly value: MissingNode };
  /** Names of the maps that must be made. */
  readonly rest: readonly string[];
}

/** Where a moved entry goes, or undefined where it cannot: something else is in the way, or it is there already. */
export function destinationOf(
  tree: Tree,
  { from, entry: moved, path }: Extract<Change, { do: 'move' }>,
): Destination | undefined {
  const at = moved.span.start;
  const document = tree.documents.findLast(({ span }) => span.start <= at) ?? tree.documents[0];
  let map = document && target(document.root);
  if (map?.kind !== 'map') return undefined;
  for (const [index, name] of path.entries()) {
    const found = entry(map, name);
    if (found === undefined) return { map, rest: path.slice(index) };
    const value = target(found.value);
    // Through an alias the way may lead into the moved entry itself.
    if (found.span.start >= at && found.span.end <= moved.span.end) return undefined;
    if (value.kind === 'missing') return { map, hole: { entry: found, value }, rest: path.slice(index + 1) };
    if (value.kind !== 'map') return undefined;
    map = value;
  }
  return map === from || entry(map, String(moved.key.value)) !== undefined ? undefined : { map, rest: [] };
}

/** Puts edits in order and joins those that touch. In broken text wishes may contradict each other: then there is no edit. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const joined: TextEdit[] = [];
  for (const edit of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && last.span.end > edit.span.start) return [];
    if (last !== undefined && last.span.end === edit.span.start) {
      joined[joined.length - 1] = {
        span: { start: last.span.start, end: edit.span.end },
        text: last.text + edit.text,
      };
    } else joined.push(edit);
  }
  return joined;
}
