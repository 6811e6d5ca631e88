// Reads one TOML value, scalar, list or table in brackets. Gives a node whatever stands there. A bracket that never
// closes ends before the next line that can only be a new statement; a brace that never closes ends with its line.

import { noteLooseTable } from './tomlJoin.ts';
import { clashed, readEquals, readFancy, readKey } from './tomlKey.ts';
import {
  at,
  atLineEnd,
  flaw,
  insertion,
  lose,
  newer as noteNewer,
  oddBlank,
  type Reader,
  skipBlanks,
  skipComment,
  take,
  type Way,
} from './tomlReader.ts';
import { lineEnd, matchAt, readString, readToken, trimEnd } from './tomlScalar.ts';
import { assign, finish, newTable, type TableDraft } from './tomlTables.ts';
import type { MapNode, Node, ScalarNode, Span } from './tree.ts';

const deepest = 64;
const token = new RegExp(`[^ \\t\\r\\n#,;[\\]{}"'=${oddBlank}]+`, 'y');

/** Reads the value of what starts at `from`; `flow` inside brackets. */
export function readValue(reader: Reader, flow: boolean, from: number): Node {
  const start = reader.pos;
  const char = at(reader);
  if (char === '"' || char === "'") return readQuoted(reader);
  if (char === '[' || char === '{') return readBrackets(reader, char);
  const fancy = readFancy(reader);
  if (fancy) return fancy;
  if (atLineEnd(reader) || (flow && /[,\]}]/.test(char))) {
    lose(reader, 'missing-value', { start: from, end: trimmedEnd(reader, from, start) });
    return { kind: 'missing', span: { start, end: start } };
  }
  return readBare(reader, flow);
}

function trimmedEnd(reader: Reader, from: number, end: number): number {
  return from + trimEnd(reader.text.slice(from, end)).length;
}

function readQuoted(reader: Reader): ScalarNode {
  const start = reader.pos;
  const { end, value, fault, unclosed, newer } = readString(reader.text, start);
  reader.pos = end;
  for (const edit of newer) noteNewer(reader, 'newer-escape', edit.span, [edit]);
  if (fault && unclosed) lose(reader, fault.id, fault.span, fault.edits);
  else if (fault) flaw(reader, fault.id, fault.span, fault.edits);
  if (fault?.id === 'unclosed-multiline') reader.muted = true;
  const raw = reader.text.slice(start, end);
  return { kind: 'scalar', type: 'string', value, raw, quoted: true, span: { start, end } };
}

function readBare(reader: Reader, flow: boolean): ScalarNode {
  const start = reader.pos;
  const word = take(reader, token) ?? '';
  const clock = /^\d{4}-\d\d-\d\d$/.test(word)
    ? (take(reader, / \d\d?:[\d:.]*(?:[Zz]|[+-]\d\d:\d\d)?/y) ?? '')
    : '';
  const found = readToken(word + clock);
  const span = { start, end: reader.pos };
  if (found !== undefined) {
    // @iarna/toml stumbles over a bracket or comma behind a date.
    reader.lenient ||= found.lenient === true || (flow && found.type === 'datetime');
    if (found.fault) flaw(reader, found.fault, span);
    else if (found.secondsAt !== undefined) {
      noteNewer(reader, 'newer-time', span, [insertion(start + found.secondsAt, ':00')]);
    }
    return { kind: 'scalar', type: found.type, value: found.value, raw: word + clock, quoted: false, span };
  }
  const more = take(reader, flow ? /[^,\]}#\r\n]*/y : /[^#\r\n]*/y) ?? '';
  const raw = bare(word + clock + more, flow);
  return badBare(reader, raw, { start, end: start + raw.length });
}

/** Without a comma or semicolon at the end of the line, which is a slip of its own. */
function bare(text: string, flow: boolean): string {
  const raw = trimEnd(text);
  return flow ? raw : trimEnd(raw.replace(/(?<=.)[,;]$/, ''));
}

/** What is not a value is taken for a string without quotes, so that nothing more is said of its type. */
function badBare(reader: Reader, raw: string, span: Span): ScalarNode {
  reader.pos = span.end;
  if (/^(?:\d{4}-\d\d-?|\d\d?:)[\dTtZz :.+-]*$/.test(raw)) flaw(reader, 'bad-date', span);
  else if (
    /^[+-]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?$/.test(raw) ||
    /^[+-]?0[xob][\da-fA-F_]*$/.test(raw)
  )
    flaw(reader, 'bad-number', span);
  else if (/^(?:true|false)$/i.test(raw)) {
    flaw(reader, 'boolean-case', span, [{ span, text: raw.toLowerCase() }]);
    const value = raw.toLowerCase() === 'true';
    return { kind: 'scalar', type: 'boolean', value, raw, quoted: false, span };
  } else if (/["'\\,=[\]{}]|\p{Cc}/u.test(raw)) lose(reader, 'missing-quotes', span);
  else lose(reader, 'missing-quotes', span, [{ span, text: `"${raw}"` }]);
  return { kind: 'scalar', type: 'string', value: raw, raw, quoted: false, span };
}

function readBrackets(reader: Reader, open: '[' | '{'): Node {
  const start = reader.pos;
  if (reader.depth >= deepest) {
    reader.tooDeep = true;
    reader.pos = lineEnd(reader.text, start);
    return { kind: 'missing', span: { start, end: start } };
  }
  reader.depth += 1;
  const node = open === '[' ? readList(reader) : readTable(reader);
  reader.depth -= 1;
  return node;
}

function readList(reader: Reader): Node {
  const start = reader.pos;
  const items: Node[] = [];
  reader.pos += 1;
  let comma = true;
  let closed = false;
  while (skipBetween(reader, true)) {
    const char = at(reader);
    const here = reader.pos;
    closed = char === ']';
    if (closed || char === '}') break;
    if (/[,，、;]/.test(char)) {
      readComma(reader, comma);
      comma = true;
      continue;
    }
    if (!comma) missingComma(reader, items.at(-1)?.span.end ?? here);
    items.push(readValue(reader, true, here));
    comma = false;
  }
  const last = Math.max(start + 1, items.at(-1)?.span.end ?? 0);
  if (closed) reader.pos += 1;
  else lose(reader, 'unclosed-list', { start, end: start + 1 }, [insertion(last, ']')]);
  reader.flows.push({ start, slots: items.map(({ span }) => ({ span, parts: [], ids: [], chain: [] })) });
  return { kind: 'list', style: 'flow', items, span: { start, end: closed ? reader.pos : last } };
}

/** A comma, or what was written for one. */
function readComma(reader: Reader, surplus: boolean): void {
  const span = { start: reader.pos, end: reader.pos + 1 };
  const char = at(reader);
  if (surplus) flaw(reader, 'extra-comma', span, [{ span, text: '' }]);
  else if (char !== ',') flaw(reader, 'missing-comma', span, [{ span, text: ',' }]);
  reader.pos += 1;
}

function missingComma(reader: Reader, end: number): void {
  const word = matchAt(/[^ \t\r\n,\]}#]+/y, reader.text, reader.pos) ?? '';
  const span = { start: reader.pos, end: reader.pos + Math.max(1, word.length) };
  // Before what is no value, something else than a comma may be missing.
  const value = /^["'[{]/.test(word) || readToken(word) !== undefined || reader.braces > 0;
  lose(reader, 'missing-comma', span, value ? [insertion(end, ',')] : undefined);
}

const header =
  /[ \t]*\[\[?[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w-]*[ \t]*(?:\.[^\]\r\n]*)?\]\]?[ \t]*(?:#.*)?\r?$/my;
const pair =
  /[ \t]*(?:[\w-]+|"[^"\r\n]*"|'[^'\r\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\r\n]*"|'[^'\r\n]*'))*[ \t]*=/y;

/** Blanks, line breaks and comments between items. False at the end of the text and before a line that is a new statement. */
function skipBetween(reader: Reader, list: boolean): boolean {
  for (;;) {
    skipBlanks(reader, list ? /[ \t\r]+/y : /[ \t]+/y);
    const char = at(reader);
    if (char === '') return false;
    if (char === '#') {
      reader.lenient ||= !list;
      skipComment(reader);
    } else if (char === '\n' || (char === '\r' && !list)) {
      if (!list && reader.oneLine) return false;
      reader.lenient ||= !list;
      if (startsStatement(reader, list)) return false;
      reader.pos += 1;
    } else return true;
  }
}

function startsStatement(reader: Reader, list: boolean): boolean {
  if (at(reader) !== '\n') return false;
  const { text, pos } = reader;
  return matchAt(header, text, pos + 1) !== undefined || (list && matchAt(pair, text, pos + 1) !== undefined);
}

/** Over several lines first; where it does not close that way, again as one line. */
function readTable(reader: Reader): Node {
  const { pos, lost, muted, lenient, oneLine, problems, comments, flows } = reader;
  const before = [problems.length, comments.length, flows.length, reader.newer.length] as const;
  if (reader.braces > 0 || oneLine) return tryTable(reader).node;
  reader.oneLine = pos < reader.unclosedUntil;
  let { node, closed } = tryTable(reader);
  if (!closed && !reader.oneLine && reader.text.slice(pos, reader.pos).includes('\n')) {
    Object.assign(reader, { pos, lost, muted, lenient, oneLine: true, unclosedUntil: reader.pos });
    problems.length = before[0];
    comments.length = before[1];
    flows.length = before[2];
    reader.newer.length = before[3];
    ({ node, closed } = tryTable(reader));
  }
  reader.oneLine = oneLine;
  return node;
}

function tryTable(reader: Reader): { node: MapNode; closed: boolean } {
  const start = reader.pos;
  const table = newTable('flow');
  const slots: Way[] = [];
  reader.pos += 1;
  reader.braces += 1;
  let comma = true;
  let closed = false;
  while (skipBetween(reader, false)) {
    const char = at(reader);
    closed = char === '}';
    if (closed || char === ']') break;
    if (/[,，、;]/.test(char)) {
      readComma(reader, comma);
      comma = true;
      continue;
    }
    if (!comma) missingComma(reader, slots.at(-1)?.span.end ?? reader.pos);
    const slot = readSlot(reader, table);
    if (slot) slots.push(slot);
    comma = false;
  }
  reader.braces -= 1;
  const last = Math.max(start + 1, slots.at(-1)?.span.end ?? 0);
  if (closed) {
    reader.pos += 1;
    const spans = slots.map(({ span }) => span);
    if (!reader.lost) noteLooseTable(reader, { start, end: reader.pos }, spans, comma);
  } else lose(reader, 'unclosed-table', { start, end: start + 1 }, [insertion(last, ' }')]);
  reader.flows.push({ start, slots });
  return { node: finish(table, { start, end: closed ? reader.pos : last }), closed };
}

/** One `key = value` inside braces. */
function readSlot(reader: Reader, table: TableDraft): Way | undefined {
  const start = reader.pos;
  const parts = readKey(reader);
  if (parts.length === 0) {
    const skipped = trimEnd(take(reader, /[^,\]}#\r\n]+/y) ?? '');
    lose(reader, 'unexpected-text', { start, end: start + Math.max(1, skipped.length) });
    return undefined;
  }
  const value = readEquals(reader, parts, true)
    ? readValue(reader, true, start)
    : { kind: 'missing' as const, span: { start: reader.pos, end: reader.pos } };
  const span = { start, end: Math.max(value.span.end, parts.at(-1)?.span.end ?? 0) };
  const { ids, chain, clash } = assign(table, parts, value, span);
  clashed(reader, clash);
  skipBlanks(reader);
  return { parts, ids, chain, span, value };
}
