// Definitions in words: Markdown for hover and completion, and which values and members a version has. Pure.
import type { Family, Versions } from '../finding.ts';
import { type Locale, type WordId, word } from '../locale.ts';
import type { StoragePlace } from '../storage/place.ts';
import type { Definition, EnumValue } from './definition.ts';
import { apiVersionOf } from './kinds.ts';
import { inherited } from './load.ts';
import { atLeast, versionOf } from './versions.ts';

/** The lifetime words that definitions and their values share. */
type Lifetime = Pick<EnumValue, 'x-since' | 'x-deprecated' | 'x-removed' | 'x-replaced-by'>;

const engines: Readonly<Record<Family, string>> = {
  daemon: 'Docker Engine',
  storage: 'containers-storage',
  k8s: 'Kubernetes',
};

/** Whether a version has it: not younger than the version, not gone, and more than a name that is passed over. */
export function exists(of: Lifetime & { readonly 'x-ignored'?: string }, version: string): boolean {
  const reached = (bound: string | undefined) => bound !== undefined && atLeast(version, bound);
  return (
    (of['x-since'] === undefined || reached(of['x-since'])) &&
    !reached(of['x-removed']) &&
    !reached(of['x-ignored'])
  );
}

/** Whether a version warns of it, or will. */
export function isDeprecated(of: { readonly 'x-deprecated'?: string }, version: string): boolean {
  return of['x-deprecated'] !== undefined && atLeast(version, of['x-deprecated']);
}

/** The listed values that a version takes, on every system or on the given one. */
export function allowedValues(
  definition: Definition | undefined,
  version: string,
  platform?: Versions['platform'],
): readonly EnumValue[] {
  const elsewhere = (on: string | undefined) => on !== undefined && platform !== undefined && on !== platform;
  return (definition?.['x-values'] ?? []).filter(
    (value) => exists(value, version) && !elsewhere(value['x-platform']),
  );
}

/** The description in the reader's language, or English where that language has none. */
export function schemaText(locale: Locale | undefined, definition: Definition): string | undefined {
  if (definition.description === undefined) return undefined;
  return locale?.schemas[definition.texts] ?? definition.description;
}

/** What makes the engine refuse it, fail or look away, in the reader's language. */
export function refusalText(locale: Locale | undefined, definition: Definition): string | undefined {
  const said = definition['x-refusal'];
  return said === undefined ? undefined : (locale?.schemas[`${definition.texts}!`] ?? said);
}

/** What a listed value means, in the reader's language. */
export function valueText(locale: Locale | undefined, of: Definition, value: EnumValue): string | undefined {
  if (value.description === undefined) return undefined;
  return locale?.schemas[`${of.texts}=${value.value}`] ?? value.description;
}

/** What the place of the file adds: who reads it, for defaults that differ, and lines of its own. */
export interface Surroundings {
  readonly readers?: StoragePlace['readers'] | undefined;
  readonly lines?: readonly string[];
}

/** Markdown for one definition: what it is and holds, since when and where, when a change takes effect, and what makes it fail; `name` where the key is any (`*`). */
export function describe(
  definition: Definition,
  family: Family,
  versions: Versions,
  locale: Locale | undefined,
  name = definition.name,
  { readers = 'all', lines = [] }: Surroundings = {},
): string {
  const version = versions[versionOf[family]];
  const parts = [
    title(name, definition, locale),
    schemaText(locale, definition),
    valueList(definition, version, locale),
    [...facts(definition, family, versions, locale, readers), ...lines].join('\n'),
    failure(definition, locale),
    link(definition, locale),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** Markdown for one listed value. */
export function describeValue(
  value: EnumValue,
  of: Definition,
  family: Family,
  versions: Versions,
  locale: Locale | undefined,
): string {
  const lines = lifetime(value, engines[family], versions[versionOf[family]], locale);
  return [`\`${value.value}\``, valueText(locale, of, value), lines.join('\n')]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

function title(name: string, definition: Definition, locale: Locale | undefined): string {
  const type = definition.type === undefined ? [] : [definition.type].flat();
  const types = type.map((one) => word(locale, `type-${one}`)).join(' | ');
  return [`**${name}**`, types].filter((part) => part !== '').join(' · ');
}

/** More values than this are only named: their descriptions would fill the screen. */
const mostDescribed = 8;

function valueList(definition: Definition, version: string, locale: Locale | undefined): string {
  const values = allowedValues(definition, version);
  if (values.length > mostDescribed) return values.map(({ value }) => `\`${value}\``).join(', ');
  return values
    .map((value) => {
      const text = valueText(locale, definition, value);
      return text === undefined ? `- \`${value.value}\`` : `- \`${value.value}\`: ${text}`;
    })
    .join('\n');
}

function facts(
  definition: Definition,
  family: Family,
  versions: Versions,
  locale: Locale | undefined,
  readers: StoragePlace['readers'],
): string[] {
  const version = versions[versionOf[family]];
  const line = (id: WordId, value: string | undefined) =>
    value === undefined ? [] : [`- ${word(locale, id)}: ${value}`];
  const { default: standard, 'x-default-rootless': rootless, 'x-flag': flag } = definition;
  const reload = exists(definition, version) ? inherited(definition, 'x-reload') : undefined;
  // `runtimes` alone is put together from both (daemon/config/config.go:118-120, docker 29.7.2).
  const once = family === 'daemon' && !definition.pointer.startsWith('daemon#/runtimes');
  return [
    ...line(
      'default',
      readers !== 'rootless' || rootless === undefined ? quoted(standard) : quoted(rootless),
    ),
    ...line('default-rootless', readers === 'all' ? quoted(rootless) : undefined),
    ...line('example', definition.examples?.map((one) => `\`${JSON.stringify(one)}\``).join(', ')),
    ...bounds(definition, locale),
    ...platformLine(definition, family, versions, locale),
    ...lifetime(definition, engines[family], version, locale),
    ...gateLine(definition, locale),
    ...(inherited(definition, 'x-immutable') === true ? [`- ${word(locale, 'immutable')}`] : []),
    ...line('takes-effect', reload && word(locale, `takes-effect-${reload}`)),
    ...line('flag', flag && (once ? word(locale, 'flag-once', { flag }) : `\`${flag}\``)),
  ];
}

function quoted(value: unknown): string | undefined {
  return value === undefined ? undefined : `\`${JSON.stringify(value)}\``;
}

const stages = ['alpha', 'beta', 'stable'] as const;

function gateLine({ 'x-gate': gate }: Definition, locale: Locale | undefined): string[] {
  if (gate === undefined) return [];
  const reached = stages.flatMap((stage) => {
    const version = gate[stage];
    return version === undefined ? [] : [word(locale, `gate-${stage}`, { version })];
  });
  return [`- ${word(locale, 'gate', { name: gate.name, stages: reached.join(', ') })}`];
}

/** Markdown for an apiVersion of a Kubernetes kind: how long it is served, by whom, and what takes its place. */
export function describeApiVersion(
  apiVersion: string,
  kind: string,
  version: string,
  locale: Locale | undefined,
): string | undefined {
  const known = apiVersionOf(apiVersion, kind);
  if (known === undefined) return undefined;
  const { engine, of } = known;
  const instead = of && { 'x-replaced-by': of.slice(0, of.lastIndexOf('/')) };
  // Whoever serves it counts versions of its own, and nobody says which is installed.
  const lines = lifetime({ ...known, ...instead }, engine ?? engines.k8s, engine ? '999' : version, locale);
  const also = engine === undefined ? [] : [`- ${word(locale, 'served-by', { engine })}`];
  return [`\`${apiVersion}\``, [...lines, ...also].join('\n')].join('\n\n');
}

function bounds({ minimum, maximum }: Definition, locale: Locale | undefined): string[] {
  if (minimum === undefined && maximum === undefined) return [];
  const id = minimum === undefined ? 'at-most' : maximum === undefined ? 'at-least' : 'from-to';
  return [`- ${word(locale, id, { minimum: String(minimum), maximum: String(maximum) })}`];
}

const platforms = { linux: 'Linux', windows: 'Windows' };

/** Where it exists; of what the judged system does not have, that it is not there. */
function platformLine(
  { 'x-platform': platform }: Definition,
  family: Family,
  versions: Versions,
  locale: Locale | undefined,
): string[] {
  if (platform === undefined) return [];
  const name = platforms[platform];
  return family === 'daemon' && platform !== versions.platform
    ? [`- ${word(locale, 'other-platform', { platform: name, judged: platforms[versions.platform] })}`]
    : [`- ${word(locale, 'platform')}: ${name}`];
}

function failure(definition: Definition, locale: Locale | undefined): string | undefined {
  const said = refusalText(locale, definition);
  return said && `**${word(locale, 'refusal')}** ${said}`;
}

function lifetime(of: Lifetime, engine: string, version: string, locale: Locale | undefined): string[] {
  const say = (id: WordId, at: string) => [`- ${word(locale, id, { engine, version: at })}`];
  const { 'x-since': since, 'x-deprecated': deprecated, 'x-removed': removed, 'x-replaced-by': instead } = of;
  const lines: string[] = [];
  if (since !== undefined) lines.push(...say(atLeast(version, since) ? 'since' : 'not-yet', since));
  if (deprecated !== undefined) lines.push(...say('deprecated-since', deprecated));
  if (removed !== undefined)
    lines.push(...say(atLeast(version, removed) ? 'removed-in' : 'removed-later', removed));
  if (instead !== undefined) lines.push(`- ${word(locale, 'instead-use', { name: instead })}`);
  return lines;
}

function link(definition: Definition, locale: Locale | undefined): string | undefined {
  const docs = inherited(definition, 'x-docs');
  return docs === undefined ? undefined : `[${word(locale, 'read-more')}](${docs})`;
}
