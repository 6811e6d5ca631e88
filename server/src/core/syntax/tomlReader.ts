// What the TOML reader carries along: place, troubles, comments, and the steps over blanks that all its parts share.

import { isControl, lineEnd, matchAt, trimEnd } from './tomlScalar.ts';
import type { Node, Problem, ScalarNode, Span, TextEdit } from './tree.ts';

/** Where a key or header leads. An entry is known by the place where its key was first written, an item of an array of tables by its header's. */
export interface Way {
  /** The header's name or the dotted key. */
  readonly parts: readonly ScalarNode[];
  /** The entry that each part stands for. */
  readonly ids: readonly number[];
  /** All entries and items that it lies in, from the root (in braces: from the brace), itself included. */
  readonly chain: readonly number[];
  readonly span: Span;
  readonly value?: Node;
}

/** One header or one `key = value` line. */
export interface Statement extends Way {
  readonly kind: 'header' | 'item' | 'pair';
}

/** A list or table in brackets; the slots of a list have no name. */
export interface Flow {
  readonly start: number;
  readonly slots: readonly Way[];
}

export interface Reader {
  readonly text: string;
  pos: number;
  problems: Problem[];
  comments: Span[];
  flows: Flow[];
  readonly statements: Statement[];
  /** Where the statement began in which two places wanted one name, by the problem that tells of it. */
  readonly clashes: Map<Problem, number>;
  /** Where the statement that is read began. */
  statement: number;
  /** In this statement the reader lost its way: what else it meets there is a consequence. */
  lost: boolean;
  /** The edits of this statement's problem with blanks that are none, if it has one. */
  oddBlanks?: TextEdit[];
  /** Nothing that is left of the text is certain (a `"""` that never closes). */
  muted: boolean;
  /** Something valid was met that @iarna/toml refuses. */
  lenient: boolean;
  /** What TOML 1.1 added: problems of loaders that read TOML 1.0. */
  newer: Problem[];
  /** A key is written with escapes, so that its name does not stand in the text. */
  escapedKey: boolean;
  /** Nesting beyond what is read: nothing is said of such a file. */
  tooDeep: boolean;
  depth: number;
  /** How many tables in braces are open, and whether they must end with their line. */
  braces: number;
  oneLine: boolean;
  /** No `{` that opens before this place closes. */
  unclosedUntil: number;
}

export function newReader(text: string, pos: number): Reader {
  return {
    text,
    pos,
    problems: [],
    comments: [],
    flows: [],
    statements: [],
    clashes: new Map(),
    statement: 0,
    lost: false,
    muted: false,
    lenient: false,
    newer: [],
    escapedKey: false,
    tooDeep: false,
    depth: 0,
    braces: 0,
    oneLine: false,
    unclosedUntil: 0,
  };
}

/** Notes trouble in the way the text is written, once a statement: what follows from it is not told. */
export function lose(reader: Reader, message: string, span: Span, edits?: readonly TextEdit[]): void {
  flaw(reader, message, span, edits);
  reader.lost = true;
}

/** Notes trouble with one value, behind which reading goes on safely. */
export function flaw(reader: Reader, message: string, span: Span, edits?: readonly TextEdit[]): void {
  if (reader.lost || reader.muted) return;
  const refused = { level: 'error', effect: 'refused' } as const;
  const mend = edits && edits.length > 0 ? { edits } : {};
  reader.problems.push({ code: 'toml-syntax', message, span, weight: refused, ...mend });
}

/** Notes what only TOML 1.1 has. */
export function newer(reader: Reader, message: string, span: Span, edits: readonly TextEdit[]): void {
  reader.lenient = true;
  if (reader.muted) return;
  const weight = { level: 'error', effect: 'refused' } as const;
  reader.newer.push({ code: 'toml-syntax', message, span, weight, edits });
}

export function at(reader: Reader): string {
  return reader.text.charAt(reader.pos);
}

/** Consumes and returns what the sticky pattern matches here. */
export function take(reader: Reader, pattern: RegExp): string | undefined {
  const found = matchAt(pattern, reader.text, reader.pos);
  if (found !== undefined) reader.pos += found.length;
  return found;
}

/** What looks like a blank and is none to TOML: no-break, wide and zero-width spaces, as they come with pasted text. */
export const oddBlank = '\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff';
const oddBlanks = new RegExp(`[${oddBlank}]+`, 'y');

export function skipBlanks(reader: Reader, blanks = /[ \t]+/y): void {
  do take(reader, blanks);
  while (skipOddBlanks(reader));
}

function skipOddBlanks(reader: Reader): boolean {
  const start = reader.pos;
  if (take(reader, oddBlanks) === undefined) return false;
  const span = { start, end: reader.pos };
  const edit = { span, text: ' ' };
  // Blanks are sometimes stepped over twice.
  if (reader.lost) {
    if ((reader.oddBlanks?.at(-1)?.span.end ?? 0) <= start) reader.oddBlanks?.push(edit);
  } else {
    reader.oddBlanks = [edit];
    lose(reader, 'wrong-blank', span, reader.oddBlanks);
  }
  return true;
}

export function atLineEnd(reader: Reader): boolean {
  return /^(?:|#|\n|\r)$/.test(at(reader));
}

/** Reads the comment that stands here, if any. */
export function skipComment(reader: Reader): void {
  if (at(reader) !== '#') return;
  const end = lineEnd(reader.text, reader.pos);
  reader.comments.push({ start: reader.pos, end });
  const marks: Span[] = [];
  for (let pos = reader.pos; pos < end; pos += 1) {
    const char = reader.text.charAt(pos);
    if (isControl(char) || char === '\r') marks.push({ start: pos, end: pos + 1 });
  }
  const [first] = marks;
  if (first) {
    const edits = marks.map((span) => ({ span, text: '' }));
    flaw(reader, 'control-char', first, edits);
  }
  reader.pos = end;
}

/** The rest of the line up to a comment, without the blanks at its end. */
export function restOfLine(reader: Reader): Span {
  const rest = trimEnd(matchAt(/[^#\r\n]*/y, reader.text, reader.pos) ?? '');
  return { start: reader.pos, end: reader.pos + rest.length };
}

export function insertion(at: number, text: string): TextEdit {
  return { span: { start: at, end: at }, text };
}
