// Reads JSON as a person types it into the tree, and tells where dockerd (Go's encoding/json) would refuse it.
// Never throws; one cause gives one problem.
import { type Token, tokensOf } from './jsonTokens.ts';
import { duplicateKeys } from './problems.ts';
import type { Entry, MissingNode, Node, Problem, ScalarNode, Span, TextEdit, Tree } from './tree.ts';

/** What lies deeper is not read: deep enough for every real file, far from the end of the stack. */
const deepest = 200;

interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly problems: Problem[];
  at: number;
  /** After trouble that can cause more trouble; until the next comma the consequences stay silent. */
  shaken: boolean;
  /** Open brackets, innermost last. */
  readonly open: ('{' | '[')[];
}

/** The tree of a JSON text; blank text has a missing root. */
export function readJson(text: string): Tree {
  const { tokens, comments, templated, problems } = tokensOf(text);
  const reader: Reader = { text, tokens, problems: [], at: 0, shaken: false, open: [] };
  const blank = peek(reader).kind === 'end';
  const root = blank ? missing(text.startsWith('\uFEFF') ? 1 : 0) : readValue(reader);
  if (!blank) readRest(reader);
  return {
    format: 'json',
    documents: [{ root, span: { start: 0, end: text.length }, templated }],
    problems: templated ? [] : [...causes(problems, reader.problems), ...duplicateKeys(root)],
    comments,
  };
}

/** A comment without an end swallows the closing brackets, which are then not missing. */
function causes(ofTokens: readonly Problem[], ofReader: readonly Problem[]): Problem[] {
  const swallowed = ofTokens.some(({ message }) => message === 'comment-unclosed');
  const others = swallowed ? ofReader.filter(({ message }) => !message.endsWith('-unclosed')) : ofReader;
  return [...ofTokens, ...others].sort((a, b) => a.span.start - b.span.start);
}

function peek(reader: Reader, ahead = 0): Token {
  const end = reader.text.length;
  return reader.tokens[reader.at + ahead] ?? { kind: 'end', start: end, end, value: '' };
}

function take(reader: Reader): Token {
  const token = peek(reader);
  if (token.kind !== 'end') reader.at++;
  return token;
}

function missing(at: number): MissingNode {
  return { kind: 'missing', span: { start: at, end: at } };
}

function complain(reader: Reader, message: string, span: Span, more: Partial<Problem> = {}): void {
  const length = reader.text.length;
  const visible = span.start === span.end && span.start === length ? Math.max(0, length - 1) : span.start;
  reader.problems.push({ code: 'not-strict-json', message, span: { ...span, start: visible }, ...more });
}

/** A complaint that may only be the consequence of an earlier one. */
function complainOnce(reader: Reader, message: string, span: Span, more: Partial<Problem> = {}): void {
  if (!reader.shaken) complain(reader, message, span, more);
  reader.shaken = true;
}

/** Whatever follows the first value: one problem, however much it is. */
function readRest(reader: Reader): void {
  const first = peek(reader);
  if (first.kind === 'end') return;
  const end = reader.tokens.findLast((token) => token.kind !== 'end')?.end ?? first.end;
  complainOnce(reader, 'after-end', { start: first.start, end });
}

function readValue(reader: Reader): Node {
  const token = peek(reader);
  switch (token.kind) {
    case '{':
    case '[':
      return readCollection(reader, token);
    case 'string':
      take(reader);
      return stringNode(reader, token);
    case 'word':
      return readWord(reader);
    case 'end':
    case ',':
    case ':':
    case '}':
    case ']':
      return missing(token.start);
  }
}

function readCollection(reader: Reader, open: Token): Node {
  if (reader.open.length >= deepest) return skipCollection(reader);
  take(reader);
  const isMap = open.kind === '{';
  reader.open.push(isMap ? '{' : '[');
  const entries: Entry[] = [];
  const items: Node[] = [];
  const end = isMap ? readMembers(reader, open, entries) : readItems(reader, open, items);
  reader.open.pop();
  const span = { start: open.start, end };
  return isMap ? { kind: 'map', span, entries, style: 'flow' } : { kind: 'list', span, items, style: 'flow' };
}

/** Passes over a collection that lies too deep. */
function skipCollection(reader: Reader): MissingNode {
  const start = peek(reader).start;
  let depth = 0;
  do {
    const { kind } = take(reader);
    if (kind === '{' || kind === '[') depth++;
    if (kind === '}' || kind === ']') depth--;
  } while (depth > 0 && peek(reader).kind !== 'end');
  return missing(start);
}

/** Reads `{ … }` behind its brace and gives the offset of its end. */
function readMembers(reader: Reader, open: Token, entries: Entry[]): number {
  return readList(reader, open, () => {
    const token = peek(reader);
    if (token.kind === 'string' || token.kind === 'word') {
      const entry = readMember(reader);
      entries.push(entry);
      return entry.span.end;
    }
    if (token.kind === ':') complainOnce(reader, 'missing-key', take(reader));
    const value = readValue(reader);
    complainOnce(reader, 'missing-key', value.span);
    return value.span.end;
  });
}

function readItems(reader: Reader, open: Token, items: Node[]): number {
  return readList(reader, open, () => {
    if (peek(reader).kind === ':') {
      const colon = take(reader);
      complainOnce(reader, 'colon-in-list', colon);
      return colon.end;
    }
    const item = readValue(reader);
    items.push(item);
    return item.span.end;
  });
}

/** The commas and the end of a collection, the same for both kinds. */
function readList(reader: Reader, open: Token, readOne: () => number): number {
  const close = open.kind === '{' ? '}' : ']';
  let comma: Token | undefined;
  let lastEnd: number | undefined;
  for (;;) {
    const token = peek(reader);
    if (token.kind === close) {
      take(reader);
      if (comma !== undefined) complain(reader, 'trailing-comma', comma, removal(comma));
      return token.end;
    }
    if (token.kind === 'end' || ((token.kind === '}' || token.kind === ']') && isOpen(reader, token))) {
      complainOnce(reader, open.kind === '{' ? 'brace-unclosed' : 'bracket-unclosed', open);
      return token.start;
    }
    if (token.kind === '}' || token.kind === ']') {
      complainOnce(reader, 'closing-mismatch', take(reader), { args: { found: token.value, wanted: close } });
    } else if (token.kind === ',') {
      take(reader);
      if (comma !== undefined || lastEnd === undefined)
        complain(reader, 'extra-comma', token, removal(token));
      else comma = token;
      reader.shaken = false;
    } else {
      if (lastEnd !== undefined && comma === undefined && token.kind !== ':')
        missingComma(reader, lastEnd, token);
      comma = undefined;
      lastEnd = readOne();
    }
  }
}

function isOpen(reader: Reader, token: Token): boolean {
  return reader.open.slice(0, -1).includes(token.kind === '}' ? '{' : '[');
}

function removal(span: Span): { edits: TextEdit[] } {
  return { edits: [{ span: { start: span.start, end: span.end }, text: '' }] };
}

function missingComma(reader: Reader, end: number, next: Token): void {
  if (reader.shaken) {
    reader.shaken = false;
    return;
  }
  const edits = [{ span: { start: end, end }, text: ',' }];
  complain(reader, 'missing-comma', { start: next.start, end: next.end }, { edits });
}

function readMember(reader: Reader): Entry {
  const key = readKey(reader);
  const entry = (value: Node): Entry => ({
    key,
    value,
    span: { start: key.span.start, end: value.span.end },
  });
  const next = peek(reader);
  const equals = next.kind === 'word' && next.value === '=';
  if (next.kind !== ':' && !equals) {
    const valueFollows = startsValue(next) && sameLine(reader.text, key.span.end, next.start);
    if (!valueFollows) {
      complainOnce(reader, 'missing-value', key.span, { args: { key: String(key.value) } });
      return entry(missing(key.span.end));
    }
    const at = { start: key.span.end, end: key.span.end };
    complainOnce(reader, 'missing-colon', key.span, { edits: [{ span: at, text: ':' }] });
    return entry(readValue(reader));
  }
  const colon = take(reader);
  if (equals) complain(reader, 'equals-sign', colon, { edits: [{ span: spanOf(colon), text: ':' }] });
  const value = peek(reader);
  const nextMember = peek(reader, 1).kind === ':' && !sameLine(reader.text, colon.end, value.start);
  if (startsValue(value) && !nextMember) return entry(readValue(reader));
  complainOnce(
    reader,
    'missing-value',
    { start: key.span.start, end: colon.end },
    { args: { key: String(key.value) } },
  );
  const blank = reader.text.slice(colon.end).match(/^[ \t]*/)?.[0].length ?? 0;
  return entry(missing(colon.end + blank));
}

function spanOf({ start, end }: Token): Span {
  return { start, end };
}

function startsValue({ kind }: Token): boolean {
  return kind === 'string' || kind === 'word' || kind === '{' || kind === '[';
}

function sameLine(text: string, from: number, to: number): boolean {
  return !/[\r\n]/.test(text.slice(from, to));
}

function readKey(reader: Reader): ScalarNode {
  const token = take(reader);
  if (token.kind === 'string') return stringNode(reader, token);
  const span = spanOf(token);
  complainOnce(reader, 'unquoted-key', span, {
    args: { key: token.value },
    edits: [{ span, text: JSON.stringify(token.value) }],
  });
  reader.shaken = false;
  return { kind: 'scalar', span, type: 'string', value: token.value, raw: token.value, quoted: false };
}

function stringNode(reader: Reader, token: Token): ScalarNode {
  const raw = reader.text.slice(token.start, token.end);
  // An unclosed string may have swallowed the comma or the brace behind it.
  if (raw.length < 2 || !/["'”“„‟]$/.test(raw)) reader.shaken = true;
  return { kind: 'scalar', span: spanOf(token), type: 'string', value: token.value, raw, quoted: true };
}

const strictNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function isLiteral({ value }: Token): boolean {
  return /^(true|false|null)$/.test(value) || strictNumber.test(value);
}

function continues(reader: Reader, end: number): boolean {
  const next = peek(reader);
  return next.kind === 'word' && !isLiteral(next) && sameLine(reader.text, end, next.start);
}

/** A bare word: literal, number, or something that Go refuses. Words on one line belong together. */
function readWord(reader: Reader): ScalarNode {
  const first = take(reader);
  let end = first.end;
  while (!isLiteral(first) && continues(reader, end)) end = take(reader).end;
  const span = { start: first.start, end };
  const raw = reader.text.slice(span.start, span.end);
  const scalar = (type: ScalarNode['type'], value: ScalarNode['value']): ScalarNode => ({
    kind: 'scalar',
    span,
    type,
    value,
    raw,
    quoted: false,
  });
  if (raw === 'true' || raw === 'false') return scalar('boolean', raw === 'true');
  if (raw === 'null') return scalar('null', null);
  if (strictNumber.test(raw)) {
    if (/[.eE]/.test(raw)) return scalar('float', Number(raw));
    return scalar('integer', Number.isSafeInteger(Number(raw)) ? Number(raw) : BigInt(raw));
  }
  const literal = /^(true|false|null|none)$/i.test(raw)
    ? raw.toLowerCase().replace('none', 'null')
    : undefined;
  if (literal !== undefined) {
    complain(reader, 'literal-case', span, {
      args: { found: raw, wanted: literal },
      edits: [{ span, text: literal }],
    });
    return literal === 'null' ? scalar('null', null) : scalar('boolean', literal === 'true');
  }
  if (/^[+-]?\.?\d/.test(raw) && Number.isFinite(Number(raw))) {
    complain(reader, 'bad-number', span, { args: { found: raw } });
    return scalar(Number.isInteger(Number(raw)) ? 'integer' : 'float', Number(raw));
  }
  complainOnce(reader, 'unquoted-value', span, {
    args: { found: raw },
    edits: [{ span, text: JSON.stringify(raw) }],
  });
  reader.shaken = false;
  return scalar('string', raw);
}
