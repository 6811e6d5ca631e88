// Cuts JSON-like text into tokens for the reader and says what Go's encoding/json would refuse of single tokens:
// comments, quotes, escapes. Never throws; tokens are in order and do not overlap.
import { createScanner, type JSONScanner } from 'jsonc-parser';
import { isBlank, lineEnd, lineStart, nextLine, withBlanksBefore } from './editText.ts';
import type { Problem, Span, TextEdit } from './tree.ts';

export interface Token extends Span {
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'word' | 'end';
  /** What a string stands for; of a word its text. */
  readonly value: string;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
  readonly problems: readonly Problem[];
  /** Template marks stand outside of strings. */
  readonly templated: boolean;
}

// The numbers of jsonc-parser's const enums, which cannot be imported under erasable syntax.
const stringKind = 10;
const lineComment = 12;
const blockComment = 13;
const lineBreak = 14;
const blanks = 15;
const endOfText = 17;
const scanErrors: Readonly<Record<number, string>> = {
  2: 'string-unclosed',
  4: 'bad-escape',
  5: 'bad-escape',
  6: 'control-character',
};
const commentUnclosed = 1;

const wordPattern = /(?:(?!\/[/*])[^\s{}[\],:"])+/y;
const singleQuoted = /'(?:[^'\\\r\n]|\\.)*'/y;
const curlyQuoted = /[“”„‟][^“”„‟"\r\n]*[“”„‟"]/y;

interface Work {
  readonly text: string;
  readonly scanner: JSONScanner;
  readonly tokens: Token[];
  readonly comments: Span[];
  readonly problems: Problem[];
  templated: boolean;
}

/** Reads the whole text; the last token is always `end`. */
export function tokensOf(text: string): Tokens {
  const scanner = createScanner(text, false);
  const work: Work = { text, scanner, tokens: [], comments: [], problems: [], templated: false };
  if (text.startsWith('\uFEFF')) scanner.setPosition(1);
  for (let kind: number = scanner.scan(); kind !== endOfText; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    // A comment without an end is told as longer than the text.
    const span = { start, end: Math.min(text.length, start + scanner.getTokenLength()) };
    if (kind === lineBreak || kind === blanks) continue;
    if (kind === lineComment || kind === blockComment) addComment(work, span);
    else if (kind === stringKind) addString(work, span);
    else if ('{}[],:'.includes(text.charAt(start))) addMark(work, span);
    else addWord(work, start);
  }
  work.tokens.push({ kind: 'end', start: text.length, end: text.length, value: '' });
  return { ...work, problems: [...commentProblems(work), ...work.problems] };
}

function addMark(work: Work, span: Span): void {
  const mark = work.text.charAt(span.start) as '{' | '}' | '[' | ']' | ',' | ':';
  if (mark === '{' && /\{(?:[{%]|#[^\r\n]*#\})/y.test(work.text.slice(span.start))) work.templated = true;
  work.tokens.push({ kind: mark, ...span, value: mark });
}

function addComment(work: Work, span: Span): void {
  if (Number(work.scanner.getTokenError()) === commentUnclosed) {
    work.problems.push({ code: 'not-strict-json', message: 'comment-unclosed', span });
  } else work.comments.push(span);
}

function addString(work: Work, span: Span): void {
  const value = work.scanner.getTokenValue();
  work.tokens.push({ kind: 'string', ...span, value });
  if (!plainTemplate(value)) work.templated = true;
  const message = scanErrors[Number(work.scanner.getTokenError())];
  if (message === undefined) return;
  const raw = work.text.slice(span.start, span.end);
  work.problems.push({ code: 'not-strict-json', message, span, ...mendString(message, raw, span) });
}

/** Docker's own log tags are Go templates over exported fields (`{{.Name}}`); other braces belong to who generates the file. */
function plainTemplate(value: string): boolean {
  return !value.includes('{%') && (!value.includes('{{') || /\{\{[^}]*\.[A-Z]/.test(value));
}

function mendString(message: string, raw: string, span: Span): { edits?: TextEdit[] } {
  if (message === 'control-character') {
    const text = raw.replace(/\p{Cc}/gu, (char) => (char < ' ' ? JSON.stringify(char).slice(1, -1) : char));
    return { edits: [{ span, text }] };
  }
  // With an escape that is right beside it nobody can tell which backslashes were meant (`C:\temp\data`).
  if (message !== 'bad-escape' || /\\[bfnrtu]/.test(raw)) return {};
  return { edits: [{ span, text: raw.replace(/\\(?!["\\/])/g, '\\\\') }] };
}

function addWord(work: Work, start: number): void {
  const { text, scanner } = work;
  if (text[start] === '#') {
    const end = lineEnd(text, start);
    work.comments.push({ start, end });
    scanner.setPosition(end);
    return;
  }
  const single = matchAt(singleQuoted, text, start);
  const curly = matchAt(curlyQuoted, text, start);
  const quoted = single ?? curly;
  const word = quoted ?? matchAt(wordPattern, text, start) ?? text.charAt(start);
  const span = { start, end: start + word.length };
  scanner.setPosition(span.end);
  if (word.startsWith('<%') || word.startsWith('%')) work.templated = true;
  if (quoted === undefined) {
    work.tokens.push({ kind: 'word', ...span, value: word });
    return;
  }
  const value = quoted.slice(1, -1).replace(/\\'/g, "'");
  work.tokens.push({ kind: 'string', ...span, value });
  work.problems.push({
    code: 'not-strict-json',
    message: single === undefined ? 'typographic-quotes' : 'single-quotes',
    span,
    edits: [{ span, text: `"${value.replace(/(^|[^\\])"/g, '$1\\"')}"` }],
  });
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** Comments that follow each other are one problem. */
function commentProblems({ text, comments }: Work): Problem[] {
  const groups: Span[][] = [];
  for (const comment of comments) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && /^\s*$/.test(text.slice(last.end, comment.start))) {
      group.push(comment);
    } else groups.push([comment]);
  }
  return groups.map((group): Problem => {
    const start = group[0]?.start ?? 0;
    const end = group.at(-1)?.end ?? start;
    const edits = group.map((comment) => ({ span: withItsLine(text, comment), text: '' }));
    return { code: 'not-strict-json', message: 'comment', span: { start, end }, edits };
  });
}

/** A comment with what goes when it goes: its whole line where it stands alone, else the blanks before it. */
function withItsLine(text: string, { start, end }: Span): Span {
  const last = lineEnd(text, end);
  if (!isBlank(text, end, last)) return { start, end };
  const first = withBlanksBefore(text, start);
  return first === lineStart(text, start)
    ? { start: first, end: nextLine(text, last) }
    : { start: first, end: last };
}
