// Judges one file, in this thread or as a worker: reads it, recognises it, mends it where that is asked for.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { mayHaveBeside, readBeside } from '../beside/read.ts';
import { analyze } from '../core/analyze.ts';
import { fixAll } from '../core/features/fixes.ts';
import type { Effect, Facts, FileKind, Level, Settings } from '../core/finding.ts';
import { findingText, localeFor, word } from '../core/locale.ts';
import { recognise } from '../core/recognise.ts';
import { ruleHref } from '../core/ruleHref.ts';
import { rules } from '../core/rules/index.generated.ts';
import { replaceFile } from './replaceFile.ts';

/** A finding as `--format json` prints it: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface Reported {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly level: Level;
  readonly code: string;
  readonly message: string;
  readonly href: string;
  readonly effect: Effect;
  /** The engine and version that it holds for. */
  readonly engine: string;
  readonly fix: 'safe' | 'suggestion' | 'none';
}

export interface Judging {
  readonly settings: Settings;
  readonly fix: boolean;
  /** Forces a family, of files that were named themselves: a folder holds others too. */
  readonly kind?: FileKind;
  /** Language of the messages. */
  readonly lang?: string;
}

export type Verdict =
  | {
      readonly file: string;
      readonly findings: readonly Reported[];
      readonly faults: readonly string[];
      /** Lines about files around it. */
      readonly notes: readonly string[];
    }
  | { readonly file: string; readonly notOurs: true }
  | { readonly file: string; readonly unreadable: 'too-large' | 'binary' | 'utf-16' }
  | { readonly file: string; readonly error: string };

/** Larger files are none of ours, bytes. */
const largest = 5_000_000;
const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** Reads and judges a file. Never throws: what cannot be read is a verdict too. `kind` of `judging` counts only where the file is `named`. */
export function judgeFile(file: string, { kind: forced, ...rest }: Judging, named: boolean): Verdict {
  const judging = { ...rest, ...(named && forced && { kind: forced }) };
  try {
    if (!statSync(file).isFile()) return { file, notOurs: true };
    // A file that its path makes ours must hold a text; any other that holds none is somebody else's.
    const ours = judging.kind !== undefined || recognise(resolve(file), '') !== undefined;
    if (statSync(file).size > largest)
      return ours ? { file, unreadable: 'too-large' } : { file, notOurs: true };
    const bytes = readFileSync(file);
    const encoding = encodingOf(bytes);
    const text = decode(bytes, encoding);
    if (text === undefined) return ours ? { file, unreadable: 'binary' } : { file, notOurs: true };
    const kind = judging.kind ?? recognise(resolve(file), text);
    if (kind?.format === 'toml' && encoding !== 'utf-8') return { file, unreadable: 'utf-16' };
    const around = surroundings(file, judging.lang);
    const verdict = judgeText(file, text, judging, around);
    if (verdict.mended === undefined) return verdict;
    replaceFile(realpathSync(file), encode(verdict.mended, encoding));
    return judgeText(file, verdict.mended, { ...judging, fix: false }, around);
  } catch (error) {
    return { file, error: error instanceof Error ? error.message : String(error) };
  }
}

interface Around {
  readonly facts: Facts;
  readonly notes: readonly string[];
}

/** What files near this one say; their paths are shown as its own is. */
function surroundings(file: string, lang: string | undefined): Around {
  if (!mayHaveBeside(file)) return { facts: {}, notes: [] };
  const notes: string[] = [];
  const shown = (path: string) => (isAbsolute(file) ? path : relative('.', path));
  const passedOver = (path: string) =>
    notes.push(word(localeFor(lang), 'cli-docker-version-bad', { file: shown(path) }));
  return { facts: { beside: readBeside(resolve(file), { shown, passedOver }) }, notes };
}

/** Judges a text; `mended` where a safe fix changed it. */
export function judgeText(
  file: string,
  text: string,
  { settings, fix, kind: forced, lang }: Judging,
  { facts, notes }: Around = { facts: {}, notes: [] },
): Exclude<Verdict, { error: string } | { unreadable: string }> & { readonly mended?: string } {
  const kind = forced ?? recognise(file === '-' ? file : resolve(file), text);
  if (kind === undefined) return { file, notOurs: true };
  const mended = fix ? fixAll(text, kind, facts, settings) : text;
  if (mended !== text) return { file, findings: [], faults: [], notes, mended };
  const { findings, faults } = analyze(text, kind, facts, settings);
  const position = positions(text);
  const locale = localeFor(lang);
  return {
    file,
    notes,
    faults: faults.map(
      ({ rule, error }) => `${rule}: ${error instanceof Error ? error.stack : String(error)}`,
    ),
    findings: findings.map((finding) => {
      const { span, level, code, message, effect, fixes, engine } = finding;
      const [line, column] = position(span.start);
      const [endLine, endColumn] = position(span.end);
      const rule = byId.get(code);
      return {
        file,
        line,
        column,
        endLine,
        endColumn,
        level,
        code,
        message: rule === undefined ? message.id : findingText(locale, rule, finding),
        href: ruleHref(code, locale),
        effect,
        engine,
        fix: fixes.some(({ kind: sort }) => sort === 'safe')
          ? 'safe'
          : fixes.length > 0
            ? 'suggestion'
            : 'none',
      };
    }),
  };
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A mark of UTF-16 at the beginning is obeyed. */
function encodingOf(bytes: Buffer): Encoding {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
}

/** The text of a file with its mark, if it has one; undefined where it is binary. */
function decode(bytes: Buffer, encoding: Encoding): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A mended file stays in the encoding that it had. */
function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

/** Line and column of an offset, both from 1; a byte order mark is no column, as in editors. */
function positions(text: string): (offset: number) => [number, number] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, Math.max(0, offset - (starts[low] ?? 0)) + 1];
  };
}

/** What a worker is given. */
export interface Share {
  readonly files: readonly string[];
  readonly named: ReadonlySet<string>;
  readonly judging: Judging;
}

/** What a worker does: judges the files that it was started with. */
export function serveChecks(): void {
  const { files, judging, named } = workerData as Share;
  parentPort?.postMessage(files.map((file) => judgeFile(file, judging, named.has(file))));
}
