// Puts a unit and its drop-ins together, as systemd does, into the one command line that the service is started with. Pure:
// texts come in, files of variables are asked for.
import { basename } from 'node:path';
import { readEnvironment } from './environmentText.ts';
import { readUnit, type Value } from './unitText.ts';
import { filled, splitWords, type Variable, type Variables, variableIn } from './words.ts';

/** A unit or a drop-in. */
export interface UnitFile {
  /** As it is shown. */
  readonly path: string;
  readonly text: string;
}

/** A word of the command line as the program gets it. */
export interface CommandPart {
  readonly value: string;
  readonly file: string;
  readonly line: number;
  /** The written word that it comes from, an index into `written`. */
  readonly from: number;
  /** It comes out of a variable that may hold others, too. */
  readonly split: boolean;
}

export interface Command {
  /** The words as they are written, the program first. */
  readonly written: readonly string[];
  /** The program's path without systemd's marks before it. */
  readonly program: string;
  /** What it is given. */
  readonly given: readonly CommandPart[];
  /** The file that gives the command line. */
  readonly file: string;
}

/** The text of a file of variables, and how it is shown; undefined where it is not there or may not be looked at. */
export type ReadVariables = (path: string) => UnitFile | undefined;

interface Line {
  readonly file: string;
  readonly value: Value;
}

/** The command line of a unit with its drop-ins, in the order in which they count; undefined where there is none, or two, which systemd refuses. */
export function commandOf(files: readonly UnitFile[], read: ReadVariables): Command | undefined {
  const starts: Line[] = [];
  const variables: Line[] = [];
  const variableFiles: Line[] = [];
  const lists: Readonly<Record<string, Line[]>> = {
    ExecStart: starts,
    Environment: variables,
    EnvironmentFile: variableFiles,
  };
  for (const { path, text } of files) {
    for (const { section, key, value } of readUnit(text)) {
      const list = section === 'Service' ? lists[key] : undefined;
      // An empty value takes back what was said before.
      if (value.text === '') list?.splice(0);
      else list?.push({ file: path, value });
    }
  }
  const [start] = starts;
  if (start === undefined || starts.length > 1) return undefined;
  return commandIn(start, environment(variables, variableFiles, read));
}

/** Files win over what the unit says itself, later ones over earlier ones. */
function environment(
  said: readonly Line[],
  files: readonly Line[],
  read: ReadVariables,
): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>();
  for (const { file, value } of said) {
    for (const { value: word, start } of splitWords(value.text)) {
      const [, name, held] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
      if (name !== undefined) found.set(name, { value: held ?? '', file, line: value.lineAt(start) });
    }
  }
  for (const { value } of files) {
    const source = read(value.text.replace(/^-/, ''));
    for (const { name, ...one } of readEnvironment(source?.text ?? ''))
      found.set(name, { ...one, file: source?.path ?? '' });
  }
  return found;
}

function commandIn({ file, value }: Line, environment: Variables): Command | undefined {
  const [first, ...words] = splitWords(value.text);
  if (first === undefined) return undefined;
  const [, marks = '', program = ''] = /^([@:+!|-]*)(.*)$/s.exec(first.value) ?? [];
  const plain = marks.includes(':');
  const given = words.flatMap((word, index): CommandPart[] => {
    // With `@` the program is told another name for itself first.
    if (index === 0 && marks.includes('@')) return [];
    const place = { file, line: value.lineAt(word.start), from: index + 1, split: false };
    const name = plain ? undefined : variableIn(word);
    if (name === undefined)
      return [{ ...place, value: plain ? word.value : filled(word.value, environment) }];
    const variable = environment.get(name);
    if (variable === undefined) return [];
    const { file: source, line } = variable;
    const parts = splitWords(variable.value);
    return parts.map((part) => ({ ...place, value: part.value, file: source, line, split: true }));
  });
  return { written: [first, ...words].map(({ raw }) => raw), program, given, file };
}

/** The drop-ins that count: of one name the first folder's, then by name; what is empty counts, as systemd lets it hide others. */
export function inOrder(dropIns: readonly UnitFile[]): UnitFile[] {
  const byName = new Map<string, UnitFile>();
  for (const one of dropIns) {
    const name = basename(one.path);
    if (!byName.has(name)) byName.set(name, one);
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
