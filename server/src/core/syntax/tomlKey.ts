// Reads keys, and the `=` behind them or what people write for it.

import {
  at,
  atLineEnd,
  flaw,
  insertion,
  lose,
  newer as noteNewer,
  type Reader,
  restOfLine,
  skipBlanks,
  take,
} from './tomlReader.ts';
import { matchAt, readString, readToken, trimEnd } from './tomlScalar.ts';
import type { Clash } from './tomlTables.ts';
import type { Problem, ScalarNode, Span } from './tree.ts';

/** More parts than any file has. */
const mostParts = 64;

/** The parts of a bare, quoted or dotted key; none where no key stands. A part that is not yet written is empty. */
export function readKey(reader: Reader): ScalarNode[] {
  const parts: ScalarNode[] = [];
  for (;;) {
    const part = readPart(reader);
    if (part === undefined && parts.length === 0 && at(reader) !== '.') return [];
    parts.push(part ?? emptyPart(reader));
    const end = reader.pos;
    skipBlanks(reader);
    if (at(reader) !== '.') {
      // The blanks stay for who asks whether a value follows.
      reader.pos = end;
      return parts;
    }
    if (parts.length >= mostParts) {
      reader.tooDeep = true;
      return parts;
    }
    reader.pos += 1;
    skipBlanks(reader);
  }
}

function emptyPart(reader: Reader): ScalarNode {
  const span = { start: reader.pos, end: reader.pos };
  const before = at(reader) === '.' ? reader.pos : reader.pos - 1;
  const dot = { start: before, end: before + 1 };
  lose(reader, 'missing-key', dot);
  return { kind: 'scalar', type: 'string', value: '', raw: '', quoted: false, span };
}

function readPart(reader: Reader): ScalarNode | undefined {
  const start = reader.pos;
  const quote = at(reader);
  if (quote === '"' || quote === "'") {
    const { end, value, fault, unclosed, newer } = readString(reader.text, start, false);
    reader.pos = end;
    for (const edit of newer) noteNewer(reader, 'newer-escape', edit.span, [edit]);
    reader.escapedKey ||= quote === '"' && reader.text.slice(start, end).includes('\\');
    if (fault) (unclosed ? lose : flaw)(reader, fault.id, fault.span, unclosed ? undefined : fault.edits);
    return scalar(reader, start, value, true);
  }
  const fancy = readFancy(reader);
  if (fancy) return fancy;
  const name = take(reader, /[\w-]+/y);
  return name === undefined ? undefined : scalar(reader, start, name, false);
}

function scalar(reader: Reader, start: number, value: string, quoted: boolean): ScalarNode {
  const span = { start, end: reader.pos };
  return { kind: 'scalar', type: 'string', value, raw: reader.text.slice(start, reader.pos), quoted, span };
}

/** Text in the quotes of other scripts and word processors, as people paste it. */
export function readFancy(reader: Reader): ScalarNode | undefined {
  const start = reader.pos;
  const quote = matchAt(/[“”„‟「」『』«»＂‘’‚‛＇]/y, reader.text, start);
  if (quote === undefined) return undefined;
  const single = /[‘’‚‛＇]/.test(quote);
  const inner =
    matchAt(single ? /[^‘’‚‛＇'#\r\n]*/y : /[^“”„‟「」『』«»＂"#\r\n]*/y, reader.text, start + 1) ?? '';
  const close = start + 1 + inner.length;
  const closed = !/^[\r\n#]?$/.test(reader.text.charAt(close));
  const value = closed ? inner : trimEnd(inner);
  const end = closed ? close + 1 : start + 1 + value.length;
  reader.pos = end;
  const edits = [
    { span: { start, end: start + 1 }, text: '"' },
    { span: { start: start + 1 + value.length, end }, text: '"' },
  ];
  lose(reader, 'wrong-quotes', { start, end }, /["\\]/.test(inner) || !closed ? undefined : edits);
  return scalar(reader, start, value, true);
}

/** Steps over `=`; true where a value is to be read behind it, false where none can follow. */
export function readEquals(reader: Reader, parts: ScalarNode[], flow: boolean): boolean {
  const end = reader.pos;
  skipBlanks(reader);
  const start = reader.pos;
  const char = at(reader);
  if (char === '=' || char === '＝' || char === ':' || char === '：') {
    const span = { start, end: start + 1 };
    if (char !== '=') {
      const text = `${start === end ? ' ' : ''}=${/[ \t]/.test(reader.text.charAt(start + 1)) ? '' : ' '}`;
      lose(reader, 'wrong-equals', span, [{ span, text }]);
    }
    reader.pos += 1;
    skipBlanks(reader);
    return true;
  }
  const keys = { start: parts[0]?.span.start ?? end, end };
  if (atLineEnd(reader) || (flow && /[,\]}]/.test(char))) {
    reader.pos = end;
    lose(reader, 'missing-equals', keys);
    return false;
  }
  return readOdd(reader, parts, keys, flow);
}

/** Something that is no `=` stands behind the key: a value at once, or more of a name that needs quotes. */
function readOdd(reader: Reader, parts: ScalarNode[], keys: Span, flow: boolean): boolean {
  const start = reader.pos;
  const rest = flow
    ? trimEnd(matchAt(/[^,\]}#\r\n]*/y, reader.text, start) ?? '')
    : reader.text.slice(start, restOfLine(reader).end);
  const edits = [insertion(start, start === keys.end ? ' = ' : '= ')];
  if (/^["'[{]/.test(rest) || readToken(rest) !== undefined) {
    lose(reader, 'missing-equals', keys, edits);
    return true;
  }
  const equals = rest.indexOf('=');
  if (equals < 0) {
    lose(reader, 'missing-equals', { start: keys.start, end: start + rest.length });
    reader.pos = start + rest.length;
    return false;
  }
  const end = start + trimEnd(rest.slice(0, equals)).length;
  const span = { start: keys.start, end };
  lose(reader, 'bad-key', span);
  const raw = reader.text.slice(span.start, end);
  parts.splice(0, parts.length, { kind: 'scalar', type: 'string', value: raw, raw, quoted: false, span });
  reader.pos = start + equals + 1;
  skipBlanks(reader);
  return true;
}

/** Tells of two places that want one name, unless it follows from other trouble in the same statement. */
export function clashed(reader: Reader, clash: Clash | undefined): void {
  if (!clash || reader.lost || reader.muted) return;
  const { at: key, first, kind } = clash;
  const problem: Problem = {
    code: kind === 'inline' ? 'toml-syntax' : 'duplicate-key',
    message: kind === 'inline' ? 'extends-inline' : kind === 'table' ? 'duplicate-table' : 'duplicate-key',
    args: { key: String(key.value) },
    span: key.span,
    related: [first],
    weight: { level: 'error', effect: 'refused' },
  };
  reader.problems.push(problem);
  reader.clashes.set(problem, reader.statement);
}
