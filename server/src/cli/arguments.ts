// Reads the arguments of the job commands. What a later version will know is refused in words, never ignored.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { localeFor, type WordId, word } from '../core/locale.ts';
import { type Io, languageOf } from './io.ts';

/** Thrown where the command is written wrongly: exit 2. */
export class UsageError extends Error {}

export type Say = (id: WordId, args?: Readonly<Record<string, string>>) => string;

/** The words of the tool in the language of its environment. */
export function wordsFor(io: Io): Say {
  const locale = localeFor(languageOf(io.env));
  return (id, args) => word(locale, id, args);
}

type Options = NonNullable<ParseArgsConfig['options']>;

const LATER = new Set([
  'stop',
  'pause',
  'incremental',
  'keep-last',
  'keep-daily',
  'keep-weekly',
  'keep-monthly',
]);

export interface Parsed {
  readonly words: readonly string[];
  text(option: string): string | undefined;
  has(option: string): boolean;
}

/** The words and options of a command. @throws UsageError */
export function readArguments(args: readonly string[], options: Options, say: Say): Parsed {
  for (const arg of args) {
    if (arg === '--') break;
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name !== undefined && LATER.has(name))
      throw new UsageError(say('cli-not-yet', { what: `--${name}` }));
    if (name !== undefined && options[name] === undefined)
      throw new UsageError(say('cli-unknown-option', { option: `--${name}` }));
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const later = [...positionals, ...Object.values(values)].find((value) =>
      String(value).startsWith('restic:'),
    );
    if (later !== undefined) throw new UsageError(say('cli-not-yet', { what: 'restic:' }));
    return {
      words: positionals,
      text: (option) => {
        const value = values[option];
        return typeof value === 'string' ? value : undefined;
      },
      has: (option) => values[option] === true,
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
