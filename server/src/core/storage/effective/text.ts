// The effective configuration as text: valid TOML, each value with a comment that says where it stands, under a head of
// comments that says which files are read. The command line prints it, editors show it with links.
import { type Locale, ruleText, type WordId, word } from '../../locale.ts';
import { rules } from '../../rules/index.generated.ts';
import { writeKey, writeValue } from '../../syntax/tomlWrite.ts';
import type { Span } from '../../syntax/tree.ts';
import type { EffectiveStorage, EffectiveValue, ListedFile, Source, Stop } from './types.ts';

export interface EffectiveText {
  readonly text: string;
  /** Stretches of the text that name a place in a file. */
  readonly links: readonly { readonly span: Span; readonly file: string; readonly line: number }[];
}

/** A file and perhaps a line in it, to become a link. */
interface Place {
  readonly file: string;
  readonly line?: number;
}

type Part = string | Place;

export function effectiveText(result: EffectiveStorage, locale: Locale | undefined): EffectiveText {
  const say = (id: WordId, args: Readonly<Record<string, string>> = {}) => word(locale, id, args);
  return assembled([...head(result, say), ...stopLines(result.stop, say, locale), ...body(result, say)]);
}

type Say = (id: WordId, args?: Readonly<Record<string, string>>) => string;

function head(result: EffectiveStorage, say: Say): Part[][] {
  const { version, uid, read, notRead, variables } = result;
  const user = uid === 0 ? say('effective-root') : say('effective-user', { uid: String(uid) });
  const none = read.length === 0 ? [[`# ${say('effective-no-file')}`]] : [];
  return [
    [`# ${say('effective-title', { version, user })}`],
    ['#'],
    ...none,
    ...section(read, say('effective-read'), say),
    ...section(notRead, say('effective-not-read'), say),
    ...variableLines(variables, say),
  ];
}

function section(files: readonly ListedFile[], title: string, say: Say): Part[][] {
  if (files.length === 0) return [];
  return [
    [`# ${title}`],
    ...files.map((file): Part[] => ['#   ', { file: file.path }, ...reason(file, say)]),
  ];
}

function reason({ passedOver, by }: ListedFile, say: Say): Part[] {
  if (passedOver === undefined) return [];
  const why = say(`effective-file-${passedOver}`);
  return by === undefined ? [` (${why})`] : [` (${why}: `, { file: by }, ')'];
}

function variableLines(variables: EffectiveStorage['variables'], say: Say): Part[][] {
  const all = Object.entries(variables);
  if (all.length === 0) return [];
  return [
    [`# ${say('effective-variables')}`],
    ...all.map(([name, value]) => [`#   ${name} = ${writeValue(value)}`]),
  ];
}

function stopLines(stop: Stop | undefined, say: Say, locale: Locale | undefined): Part[][] {
  if (stop === undefined) return [];
  const place = { file: stop.file, ...('line' in stop && { line: stop.line }) };
  const args = {
    ...('variable' in stop && { variable: stop.variable }),
    ...('key' in stop && { key: stop.key }),
  };
  const lines: Part[][] = [['#'], [`# ${say(`effective-stop-${stop.reason}`, args)} `, place]];
  if (stop.reason !== 'refused') return lines;
  const { code, message } = stop.finding;
  const rule = rules.find(({ id }) => id === code);
  return rule === undefined ? lines : [...lines, [`#   ${ruleText(locale, rule, message)}`]];
}

function body({ values, stop }: EffectiveStorage, say: Say): Part[][] {
  if (stop !== undefined) return [];
  const tables = new Map<string, EffectiveValue[]>();
  for (const one of values) {
    const table = one.key.slice(0, -1).map(writeKey).join('.');
    tables.set(table, [...(tables.get(table) ?? []), one]);
  }
  const driver = values.some(({ key: [, name], noEffect }) => name === 'driver' && noEffect === undefined);
  return [...tables].flatMap(([table, members]): Part[][] => [
    [],
    [`[${table}]`],
    ...(table === 'storage' && !driver ? [[`# ${say('effective-no-driver')}`]] : []),
    ...members.flatMap((one) => valueLines(one, say)),
  ]);
}

function valueLines(one: EffectiveValue, say: Say): Part[][] {
  const { value, items, noEffect } = one;
  const name = writeKey(one.key.at(-1) ?? '');
  const about = aboutValue(one, say);
  if (noEffect !== undefined || items === undefined || typeof value !== 'object')
    return [[`${noEffect === undefined ? '' : '# '}${name} = ${writeValue(value)} # `, ...about]];
  const parts = value.map((item, index): Part[] => {
    const from = items[index];
    return [`  ${writeValue(item)}, # `, ...(from === undefined ? [] : [placeOf(from)])];
  });
  return [[`${name} = [ # ${say('effective-added')}`], ...parts, [']']];
}

function aboutValue({ from, overrides, resolved, noEffect }: EffectiveValue, say: Say): Part[] {
  const parts: Part[] = [from === undefined ? say('effective-default') : placeOf(from)];
  if (noEffect !== undefined) parts.push(`, ${say(`effective-none-${noEffect}`)}`);
  if (resolved !== undefined) parts.push(`, ${say('effective-resolved', { path: writeValue(resolved) })}`);
  for (const { value, from: before } of overrides)
    parts.push(`, ${say('effective-overrides', { value: writeValue(value) })} (`, placeOf(before), ')');
  return parts;
}

function placeOf(source: Source): Part {
  return 'variable' in source ? source.variable : source;
}

/** Lines as one text; a name with a line break in it must not end a comment. */
function assembled(lines: readonly Part[][]): EffectiveText {
  const links: EffectiveText['links'][number][] = [];
  let text = '';
  for (const line of lines) {
    for (const part of line) {
      const place = typeof part === 'string' ? undefined : part;
      const shown =
        place === undefined
          ? String(part)
          : `${place.file}${place.line === undefined ? '' : `:${place.line}`}`;
      const safe = shown.replace(/[\p{Cc}\ufffe\uffff]/gu, '\ufffd');
      if (place !== undefined) {
        const span = { start: text.length, end: text.length + safe.length };
        links.push({ span, file: place.file, line: place.line ?? 1 });
      }
      text += safe;
    }
    text += '\n';
  }
  return { text, links };
}
