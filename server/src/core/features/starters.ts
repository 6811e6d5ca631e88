// Beginnings of a daemon.json: a whole file where there is none yet, and a log driver together with its options.
import type { Analysis } from '../analyze.ts';
import { type Locale, type WordId, word } from '../locale.ts';
import { allowedValues, describe } from '../schema/describe.ts';
import { members } from '../schema/load.ts';
import type { Completion } from './completion.ts';
import { commaBehind, filterOf, isOffered } from './offer.ts';
import type { DocumentPlace, KeyPlace } from './place.ts';
import { forVersion, laidOut, withoutStops } from './snippets.ts';

/** Keys with the snippets of their values, as they stand at the top of the file. */
type Beginning = readonly (readonly [key: string, value: string])[];

const rotated: Beginning = [
  ['log-driver', '"json-file"'],
  ['log-opts', '{\n  "max-size": "${1:10m}",\n  "max-file": "${2:3}"\n}'],
];

const local: Beginning = [
  ['log-driver', '"local"'],
  ['log-opts', '{\n  "max-size": "${1:20m}",\n  "max-file": "${2:5}"\n}'],
];

const defaults: Beginning = [
  ...local,
  ['live-restore', '${3|true,false|}'],
  ['default-address-pools', '[\n  { "base": "${4:10.201.0.0/16}", "size": ${5:24} }\n]'],
  ['builder', '{\n  "gc": { "enabled": true, "defaultReservedSpace": "${6:10GB}" }\n}'],
];

/** What an empty daemon.json may begin with. */
export function skeletons(
  analysis: Analysis,
  { replace }: DocumentPlace,
  locale: Locale | undefined,
): Completion[] {
  if (analysis.kind.family !== 'daemon') return [];
  const offered: [label: string, about: WordId, beginning: Beginning][] = [
    [word(locale, 'starter-rotation'), 'starter-rotation-about', rotated],
    [word(locale, 'starter-defaults'), 'starter-defaults-about', defaults],
  ];
  const whole = offered.map(([label, about, beginning], order): Completion => {
    const insert = `{\n  ${written(analysis, beginning, '  ', '  ')}\n}\n`;
    return {
      label: `{ … } ${label}`,
      kind: 'value',
      detail: label,
      documentation: `${word(locale, about)}\n\n${shown(insert)}`,
      replace,
      insert,
      filter: `{ … } ${label}`,
      deprecated: false,
      sort: String(order),
    };
  });
  const empty = { label: '{ }', kind: 'value', replace, insert: '{\n  $0\n}\n' } as const;
  return [...whole, { ...empty, filter: '{ }', deprecated: false, sort: '9' }];
}

/** At the top of daemon.json where neither is written yet: a log driver and its options in one. */
export function logStarters(
  source: string,
  analysis: Analysis,
  { of, present, replace, named, indent, unit }: KeyPlace,
  locale: Locale | undefined,
): Completion[] {
  if (of?.pointer !== 'daemon#' || named || present.has('log-driver') || present.has('log-opts')) return [];
  const driver = of.properties?.['log-driver'];
  const about = driver && describe(driver, 'daemon', analysis.versions, locale);
  const known = allowedValues(driver, analysis.versions.docker).map(({ value }) => value);
  const offered: [WordId, Beginning][] = [
    ['starter-json-file', rotated],
    ...(known.includes('local') ? [['starter-local', local] satisfies [WordId, Beginning]] : []),
  ];
  return offered.map(([id, beginning]) => {
    const label = `log-driver (${word(locale, id)})`;
    const insert = written(analysis, beginning, indent, unit);
    return {
      label,
      kind: 'key',
      detail: word(locale, 'starter-log-detail'),
      documentation: `${shown(written(analysis, beginning, '', '  '))}\n\n${about ?? ''}`,
      replace,
      insert: `${insert}${commaBehind(source, replace)}`,
      filter: filterOf(source, replace, label),
      deprecated: false,
      sort: `1${label}`,
    };
  });
}

/** The members that the judged version and platform have; on lines of their own where there is a step of indentation. */
function written(analysis: Analysis, beginning: Beginning, indent: string, unit: string | undefined): string {
  const root = new Map(members(analysis.binding.roots[0]?.definition));
  return beginning
    .flatMap(([key, value]) => {
      const definition = root.get(key);
      if (definition === undefined || !isOffered(analysis, definition)) return [];
      return `"${key}": ${laidOut(forVersion(value, definition, analysis.versions.docker), indent, unit)}`;
    })
    .join(unit === undefined ? ', ' : `,\n${indent}`);
}

function shown(snippet: string): string {
  return `\`\`\`json\n${withoutStops(snippet).trim()}\n\`\`\``;
}
