// Asks @iarna/toml whether a text is TOML, so that our own reader neither cries wolf nor overlooks what it refuses.
// Where it differs from the engine's reader (BurntSushi/toml 1.6, Go), the engine wins; the differences are listed here.
/// <reference path="./iarna-toml.d.ts" />
import parseString from '@iarna/toml/parse-string.js';
import type { Reading } from './tomlRead.ts';
import { type TomlRelease, withoutTaken } from './tomlRelease.ts';
import { matchAt } from './tomlScalar.ts';
import type { Problem, Span } from './tree.ts';

/**
 * What the engine refuses and @iarna/toml lets pass: numbers beyond 64 bits (it wraps them round, or makes them endless),
 * days that no month has (it counts on into the next one), half a date, a carriage return on its own, and in brackets
 * numbers that end with `_`, a point or an exponent without digits; and a header for a table that two dotted keys led through.
 *
 * What the engine accepts and @iarna/toml refuses; `lenient` says that the reader met one, and nobody is asked:
 * - TOML 1.1: line breaks, comments and a last comma in inline tables, `\e` and `\xHH`, times without seconds;
 * - `t` and `z` in small letters in dates, offsets from UTC beyond a day, a date directly before `,`, `]` or `}`,
 *   a time without a date (it swallows the end of the line), and `0e1`;
 * - a carriage return at the end of a comment's line: such ends of line are handed over as a blank and a line feed;
 * - a byte order mark (Podman 5.8 takes it, 4.3 does not): it is taken off;
 * - names that are taken by tables which dotted keys or headers made on their way (tomlGo.ts).
 */
const refusedByEngine = new Set(['number-range', 'bad-date', 'bad-number']);

/** Names that @iarna/toml would look up on, and write into, every object of this process. */
const inherited =
  /__\w+__|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to(?:Locale)?String|valueOf/;

/** The problems that stand, or a carriage return on its own, which only the engine refuses. */
export function judge(text: string, reading: Reading, release: TomlRelease = 6): readonly Problem[] {
  const problems = standing(text, reading, release);
  const lone =
    problems.some(({ message }) => message !== 'list-overlooked') || reading.tooDeep
      ? -1
      : text.search(/\r(?!\n)/);
  return lone < 0 ? problems : [slip('control-char', { start: lone, end: lone + 1 })];
}

function slip(message: string, span: Span): Problem {
  return { code: 'toml-syntax', message, span, weight: { level: 'error', effect: 'refused' } };
}

/** The reader's where the text is refused, one of our own where only the judge saw it. */
function standing(text: string, reading: Reading, release: TomlRelease): readonly Problem[] {
  const { lenient, escapedKey, tooDeep } = reading;
  if (tooDeep) return [];
  const problems = withoutTaken(reading, release);
  const known = reading.problems.length > 0;
  if (lenient || (known && problems.length === 0) || escapedKey || inherited.test(text)) return problems;
  const refused = refusedAt(text);
  if (refused === undefined) {
    return problems.filter((one) => refusedByEngine.has(one.message) || reading.clashes.has(one));
  }
  if (problems.length > 0) return problems;
  const length = matchAt(/[^\s,\]}#]+/y, text, refused)?.length ?? 0;
  const span = { start: refused, end: Math.min(text.length, refused + Math.max(1, length)) };
  return [slip('refused', span)];
}

/** Where @iarna/toml stops, as an offset into `text`; undefined where it reads all of it. */
function refusedAt(text: string): number | undefined {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  try {
    parseString(text.slice(mark).replaceAll('\r\n', ' \n'));
    return undefined;
  } catch (error) {
    const pos = error instanceof Error && 'pos' in error && typeof error.pos === 'number' ? error.pos : 1;
    return Math.max(0, Math.min(text.length - 1, pos - 1 + mark));
  }
}
