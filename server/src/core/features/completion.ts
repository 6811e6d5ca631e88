// Keys, values and table headers that may stand at the cursor, with their documentation. Reads schemas and the binding only.
import type { Analysis } from '../analyze.ts';
import type { Locale } from '../locale.ts';
import type { Definition } from '../schema/definition.ts';
import { describe, exists, isDeprecated, schemaText } from '../schema/describe.ts';
import { members } from '../schema/load.ts';
import { typeMatches } from '../schema/types.ts';
import { versionOf } from '../schema/versions.ts';
import type { Format, Span, TextEdit } from '../syntax/tree.ts';
import { manifestStarters } from './manifestStarters.ts';
import { commaBehind, detail, filterOf, isOffered } from './offer.ts';
import type { KeyPlace, Place } from './place.ts';
import { placeInJson } from './placeJson.ts';
import { placeInToml } from './placeToml.ts';
import { placeInYaml } from './placeYaml.ts';
import { escapeSnippet, laidOut, pairValue, valueSnippet } from './snippets.ts';
import { logStarters, skeletons } from './starters.ts';
import { appending, dottedMembers, headers, isRefusedByDriver, wholeFiles } from './tables.ts';
import { values, wholeValue } from './values.ts';

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
  if (place.kind === 'header') {
    return [...wholeFiles(source, analysis, place, locale), ...headers(analysis, place, locale)];
  }
  const found =
    place.kind === 'key'
      ? [
          ...keys(source, analysis, place, locale),
          ...exampleKeys(source, analysis, place, locale),
          ...logStarters(source, analysis, place, locale),
          ...tablesBelow(analysis, place, locale),
          ...manifestStarters(analysis, place, locale),
        ]
      : [
          ...values(source, analysis, place, locale),
          ...wholeValue(analysis, place, locale),
          ...appending(analysis, place, locale),
        ];
  if (place.kind === 'value' && place.behind !== undefined) {
    const { behind } = place;
    return found.map((item) => ({ ...item, insert: item.insert + behind }));
  }
  if (place.comma === undefined) return found;
  const also = [{ span: { start: place.comma, end: place.comma }, text: ',' }];
  return found.map((item) => ({ ...item, also }));
}

/** Where a key may stand and none follows, a table may begin too. */
function tablesBelow(analysis: Analysis, place: KeyPlace, locale: Locale | undefined): Completion[] {
  const { replace, below, named } = place;
  if (below !== true || named) return [];
  return headers(analysis, { kind: 'header', replace, brackets: '', free: true, below }, locale);
}

function keys(source: string, analysis: Analysis, place: KeyPlace, locale: Locale | undefined): Completion[] {
  const { kind, versions } = analysis;
  const version = versions[versionOf[kind.family]];
  const required = new Set(place.of?.required ?? []);
  const own = members(place.of).filter(
    ([name, member]) =>
      !place.present.has(name) &&
      (kind.format !== 'toml' || member.properties === undefined || member['x-snippet'] !== undefined),
  );
  const below = place.dotted === true ? dottedMembers(place.of, place.table, version) : [];
  const { value } = place;
  return [...own, ...below]
    .filter(([, member]) => isOffered(analysis, member) && !isRefusedByDriver(analysis, member))
    .filter(([, member]) => value === undefined || typeMatches(value, member, kind.family))
    .map(([name, member]) => ({
      label: name,
      kind: 'key',
      ...detail(schemaText(locale, member)),
      documentation: describe(member, kind.family, versions, locale, name),
      replace: place.replace,
      insert: keyText(source, name, member, place, kind.format, version),
      filter: filterOf(source, place.replace, name),
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
  if (format === 'toml') return `${key} =${value}${flow === true ? commaBehind(source, replace) : ''}`;
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
      filter: filterOf(source, replace, name),
      deprecated: false,
      sort: `1${name}`,
    }));
}

/** Whether a version has all members of an example. */
function isTaken(of: Definition, example: unknown, version: string): boolean {
  const names = typeof example === 'object' && example !== null ? Object.keys(example) : [];
  return names.every((name) => exists(of.properties?.[name] ?? {}, version));
}
