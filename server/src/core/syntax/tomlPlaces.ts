// Finds the places that an edit is about: lines, the comments that belong to a line, and the way to a node.
import { type Reading, readToml } from './tomlRead.ts';
import type { Statement } from './tomlReader.ts';
import { lineEnd } from './tomlScalar.ts';
import type { Entry, ListNode, MapNode, Node, Span, TextEdit, Tree } from './tree.ts';

/** A text, read once more for the ways that the tree does not tell. */
export interface Places {
  readonly text: string;
  readonly tree: Tree;
  readonly reading: Reading;
  readonly eol: string;
  readonly root: Node;
}

/** A header with the lines under it; the first block has none. */
export interface Block {
  readonly header?: Statement;
  readonly pairs: readonly Statement[];
}

export function placesOf(text: string, tree: Tree): Places {
  const reading = readToml(text);
  const root = tree.documents[0]?.root ?? reading.root;
  return { text, tree, reading, root, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

export function idOf(entry: Entry): number {
  return entry.key.span.start;
}

/** The ids from the root to a map or list of the tree; undefined where it is not in it. */
export function chainOf(from: Node, wanted: Node): readonly number[] | undefined {
  if (from === wanted) return [];
  for (const [id, inner] of steps(from)) {
    const rest = chainOf(inner, wanted);
    if (rest) return id === undefined ? rest : [id, ...rest];
  }
  return undefined;
}

function steps(node: Node): (readonly [number | undefined, Node])[] {
  if (node.kind === 'map') return node.entries.map((entry) => [idOf(entry), entry.value] as const);
  if (node.kind === 'list') return node.items.map((item) => [itemId(item), item] as const);
  return [];
}

/** An item of an array of tables is known by its header. */
export function itemId(item: Node): number | undefined {
  return item.kind === 'map' ? item.headers?.[0]?.start : undefined;
}

export function isTable(node: Node): node is MapNode | ListNode {
  return (node.kind === 'map' || node.kind === 'list') && node.style === 'table';
}

export function blocksOf({ reading }: Places): Block[] {
  const blocks: { header?: Statement; pairs: Statement[] }[] = [{ pairs: [] }];
  for (const statement of reading.statements) {
    if (statement.kind === 'pair') blocks.at(-1)?.pairs.push(statement);
    else blocks.push({ header: statement, pairs: [] });
  }
  return blocks;
}

export function lineStart(text: string, pos: number): number {
  const start = pos <= 0 ? 0 : text.lastIndexOf('\n', pos - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Behind the line break. */
export function nextLine(text: string, pos: number): number {
  const at = text.indexOf('\n', pos);
  return at < 0 ? text.length : at + 1;
}

/** The lines that a statement takes up, line breaks included. */
export function linesOf({ text }: Places, { span }: { span: Span }): Span {
  return { start: lineStart(text, span.start), end: nextLine(text, span.end) };
}

export function indentAt(text: string, pos: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, pos), pos))?.[0] ?? '';
}

/** The comments on lines of their own directly above, in order. */
export function commentsAbove(places: Places, pos: number): Span[] {
  const { text, tree } = places;
  const found: Span[] = [];
  let line = lineStart(text, pos);
  for (let index = tree.comments.length - 1; index >= 0 && line > 0; index -= 1) {
    const comment = tree.comments[index];
    if (comment === undefined || comment.start >= line) continue;
    const above = lineStart(text, comment.start);
    const own = text.slice(above, comment.start).trim() === '';
    if (!own || nextLine(text, comment.end) !== line) break;
    found.unshift(comment);
    line = above;
  }
  return found;
}

/** Where a statement begins together with the comments above it. */
export function startWithComments(places: Places, pos: number): number {
  return lineStart(places.text, commentsAbove(places, pos)[0]?.start ?? pos);
}

export function commentsIn({ tree }: Places, { start, end }: Span): Span[] {
  return tree.comments.filter((comment) => comment.start >= start && comment.end <= end);
}

/** The comment behind a statement on its last line. */
export function commentBehind({ text, tree }: Places, { span }: { span: Span }): Span | undefined {
  const end = lineEnd(text, span.end);
  return tree.comments.find(({ start }) => start >= span.end && start < end);
}

/** In order, what is put in before what goes at the same place; deletions that touch are one. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const length = ({ span }: TextEdit) => span.end - span.start;
  const sorted = edits
    .filter((edit) => edit.text !== '' || length(edit) > 0)
    .sort((one, other) => one.span.start - other.span.start || length(one) - length(other));
  const result: TextEdit[] = [];
  for (const edit of sorted) {
    const last = result.at(-1);
    if (last?.text !== '' || edit.text !== '' || edit.span.start > last.span.end) result.push(edit);
    else {
      const end = Math.max(last.span.end, edit.span.end);
      result.splice(-1, 1, { span: { start: last.span.start, end }, text: '' });
    }
  }
  return result;
}
