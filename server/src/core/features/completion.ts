// Keys, values and table headers that may stand at the cursor, with their documentation. Reads schemas and the binding only.
import type { Analysis } from '../analyze.ts';
import { type Locale, word } from '../locale.ts';
import type { Definition } from '../schema/definition.ts';
import { allowedValues, describe, describeValue, exists, schemaText } from '../schema/describe.ts';
import { members, schemas } from '../schema/load.ts';
import { versionOf } from '../schema/versions.ts';
import { type Format, get, type Span, text } from '../syntax/tree.ts';
import type { HeaderPlace, KeyPlace, Place, ValuePlace } from './place.ts';
import { placeInJson } from './placeJson.ts';
import { placeInToml } from './placeToml.ts';
import { placeInYaml } from './placeYaml.ts';
import { escapeSnippet, isScalar, literal, pairValue, valueSnippet } from './snippets.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'table';
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly replace: Span;
  /** A snippet; every line has its whole indentation. */
  readonly insert: string;
  /** What is compared with the text that is replaced. */
  readonly filter: string;
  readonly deprecated: boolean;
  /** Order among the others. */
  readonly sort: string;
}

const places: Readonly<
  Record<Format, (text: string, analysis: Analysis, offset: number) => Place | undefined>
> = {
  json: placeInJson,
  toml: placeInToml,
  yaml: placeInYaml,
};

/** What may stand at an offset; empty where nothing is known. */
export function complete(source: string, analysis: Analysis, offset: number, locale?: Locale): Completion[] {
  const place = places[analysis.kind.format](source, analysis, offset);
  if (place?.kind === 'key') return keys(source, analysis, place, locale);
  if (place?.kind === 'value') return values(source, analysis, place, locale);
  return place === undefined ? [] : headers(analysis, place, locale);
}

function keys(source: string, analysis: Analysis, place: KeyPlace, locale: Locale | undefined): Completion[] {
  const { kind, versions } = analysis;
  const version = versions[versionOf[kind.family]];
  const required = new Set(place.of?.required ?? []);
  return members(place.of)
    .filter(([name, member]) => isOffered(analysis, member) && !place.present.has(name))
    .filter(
      ([, member]) =>
        kind.format !== 'toml' || member.properties === undefined || member['x-snippet'] !== undefined,
    )
    .map(([name, member]) => ({
      label: name,
      kind: 'key',
      ...detail(schemaText(locale, member)),
      documentation: describe(member, kind.family, versions, locale, name),
      replace: place.replace,
      insert: keyText(source, name, member, place, kind.format, version),
      filter: quoted(source, place.replace) ? JSON.stringify(name) : name,
      deprecated: isDeprecated(member, version),
      sort: `${required.has(name) ? 0 : isDeprecated(member, version) ? 2 : 1}${name}`,
    }));
}

function keyText(
  source: string,
  name: string,
  member: Definition,
  { named, replace, indent, flow, part }: KeyPlace,
  format: Format,
  version: string,
): string {
  if (part === true) return escapeSnippet(name) + (named ? '' : `=${pairValue(member, version)}`);
  const key = escapeSnippet(format === 'json' ? JSON.stringify(name) : name);
  if (named) return key;
  const value = valueSnippet(member, format, version, flow === true ? undefined : indent);
  if (format === 'toml') return `${key} =${value}`;
  // In JSON the next member wants a comma before it.
  const comma = format === 'json' && /^\s*"/.test(source.slice(replace.end)) ? ',' : '';
  return `${key}:${value}${comma}`;
}

function values(
  source: string,
  analysis: Analysis,
  place: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const { kind, versions } = analysis;
  const version = versions[versionOf[kind.family]];
  const { of } = place;
  if (of === undefined) return [];
  if (of['x-pair'] === true && place.part === undefined) return pairs(analysis, of, place, locale);
  const listed = allowedValues(of, version, versions.platform);
  const make = (value: string | number | boolean, order: number, rest: Partial<Completion>): Completion => {
    const written = place.part === true ? String(value) : literal(value, kind.format);
    return {
      label: String(value),
      kind: 'value',
      replace: place.replace,
      insert: `${place.before}${escapeSnippet(written)}`,
      filter: quoted(source, place.replace) ? JSON.stringify(String(value)) : String(value),
      deprecated: false,
      sort: String(order).padStart(3, '0'),
      ...rest,
    };
  };
  const known = listed.map((value, order) =>
    make(value.value, order, {
      ...detail(value.description),
      documentation: describeValue(value, of, kind.family, versions, locale),
      deprecated: isDeprecated(value, version),
    }),
  );
  const more = [...plainValues(of, kind.family === 'k8s' ? of.pointer : undefined)].filter(
    (value) => !listed.some((one) => one.value === value),
  );
  const note = { documentation: describe(of, kind.family, versions, locale) };
  return [
    ...known,
    ...more.map((value, order) =>
      make(value, known.length + order, {
        ...note,
        ...(value === of.default ? { detail: word(locale, 'default') } : {}),
      }),
    ),
  ];
}

/** Whole strings of the form `name=value`. */
function pairs(
  analysis: Analysis,
  of: Definition,
  { replace, before }: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const { kind, versions } = analysis;
  const version = versions[versionOf[kind.family]];
  return members(of)
    .filter(([, member]) => isOffered(analysis, member))
    .map(([name, member], order) => ({
      label: name,
      kind: 'value',
      ...detail(schemaText(locale, member)),
      documentation: describe(member, kind.family, versions, locale, name),
      replace,
      insert: `${before}"${escapeSnippet(name)}=${pairValue(member, version)}"`,
      filter: JSON.stringify(name),
      deprecated: isDeprecated(member, version),
      sort: String(order).padStart(3, '0'),
    }));
}

/** Whether the judged version and platform take it, and the storage driver that is chosen knows it. */
function isOffered({ versions, kind, binding }: Analysis, member: Definition): boolean {
  const { 'x-platform': platform, 'x-drivers': drivers } = member;
  if (!exists(member, versions[versionOf[kind.family]])) return false;
  if (kind.family === 'daemon' && platform !== undefined && platform !== versions.platform) return false;
  const chosen = text(get(binding.roots[0]?.node, 'storage-driver'));
  return drivers === undefined || !chosen || drivers.includes(chosen);
}

/** Values that a definition suggests without listing them; the two that name a manifest's kind come from the schema's roots. */
function plainValues(of: Definition, manifest: string | undefined): Set<string | number | boolean> {
  const roots = Object.keys(schemas.k8s.roots).map((name) => name.split('/'));
  if (manifest?.endsWith('/apiVersion')) return new Set(roots.map((name) => name.slice(0, -1).join('/')));
  if (manifest === 'k8s#/kind') return new Set(roots.flatMap((name) => name.at(-1) ?? []));
  const booleans = [of.type].flat().includes('boolean') ? [true, false] : [];
  return new Set(
    [...booleans, of.default, ...(of.examples ?? [])].filter(isScalar).filter((value) => value !== ''),
  );
}

function headers({ versions }: Analysis, place: HeaderPlace, locale: Locale | undefined): Completion[] {
  const version = versions.containersStorage;
  const found: Completion[] = [];
  const visit = (definition: Definition | undefined, path: readonly string[]) => {
    for (const [name, member] of members(definition)) {
      if (member.properties === undefined || !exists(member, version)) continue;
      const label = [...path, name].join('.');
      found.push({
        label,
        kind: 'table',
        ...detail(schemaText(locale, member)),
        documentation: describe(member, 'storage', versions, locale, label),
        replace: place.replace,
        insert: `${place.opened ? '' : '['}${label}${place.closed ? '' : ']'}`,
        filter: label,
        deprecated: isDeprecated(member, version),
        sort: String(found.length).padStart(3, '0'),
      });
      visit(member, [...path, name]);
    }
  };
  visit(schemas.storage.roots[''], []);
  return found;
}

function isDeprecated(of: { 'x-deprecated'?: string }, version: string): boolean {
  return of['x-deprecated'] !== undefined && !exists({ 'x-removed': of['x-deprecated'] }, version);
}

/** The first sentence. */
function detail(text: string | undefined): { detail?: string } {
  const first = text?.match(/^.*?[.。](?=\s|$)|^.*/s)?.[0].replaceAll('`', '');
  return first === undefined || first === '' ? {} : { detail: first };
}

function quoted(source: string, { start, end }: Span): boolean {
  return start < end && source[start] === '"';
}
