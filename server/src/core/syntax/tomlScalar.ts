// Single TOML values out of a text: the four kinds of strings, and what a bare token means. Knows nothing of lines
// or tables. Strings that never close end with their line, so that what follows is still read.
import type { ScalarType, Span, TextEdit } from './tree.ts';

/** What is wrong with a value: a message id of `toml-syntax` and its place. */
export interface Fault {
  readonly id: string;
  readonly span: Span;
  readonly edits?: readonly TextEdit[];
}

export interface StringRead {
  readonly end: number;
  readonly value: string;
  readonly fault?: Fault;
  /** The string does not close. */
  readonly unclosed: boolean;
  /** The escapes that TOML 1.1 added, written as TOML 1.0 has them. */
  readonly newer: readonly TextEdit[];
}

export interface TokenRead {
  readonly type: ScalarType;
  readonly value: string | number | bigint | boolean;
  /** Valid, though @iarna/toml refuses it. */
  readonly lenient?: true;
  /** How many letters are before the seconds that TOML 1.0 wants. */
  readonly secondsAt?: number;
  /** Has the form but not the range: a message id. */
  readonly fault?: 'number-range' | 'bad-date';
}

const simpleEscapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads the string that opens at `start`; `multiline` false where a key stands, which may not be `"""`. */
export function readString(text: string, start: number, multiline = true): StringRead {
  const quote = text.charAt(start);
  const triple = multiline && text.startsWith(quote.repeat(3), start);
  const state: StringState = {
    text,
    start,
    quote,
    triple,
    pos: triple ? afterFirstNewline(text, start + 3) : start + 1,
    value: '',
    newer: [],
    edits: [],
  };
  while (state.pos < text.length) {
    const char = text.charAt(state.pos);
    if (char === quote) {
      if (closes(state)) return done(state, false);
    } else if (char === '\\' && quote === '"') readEscape(state);
    else if (!triple && (char === '\n' || char === '\r')) return done(state, true);
    else {
      if (isControl(char)) {
        state.fault ??= { id: 'control-char', span: { start: state.pos, end: state.pos + 1 } };
      }
      state.value += char;
      state.pos += 1;
    }
  }
  return done(state, true);
}

interface StringState {
  readonly text: string;
  readonly start: number;
  readonly quote: string;
  readonly triple: boolean;
  readonly edits: TextEdit[];
  readonly newer: TextEdit[];
  pos: number;
  value: string;
  fault?: Fault;
}

/** Consumes the closing quotes; up to two quotes before `"""` belong to the text. */
function closes(state: StringState): boolean {
  const { text, quote, triple } = state;
  if (!triple) {
    state.pos += 1;
    return true;
  }
  let end = state.pos;
  while (end - state.pos < 5 && text.charAt(end) === quote) end += 1;
  const length = end - state.pos;
  state.pos = end;
  state.value += quote.repeat(length < 3 ? length : length - 3);
  return length >= 3;
}

function readEscape(state: StringState): void {
  const { text, pos } = state;
  const letter = text.charAt(pos + 1);
  const simple = simpleEscapes[letter];
  if (simple !== undefined) {
    if (letter === 'e') state.newer.push({ span: { start: pos, end: pos + 2 }, text: '\\u001b' });
    state.value += simple;
    state.pos = pos + 2;
    return;
  }
  const folded = state.triple ? matchAt(/[ \t]*[\r\n][ \t\r\n]*/y, text, pos + 1) : undefined;
  if (folded !== undefined) {
    state.pos = pos + 1 + folded.length;
    return;
  }
  const size = hexDigits[letter];
  const hex = size === undefined ? '' : text.slice(pos + 2, pos + 2 + size);
  const code = hex.length === size && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : -1;
  if (code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
    if (letter === 'x') state.newer.push({ span: { start: pos, end: pos + 4 }, text: `\\u00${hex}` });
    state.value += String.fromCodePoint(code);
    state.pos = pos + 2 + hex.length;
    return;
  }
  state.edits.push({ span: { start: pos, end: pos }, text: '\\' });
  state.fault ??= { id: 'bad-escape', span: { start: pos, end: Math.min(pos + 2, text.length) } };
  state.value += '\\';
  state.pos = pos + 1;
}

function done(state: StringState, unclosed: boolean): StringRead {
  const { text, start, quote, newer, triple } = state;
  if (unclosed && triple) {
    // Where it was meant to end cannot be known: its first line is taken.
    const end = lineEnd(text, start);
    const fault = { id: 'unclosed-multiline', span: { start, end: start + 3 } };
    return { end, value: text.slice(Math.min(start + 3, end), end), fault, unclosed, newer };
  }
  if (unclosed) return { end: state.pos, value: state.value, fault: unclosedString(state), unclosed, newer };
  const escapes = state.fault?.id === 'bad-escape' && quote === '"' ? { edits: state.edits } : {};
  return {
    end: state.pos,
    value: state.value,
    unclosed,
    newer,
    ...(state.fault && { fault: { ...state.fault, ...escapes } }),
  };
}

function unclosedString({ text, start, pos, quote }: StringState): Fault {
  const written = trimEnd(text.slice(start, pos));
  const end = start + written.length;
  // Behind a `#`, a comma or a bracket it is not certain where the string was meant to end.
  const plain = /^.[^#,\]}[{'"\\]*$/.test(written);
  return {
    id: 'unclosed-string',
    span: { start, end },
    ...(plain && { edits: [{ span: { start: end, end }, text: quote }] }),
  };
}

function afterFirstNewline(text: string, pos: number): number {
  return pos + (matchAt(/\r?\n/y, text, pos)?.length ?? 0);
}

/** What `pattern` (sticky) matches at `pos`. */
export function matchAt(pattern: RegExp, text: string, pos: number): string | undefined {
  pattern.lastIndex = pos;
  return pattern.exec(text)?.[0];
}

/** Where the line that holds `pos` ends, before its line break. */
export function lineEnd(text: string, pos: number): number {
  const at = text.indexOf('\n', pos);
  const end = at < 0 ? text.length : at;
  return end > pos && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** Without the blanks at its end; other space characters are no blanks in TOML. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}

export function isControl(char: string): boolean {
  const code = char.charCodeAt(0);
  return code === 0x7f || (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d);
}

const decimal = /^[+-]?(?:0|[1-9](?:_?\d)*)$/;
const based = /^0(?:x[\da-fA-F](?:_?[\da-fA-F])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const float = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const date = /^(\d{4})-(\d\d)-(\d\d)$/;
const time = /^(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:[Zz]|[+-](\d\d):(\d\d))?$/;
const largest = 2n ** 63n;

/** The value that an unquoted token stands for, or undefined where it is none. */
export function readToken(token: string): TokenRead | undefined {
  if (token === 'true' || token === 'false') return { type: 'boolean', value: token === 'true' };
  if (/^[+-]?(?:inf|nan)$/.test(token)) {
    const size = token.endsWith('inf') ? Number.POSITIVE_INFINITY : Number.NaN;
    return { type: 'float', value: token.startsWith('-') ? -size : size };
  }
  if (decimal.test(token) || based.test(token)) return readInteger(token);
  if (float.test(token)) {
    const value = Number(token.replaceAll('_', ''));
    const fits = Number.isFinite(value) ? {} : { fault: 'number-range' as const };
    return { type: 'float', value, ...(/^0[eE]/.test(token) && { lenient: true }), ...fits };
  }
  return readDatetime(token);
}

/** Go keeps integers in 64 bits and refuses what is larger. */
function readInteger(token: string): TokenRead {
  const digits = token.replaceAll('_', '').replace(/^[+-]/, '');
  const size = BigInt(digits);
  const value = token.startsWith('-') ? -size : size;
  const fits = value < largest && value >= -largest;
  const small = value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
  return { type: 'integer', value: small ? Number(value) : value, ...(!fits && { fault: 'number-range' }) };
}

function readDatetime(token: string): TokenRead | undefined {
  const [day, clock] = date.test(token.slice(0, 10))
    ? [token.slice(0, 10), token.slice(10)]
    : [undefined, token];
  if (day !== undefined && clock !== '' && !/^[Tt ]/.test(clock)) return undefined;
  const hours = day === undefined ? clock : clock.slice(1);
  const parts = hours === '' ? undefined : time.exec(hours);
  if (parts === null || (parts === undefined && (day === undefined || clock !== ''))) return undefined;
  if (day === undefined && /[Zz+-]/.test(hours)) return undefined;
  const strict =
    /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/.test(token);
  const valid = isDay(day) && isClock(parts);
  return {
    type: 'datetime',
    value: token,
    ...(!strict && { lenient: true }),
    ...(parts && parts[3] === undefined && { secondsAt: token.indexOf(':') + 3 }),
    ...(!valid && { fault: 'bad-date' }),
  };
}

function isDay(day: string | undefined): boolean {
  const parts = day === undefined ? undefined : date.exec(day);
  if (!parts) return day === undefined;
  const [year, month, of] = parts.slice(1).map(Number);
  if (year === undefined || month === undefined || of === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && of >= 1 && of <= days;
}

function isClock(parts: RegExpExecArray | undefined): boolean {
  if (parts === undefined) return true;
  const [hour = 0, minute = 0, second = 0, east = 0, more = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  // Go takes offsets of 24 hours and of 60 minutes.
  return hour < 24 && minute < 60 && second < 60 && east <= 24 && more <= 60;
}
