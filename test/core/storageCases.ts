// Small storage.conf files for real loaders and us to judge: some written by hand (storage-files.txt), every key with a value
// of every type, and files that chance put together from the schema. The same seed draws the same files.
import { readFileSync } from 'node:fs';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { definitionAt, members } from '../../server/src/core/schema/load.ts';
import { picker } from '../support/random.ts';

export interface StorageCase {
  /** What it is about: a key, a headline of storage-files.txt, `drawn` for what chance put together. */
  readonly about: string;
  readonly text: string;
}

/** Where every version keeps its state when it is told nothing; what no version before 1.46 goes without. */
const roots = 'runroot = "/run/containers/storage"\ngraphroot = "/var/lib/containers/storage"\n';

/**
 * The files of storage-files.txt: each under a line `=== what it is about`. A line `ROOTS` stands for the two folders, and
 * escapes of JSON between « » for what an editor would hide or change.
 */
export function handMade(): StorageCase[] {
  const all = readFileSync(new URL('storage-files.txt', import.meta.url), 'utf8');
  return all
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const text = part
        .slice(end + 1)
        .replaceAll('ROOTS\n', roots)
        .replaceAll(/«([^»]*)»\n?/g, (_, escapes) => JSON.parse(`"${escapes}"`));
      return { about: part.slice(0, end), text };
    });
}

export interface Place {
  readonly path: readonly string[];
  readonly definition: Definition;
}

/** Every key of the schema, tables included. */
export function places(): Place[] {
  return below(definitionAt('storage#'), []);
}

function below(definition: Definition | undefined, path: readonly string[]): Place[] {
  return members(definition).flatMap(([name, member]) => {
    const here = [...path, name];
    return [{ path: here, definition: member }, ...below(member, here)];
  });
}

/** A value of each type that TOML has. */
const typed = [
  '"x"',
  '""',
  '1',
  '0',
  'true',
  '1.5',
  '2024-05-06',
  '07:32:00',
  '[]',
  '["x"]',
  '[1]',
  '{}',
  '{ a = 1 }',
];

/** Every key with a value of every type. */
export function everyType(): StorageCase[] {
  return places().flatMap(({ path }) =>
    typed.map((value) => ({ about: path.at(-1) ?? '', text: file(path, value) })),
  );
}

/** A file that is right but for what one key, or table, is set to. */
function file(path: readonly string[], value: string): string {
  const name = path.at(-1) ?? '';
  const own = `${name} = ${value}\n`;
  if (path.length === 1) return own;
  const driver = name === 'driver' ? '' : 'driver = "vfs"\n';
  const others = roots
    .split('\n')
    .filter((line) => !line.startsWith(`${name} `) || path.length > 2)
    .join('\n');
  if (path.length === 2) return `[storage]\n${driver}${others}${own}`;
  return `[storage]\n${driver}${others}[${path.slice(0, -1).join('.')}]\n${own}`;
}

/** What a key may be set to by chance: its own examples, and what is right or odd for its type. */
const odd =
  '"" "x" "true" "yes" "1" "T" "0755" "10G" "-1" "/tmp/store" "~/x" "$HOME/x" "vfs" "overlay" 0 1 -1 4294967295 4294967296 9223372036854775808 0o755 0x1F 1_000 1.0 inf true false 1979-05-27T07:32:00Z [] ["a"] ["/tmp/store"] [["a"]] ["a",1] [{append=true}] {} {a="b"} {append=true}'.split(
    ' ',
  );

/** As many files as asked for: two to five keys each, the tables written in one way or another. */
export function drawn(seed: number, count: number): StorageCase[] {
  const { pick, chance } = picker(seed);
  const all = places().filter(({ path }) => path.length > 1);
  const oneKey = (): [string[], string] => {
    const { path, definition } = pick(all);
    const spelt = chance(0.08) ? path.map((step) => (chance(0.5) ? step.toUpperCase() : step)) : [...path];
    if (chance(0.1)) spelt.splice(spelt.length - 1, 1, pick(['nope', 'Size', 'over lay', 'graph_root', '']));
    if (chance(0.1)) spelt.splice(Math.max(0, spelt.length - 2), 1);
    return [spelt, chance(0.5) ? pick(odd) : right(definition, pick)];
  };
  return Array.from({ length: count }, () => {
    const keys = Array.from({ length: 1 + Math.floor(pick([0, 1, 2, 3])) }, oneKey);
    const driver = pick(['driver = "vfs"\n', 'driver = "vfs"\n', 'driver = "overlay"\n', '']);
    const texts = keys.map(([path, value]) =>
      written(path, value, pick(['header', 'header', 'dotted', 'inline'])),
    );
    return { about: 'drawn', text: `[storage]\n${driver}${roots}${texts.join('')}` };
  });
}

function right({ type, 'x-values': values }: Definition, pick: <T>(from: readonly T[]) => T): string {
  if (values !== undefined && values.length > 0) return JSON.stringify(pick(values).value);
  const kind = [type ?? 'string'].flat()[0];
  if (kind === 'object') return '{}';
  if (kind === 'array') return pick(['[]', '["/tmp/store"]']);
  if (kind === 'boolean') return pick(['true', 'false']);
  return kind === 'integer' ? pick(['0', '1024', '65536']) : pick(['"x"', '"true"', '"/tmp/store"', '""']);
}

/** A key under a header of its table; as one line at the end of [storage], or of what stands before; or in braces. */
function written(path: readonly string[], value: string, style: string): string {
  const names = path.map((name) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name)));
  const [last = '""', ...table] = [...names].reverse();
  const header = table.reverse();
  if (header.length === 0) return `[${last}]\nx = ${value}\n`;
  if (style === 'dotted' && header.length > 1)
    return `[${header[0]}]\n${[...header.slice(1), last].join('.')} = ${value}\n`;
  if (style === 'inline' && header.length > 2)
    return `[${header.slice(0, -1).join('.')}]\n${header.at(-1)} = { ${last} = ${value} }\n`;
  return `[${header.join('.')}]\n${last} = ${value}\n`;
}
