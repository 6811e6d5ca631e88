// What completion offers as values: known ones, examples, whole lists and objects, pairs in strings.
import type { Analysis } from '../analyze.ts';
import { type Locale, word } from '../locale.ts';
import type { Definition } from '../schema/definition.ts';
import { allowedValues, describe, describeValue, isDeprecated, schemaText } from '../schema/describe.ts';
import { versionsOf } from '../schema/kinds.ts';
import { definitionAt, members } from '../schema/load.ts';
import { versionOf } from '../schema/versions.ts';
import { impossibleModes } from './claimModes.ts';
import type { Completion } from './completion.ts';
import { detail, filterOf, isOffered } from './offer.ts';
import type { ValuePlace } from './place.ts';
import { escapeSnippet, isScalar, literal, pairValue, valueSnippet } from './snippets.ts';

/** In daemon.json and storage.conf an object or a list as a whole, with its first places to type in. */
export function wholeValue(
  { kind, versions }: Analysis,
  { of, replace, indent, unit, part }: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const type = [of?.type].flat()[0];
  if (of === undefined || kind.family === 'k8s' || part === true || replace.end > replace.start) return [];
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

/** The values that are known, suggested or usual at a place. */
export function values(
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
  const isFree = (value: unknown) =>
    place.present?.has(String(value)) !== true && !never.includes(String(value));
  const listed = allowedValues(of, version, versions.platform).filter(({ value }) => isFree(value));
  const make = (value: string | number | boolean, order: number, rest: Partial<Completion>): Completion => {
    const written = place.part === true ? String(value) : literal(value, kind.format);
    return {
      label: String(value),
      kind: 'value',
      replace: place.replace,
      insert: `${place.before}${escapeSnippet(written)}`,
      filter: filterOf(source, place.replace, String(value)),
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
    (value) => !listed.some((one) => one.value === value) && isFree(value),
  );
  const lists = listValues(of).filter((value) => isFree(value) && !more.includes(value));
  const note = { documentation: describe(of, kind.family, versions, locale) };
  return [
    ...known,
    ...[...more, ...lists].map((value, order) =>
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

/** Of an item, those that the default and the examples of its list have. */
function listValues({ pointer }: Definition): string[] {
  const list = pointer.endsWith('/[]') ? definitionAt(pointer.slice(0, -3)) : undefined;
  const shown = [list?.default, ...(list?.examples ?? [])].flat().filter((one) => typeof one === 'string');
  return [...new Set(shown)];
}

/** Values that a definition suggests without listing them; the two that name a manifest's kind come from the schema's roots. */
function plainValues(of: Definition, manifest: string | undefined): Set<string | number | boolean> {
  const [, kind, word] = manifest?.match(/^k8s#(\w+)\/(apiVersion|kind)$/) ?? [];
  if (kind !== undefined) return new Set(word === 'kind' ? [kind] : versionsOf(kind));
  const booleans = [of.type].flat().includes('boolean') ? [true, false] : [];
  const texts = of.format === 'go-bool' ? ['true', 'false'] : [];
  return new Set(
    [...booleans, ...texts, of.default, ...(of.examples ?? [])]
      .filter(isScalar)
      .filter((value) => value !== ''),
  );
}
