// Formats a TOML text: blanks around “=”, one empty line before each table, entries at the margin, lists that were written over
// lines one item a line. No comment and no byte of a value is changed. Formatting twice is formatting once.
import { judge } from './tomlJudge.ts';
import { type Layout, layKey, layPair } from './tomlLayout.ts';
import { readToml } from './tomlRead.ts';
import type { Statement } from './tomlReader.ts';
import { trimEnd } from './tomlScalar.ts';
import type { Span, TextEdit } from './tree.ts';

export interface TomlFormat {
  /** One step of indentation inside lists; two blanks where nobody says otherwise. */
  readonly step?: string;
}

/** What stands on lines of its own: a statement with the comment behind it, or a comment. */
interface Piece extends Span {
  readonly text: string;
  readonly kind: 'header' | 'pair' | 'comment';
}

/** The edits that format a text; none where it has mistakes or template marks, as its parts cannot be told for certain. */
export function formatToml(text: string, { step = '  ' }: TomlFormat = {}): TextEdit[] {
  const reading = readToml(text);
  const errors = judge(text, reading).filter(({ weight }) => weight?.level !== 'warning');
  if (errors.length > 0 || reading.problems.length > 0 || reading.tooDeep || text.includes('{{')) return [];
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const flows = new Map(reading.flows.map((flow) => [flow.start, flow]));
  const pieces = piecesOf({ text, reading, flows, eol, step });
  const edits: TextEdit[] = [];
  const put = (start: number, end: number, wanted: string) => {
    if (text.slice(start, end) !== wanted) edits.push({ span: { start, end }, text: wanted });
  };
  let from = text.startsWith('\ufeff') ? 1 : 0;
  for (const [index, piece] of pieces.entries()) {
    put(from, piece.start, index === 0 ? '' : eol.repeat(isApart(text, pieces, index) ? 2 : 1));
    put(piece.start, piece.end, piece.text);
    from = piece.end;
  }
  put(from, text.length, pieces.length === 0 ? '' : eol);
  return edits;
}

/** Those edits that change something between two places. */
export function formatTomlRange(text: string, range: Span, format: TomlFormat = {}): TextEdit[] {
  return formatToml(text, format).filter(({ span }) => span.start <= range.end && span.end >= range.start);
}

function piecesOf(layout: Layout): Piece[] {
  const { text, reading } = layout;
  const pieces: Piece[] = [];
  let next = 0;
  const comments = reading.comments;
  const takeComments = (until: number) => {
    for (; (comments[next]?.start ?? until) < until; next += 1) {
      const { start, end } = comments[next] ?? { start: 0, end: 0 };
      pieces.push({
        start,
        end: endOfLine(text, end),
        text: trimEnd(text.slice(start, end)),
        kind: 'comment',
      });
    }
  };
  for (const statement of reading.statements) {
    takeComments(statement.span.start);
    while ((comments[next]?.start ?? statement.span.end) < statement.span.end) next += 1;
    const behind = comments[next];
    const tail = behind && !text.slice(statement.span.end, behind.start).includes('\n') ? behind : undefined;
    if (tail) next += 1;
    pieces.push({
      start: statement.span.start,
      end: endOfLine(text, tail?.end ?? statement.span.end),
      text: lay(layout, statement) + (tail ? ` ${trimEnd(text.slice(tail.start, tail.end))}` : ''),
      kind: statement.kind === 'pair' ? 'pair' : 'header',
    });
  }
  takeComments(text.length);
  return pieces;
}

function lay(layout: Layout, statement: Statement): string {
  if (statement.kind === 'pair') return layPair(layout, statement);
  const name = layKey(statement.parts);
  return statement.kind === 'item' ? `[[${name}]]` : `[${name}]`;
}

/** Behind the blanks that end a line. */
function endOfLine(text: string, pos: number): number {
  let end = pos;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return end;
}

/** Whether an empty line stands before a piece: always before a table with its comments, else where one stood. */
function isApart(text: string, pieces: readonly Piece[], index: number): boolean {
  if (isEmptyBefore(text, pieces, index)) return true;
  if (pieces[index - 1]?.kind === 'comment') return false;
  let at = index;
  while (pieces[at]?.kind === 'comment' && !isEmptyBefore(text, pieces, at + 1)) at += 1;
  return pieces[at]?.kind === 'header';
}

function isEmptyBefore(text: string, pieces: readonly Piece[], index: number): boolean {
  const gap = text.slice(pieces[index - 1]?.end ?? 0, pieces[index]?.start ?? text.length);
  return (gap.match(/\n/g)?.length ?? 0) > 1;
}
