// Reads the flags in the words that dockerd is started with, as its own parser does (spf13/pflag). Pure.
import type { DaemonFlag } from '../core/finding.ts';
import type { Definition } from '../core/schema/definition.ts';
import { members, schemas } from '../core/schema/load.ts';

/** A word of the command line, and where it is written. */
export interface PlacedWord {
  readonly value: string;
  readonly file: string;
  readonly line: number;
}

export interface ReadFlag extends DaemonFlag {
  /** Indexes of the words that it takes up: one, or two where its value stands apart. */
  readonly words: readonly number[];
}

/** Flags of one letter, all that dockerd has or had (daemon/command/config.go, docker 20.10 to 29.7). */
const letters: Readonly<Record<string, string>> = {
  H: 'host',
  s: 'storage-driver',
  g: 'graph',
  l: 'log-level',
  G: 'group',
  b: 'bridge',
  p: 'pidfile',
  D: 'debug',
  h: 'help',
  v: 'version',
};

/** Flags that stand for no key and take no value. */
const switches = ['help', 'version', 'validate', 'daemon'];

/** The flags among the words behind the program's name. */
export function readFlags(words: readonly PlacedWord[]): ReadFlag[] {
  const found: ReadFlag[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined || word.value === '--') break;
    for (const { name, value } of flagsIn(word.value)) {
      const next = words[index + 1];
      const apart = value === undefined && !isSwitch(name) && next !== undefined;
      const taken = apart ? [index, index + 1] : [index];
      if (apart) index++;
      const { file, line } = word;
      found.push({ name, value: value ?? (apart ? next.value : 'true'), file, line, words: taken });
    }
  }
  return found;
}

interface Written {
  readonly name: string;
  /** Undefined where none is written in the word itself. */
  readonly value: string | undefined;
}

/** `--name`, `--name=value`, or letters behind one dash: switches and at most one flag with its value (`-DHfd://`). */
function flagsIn(word: string): Written[] {
  const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
  if (long !== null) return [{ name: long[1] ?? '', value: long[2] }];
  if (!/^-[^-]/.test(word)) return [];
  const found: Written[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = letters[word.charAt(at)];
    if (name === undefined) return found;
    const rest = word.slice(at + 1);
    if (rest.startsWith('=')) return [...found, { name, value: rest.slice(1) }];
    if (!isSwitch(name)) return [...found, { name, value: rest === '' ? undefined : rest }];
    found.push({ name, value: undefined });
  }
  return found;
}

let known: ReadonlySet<string> | undefined;

/** Whether a flag stands for a boolean: it takes no word behind it. */
function isSwitch(name: string): boolean {
  known ??= new Set([...switches, ...booleans()]);
  return known.has(name);
}

function booleans(): string[] {
  const isBoolean = ({ type, 'x-flag': flag }: Definition) => type === 'boolean' && flag !== undefined;
  return members(schemas.daemon.roots[''])
    .filter(([, definition]) => isBoolean(definition))
    .map(([, definition]) => String(definition['x-flag']).replace(/^--/, ''));
}
