// Definitions in words: Markdown for hover and completion, and which values and members a version has. Pure.
import type { Family, Versions } from '../finding.ts';
import { type Locale, type WordId, word } from '../locale.ts';
import type { Definition, EnumValue } from './definition.ts';
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

/** What a listed value means, in the reader's language. */
export function valueText(locale: Locale | undefined, of: Definition, value: EnumValue): string | undefined {
  if (value.description === undefined) return undefined;
  return locale?.schemas[`${of.texts}=${value.value}`] ?? value.description;
}

/** Markdown for one definition: what it is, what it holds, since when, and when a change takes effect; `name` where the key is any (`*`). */
export function describe(
  definition: Definition,
  family: Family,
  versions: Versions,
  locale: Locale | undefined,
  name = definition.name,
): string {
  const version = versions[versionOf[family]];
  const parts = [
    title(name, definition, locale),
    schemaText(locale, definition),
    valueList(definition, version, locale),
    facts(definition, family, version, locale).join('\n'),
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
  const lines = lifetime(value, family, versions[versionOf[family]], locale);
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
  version: string,
  locale: Locale | undefined,
): string[] {
  const line = (id: WordId, value: string | undefined) =>
    value === undefined ? [] : [`- ${word(locale, id)}: ${value}`];
  const { default: standard, 'x-flag': flag, 'x-platform': platform, 'x-reload': reload } = definition;
  return [
    ...line('default', standard === undefined ? undefined : `\`${JSON.stringify(standard)}\``),
    ...line('example', definition.examples?.map((one) => `\`${JSON.stringify(one)}\``).join(', ')),
    ...line('platform', platform && { linux: 'Linux', windows: 'Windows' }[platform]),
    ...lifetime(definition, family, version, locale),
    ...line('takes-effect', reload && word(locale, `takes-effect-${reload}`)),
    ...line('flag', flag && `\`${flag}\``),
  ];
}

function lifetime(of: Lifetime, family: Family, version: string, locale: Locale | undefined): string[] {
  const say = (id: WordId, at: string) => [`- ${word(locale, id, { engine: engines[family], version: at })}`];
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
  const docs = definition['x-docs'];
  return docs === undefined ? undefined : `[${word(locale, 'read-more')}](${docs})`;
}
