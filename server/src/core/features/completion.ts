// Keys, values and table headers that may stand at the cursor, with their documentation. Reads schemas and the binding only.
import type { Analysis } from '../analyze.ts';
import { type Locale, word } from '../locale.ts';
import type { Definition } from '../schema/definition.ts';
import { allowedValues, describe, describeValue, exists, schemaText } from '../schema/describe.ts';
import { versionsOf } from '../schema/kinds.ts';
import { members, schemas } from '../schema/load.ts';
import { versionOf } from '../schema/versions.ts';
import type { Format, Span, TextEdit } from '../syntax/tree.ts';
import { impossibleModes } from './claimModes.ts';
import { manifestStarters } from './manifestStarters.ts';
import { commaBehind, detail, isOffered, quoted } from './offer.ts';
import type { HeaderPlace, KeyPlace, Place, ValuePlace } from './place.ts';
import { placeInJson } from './placeJson.ts';
import { placeInToml } from './placeToml.ts';
import { placeInYaml } from './placeYaml.ts';
import { escapeSnippet, isScalar, laidOut, literal, pairValue, valueSnippet } from './snippets.ts';
import { logStarters, skeletons } from './starters.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'table';
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly replace: Span;
  /** Edits besides: a comma that was missing before. */
  readonly also?: readonly TextEdit[];
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
  if (place === undefined) return [];
  if (place.kind === 'document') return skeletons(analysis, place, locale);
  if (place.kind === 'header') return headers(analysis, place, locale);
  const found =
    place.kind === 'key'
      ? [
          ...keys(source, analysis, place, locale),
          ...exampleKeys(source, analysis, place, locale),
          ...logStarters(source, analysis, place, locale),
          ...manifestStarters(analysis, place, locale),
        ]
      : [...values(source, analysis, place, locale), ...wholeValue(analysis, place, locale)];
  if (place.comma === undefined) return found;
  const also = [{ span: { start: place.comma, end: place.comma }, text: ',' }];
  return found.map((item) => ({ ...item, also }));
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
  { named, replace, indent, unit, flow, part }: KeyPlace,
  format: Format,
  version: string,
): string {
  if (part === true) return escapeSnippet(name) + (named ? '' : `=${pairValue(member, version)}`);
  const key = escapeSnippet(format === 'json' ? JSON.stringify(name) : name);
  if (named) return key;
  const layout = flow !== true || format === 'json' ? { indent } : {};
  const value = valueSnippet(member, format, version, { ...layout, ...(unit !== undefined && { unit }) });
  if (format === 'toml') return `${key} =${value}`;
  return `${key}:${value}${format === 'json' ? commaBehind(source, replace) : ''}`;
}

/** For a map that takes any name: those of its examples, each with its value. */
function exampleKeys(
  source: string,
  { kind, versions }: Analysis,
  { of, present, replace, named, indent, unit, part }: KeyPlace,
  locale: Locale | undefined,
): Completion[] {
  const member = of?.additionalProperties;
  if (kind.format !== 'json' || of?.properties !== undefined || typeof member !== 'object') return [];
  if (named || part === true) return [];
  const shown = (of?.examples ?? []).flatMap((one) => Object.entries(Object(one)));
  return shown
    .filter(([name, value]) => !present.has(name) && isTaken(member, value, versions[versionOf[kind.family]]))
    .map(([name, value]) => ({
      label: name,
      kind: 'key',
      documentation: describe(member, kind.family, versions, locale, name),
      replace,
      insert: `${escapeSnippet(JSON.stringify(name))}: ${escapeSnippet(laidOut(JSON.stringify(value, null, 2), indent, unit))}${commaBehind(source, replace)}`,
      filter: quoted(source, replace) ? JSON.stringify(name) : name,
      deprecated: false,
      sort: `1${name}`,
    }));
}

/** Whether a version has all members of an example. */
function isTaken(of: Definition, example: unknown, version: string): boolean {
  const names = typeof example === 'object' && example !== null ? Object.keys(example) : [];
  return names.every((name) => exists(of.properties?.[name] ?? {}, version));
}

/** In daemon.json an object or a list as a whole, with its first places to type in. */
function wholeValue(
  { kind, versions }: Analysis,
  { of, replace, indent, unit, part }: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const type = [of?.type].flat()[0];
  if (of === undefined || kind.family !== 'daemon' || part === true || replace.end > replace.start) return [];
  if (type !== 'object' && type !== 'array') return [];
  const layout = { indent, ...(unit !== undefined && { unit }) };
  const label = type === 'object' ? '{…}' : '[…]';
  return [
    {
      label,
      kind: 'value',
      ...detail(schemaText(locale, of)),
      documentation: describe(of, kind.family, versions, locale),
      replace,
      insert: valueSnippet(of, kind.format, versions[versionOf[kind.family]], layout).trimStart(),
      filter: label,
      deprecated: false,
      sort: '000',
    },
  ];
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
  const never = /\/accessModes\/\[\]$/.test(of.pointer) ? impossibleModes(analysis, place.replace.start) : [];
  const listed = allowedValues(of, version, versions.platform).filter(
    ({ value }) => place.present?.has(String(value)) !== true && !never.includes(String(value)),
  );
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
    (value) => !listed.some((one) => one.value === value) && place.present?.has(String(value)) !== true,
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
  { replace, before, present }: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const { kind, versions } = analysis;
  const version = versions[versionOf[kind.family]];
  return members(of)
    .filter(([name, member]) => isOffered(analysis, member) && present?.has(name) !== true)
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

/** Values that a definition suggests without listing them; the two that name a manifest's kind come from the schema's roots. */
function plainValues(of: Definition, manifest: string | undefined): Set<string | number | boolean> {
  const [, kind, word] = manifest?.match(/^k8s#(\w+)\/(apiVersion|kind)$/) ?? [];
  if (kind !== undefined) return new Set(word === 'kind' ? [kind] : versionsOf(kind));
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
