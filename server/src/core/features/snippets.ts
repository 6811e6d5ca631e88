// What completion writes behind a key, as a snippet (`$1`, `${2:text}`, `${3|a,b|}`), in the words of each format.

import type { Definition } from '../schema/definition.ts';
import { allowedValues } from '../schema/describe.ts';
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

/** The value of a key, with the blank or line break before it; `indent` is the column of the key, undefined in braces. */
export function valueSnippet(
  definition: Definition,
  format: Format,
  version: string,
  indent: string | undefined,
): string {
  const type = [definition.type ?? 'string'].flat()[0] ?? 'string';
  // Manifests' snippets are written as lines of YAML, which braces cannot hold.
  const lost = indent === undefined && definition.pointer.startsWith('k8s#');
  const own = lost ? undefined : definition['x-snippet'];
  const below = format === 'yaml' && indent !== undefined && (type === 'object' || type === 'array');
  if (own !== undefined) return below ? lines(own, indent) : ` ${own}`;
  if (below) return lines(type === 'array' ? `- ${item(definition.items, format, version)}` : '$1', indent);
  if (type === 'array') return ` [${item(definition.items, format, version)}]`;
  if (type === 'object') return format === 'toml' ? ' { $1 }' : ' {$1}';
  return ` ${item(definition, format, version)}`;
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
  const values = allowedValues(definition, version).map(({ value }) => literal(value, format));
  if (values.length > 1 && values.length <= 12 && values.every((value) => !/[,|]/.test(value))) {
    return choice(values);
  }
  const example = [definition?.default, ...(definition?.examples ?? [])].find(isScalar);
  if (type === 'integer' || type === 'number') return example === undefined ? '$1' : `\${1:${example}}`;
  if (type === 'object' || type === 'array') return '$1';
  const typed = example === undefined || example === '' ? '$1' : `\${1:${escapeSnippet(String(example))}}`;
  return format === 'yaml' ? typed : `"${typed}"`;
}

function choice(values: readonly string[]): string {
  return `\${1|${values.join(',')}|}`;
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
