// What completion writes behind a key, as a snippet (`$1`, `${2:text}`, `${3|a,b|}`), in the words of each format.
import type { Definition } from '../schema/definition.ts';
import { allowedValues, exists, isDeprecated } from '../schema/describe.ts';
import { members } from '../schema/load.ts';
import type { Format } from '../syntax/tree.ts';

/** A literal as a format writes it. */
export function literal(value: string | number | boolean, format: Format): string {
  if (typeof value !== 'string') return String(value);
  const plain = /^[A-Za-z/][\w./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return format === 'yaml' && plain ? value : JSON.stringify(value);
}

/** A text as part of a snippet, taken as it stands. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The same without stops, for editors that know no snippets. */
export function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}])*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}

/** Snippets that are written one after another: each one's stops go on from the last. */
export function renumbered(snippets: readonly string[]): string[] {
  let used = 0;
  return snippets.map((snippet) => {
    const from = used;
    return snippet.replace(/(?<!\\)(\$\{?)(\d+)/g, (_, dollar: string, stop: string) => {
      used = Math.max(used, from + Number(stop));
      return dollar + String(from + Number(stop));
    });
  });
}

/** How what is written may be laid out. */
export interface Layout {
  /** Column of the key or line that it stands on; undefined in braces of YAML and TOML, where lines cannot be broken. */
  readonly indent?: string;
  /** In JSON: one step of indentation, where there is room for lines. */
  readonly unit?: string;
}

/** The value of a key, with the blank or line break before it. */
export function valueSnippet(
  definition: Definition,
  format: Format,
  version: string,
  { indent, unit }: Layout,
): string {
  const type = [definition.type ?? 'string'].flat()[0] ?? 'string';
  // Manifests' snippets are written as lines of YAML, which braces cannot hold.
  const lost = (indent === undefined || format === 'json') && definition.pointer.startsWith('k8s#');
  const snippet = definition['x-snippet'];
  const own = lost || snippet === undefined ? undefined : forVersion(snippet, definition, version);
  const below = format === 'yaml' && indent !== undefined && (type === 'object' || type === 'array');
  if (own !== undefined) return below ? lines(own, indent) : ` ${laidOut(own, indent, unit)}`;
  if (below) return lines(type === 'array' ? `- ${item(definition.items, format, version)}` : '$1', indent);
  if (type === 'array') return ` [${item(definition.items, format, version)}]`;
  if (type === 'object') return format === 'toml' ? ' { $1 }' : ' {$1}';
  return ` ${item(definition, format, version)}`;
}

/** JSON of several lines, two blanks a level, as it stands at its place: on lines of its own, or on one. */
export function laidOut(json: string, indent = '', unit?: string): string {
  if (unit === undefined) return json.replaceAll(/\n */g, ' ');
  return json
    .split('\n')
    .map((line, index) => {
      const blanks = line.match(/^ */)?.[0].length ?? 0;
      return index === 0 ? line : indent + unit.repeat(blanks / 2) + line.slice(blanks);
    })
    .join('\n');
}

/** A snippet of JSON in names that the version has: a name that is younger gives way to the one that it replaced, or is no choice. */
export function forVersion(snippet: string, definition: Definition, version: string): string {
  const has = (name: string) => exists(holderOf(definition, name)?.properties?.[name] ?? {}, version);
  const older = (name: string) =>
    members(holderOf(definition, name)).find(
      ([, one]) => one['x-replaced-by'] === name && exists(one, version),
    )?.[0] ?? name;
  return snippet
    .replaceAll(/"([\w-]+)":/g, (whole, name: string) => (has(name) ? whole : `"${older(name)}":`))
    .replaceAll(/\|([\w,-]+)\|\}":/g, (_, names: string) => `|${names.split(',').filter(has).join(',')}|}":`);
}

/** The definition at or below one that has a member of this name. */
function holderOf(definition: Definition | undefined, name: string): Definition | undefined {
  if (definition === undefined) return undefined;
  if (Object.hasOwn(definition.properties ?? {}, name)) return definition;
  const below = [definition.items, ...members(definition).map(([, member]) => member)];
  return below.map((one) => holderOf(one, name)).find((found) => found !== undefined);
}

/** What follows the `=` of a pair: the values that are known, else an example or the default in a place to type. */
export function pairValue(definition: Definition, version: string): string {
  const values = allowedValues(definition, version).map(({ value }) => String(value));
  if (values.length > 1 && values.every((value) => !/[,|]/.test(value))) return choice(values);
  const given = [...values, definition.default, ...(definition.examples ?? [])].find(isScalar);
  return given === undefined ? '$1' : `\${1:${escapeSnippet(String(given))}}`;
}

function lines(snippet: string, indent: string): string {
  return ['', ...snippet.split('\n')].join(`\n${indent}  `);
}

/** A scalar: a choice where the values are known, else a place to type, with the default or an example in it. */
function item(definition: Definition | undefined, format: Format, version: string): string {
  const type = [definition?.type ?? 'string'].flat()[0];
  if (type === 'boolean') return choice(definition?.default === true ? ['false', 'true'] : ['true', 'false']);
  const listed = allowedValues(definition, version)
    .filter((value) => !isDeprecated(value, version))
    .map(({ value }) => value);
  const texts = definition?.format === 'go-bool' && listed.length === 0 ? ['true', 'false'] : listed;
  const values = texts.map((value) => literal(value, format));
  if (values.length > 1 && values.length <= 12 && values.every((value) => !/[,|]/.test(value))) {
    return choice(values);
  }
  const example = [definition?.default, ...(definition?.examples ?? [])].find(isScalar);
  // In TOML a key cannot stand without a value.
  const number = example ?? (format === 'toml' ? (definition?.minimum ?? 0) : undefined);
  if (type === 'integer' || type === 'number') return number === undefined ? '$1' : `\${1:${number}}`;
  if (type === 'object' || type === 'array') return '$1';
  const typed = example === undefined || example === '' ? '$1' : `\${1:${escapeSnippet(String(example))}}`;
  // Without quotes YAML would not take it for a text.
  const isOther = definition?.format === 'integer' || otherThanText.test(String(example ?? ''));
  return format === 'yaml' && !isOther ? typed : `"${typed}"`;
}

const otherThanText = /^(?:[-+]?\.?\d[\d._]*|true|false|null|~|yes|no|on|off|y|n|[[{*&!%@`'"].*)$/i;

function choice(values: readonly string[]): string {
  return `\${1|${values.join(',')}|}`;
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
