// What can be done to a value of a right manifest: taken away, made wrong, misspelt, joined by a neighbour. The schema says
// where and with what; the API server says what comes of it.
import type { Definition } from '../../../server/src/core/schema/definition.ts';
import { members } from '../../../server/src/core/schema/load.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

export interface Change {
  /** What is done, the same word wherever it is: `remove`, `value:""`, `add:nfs`. */
  readonly what: string;
  /** The place that is set, or removed where there is no value. */
  readonly path: Path;
  readonly value?: Json;
  /** The key's new name. */
  readonly rename?: string;
}

const long = (length: number) => 'a'.repeat(length);

const words =
  ' |x|X|a.b|A.b|a_b|a-|-a|.a|a..b|a b|a/b|A/b|a/b/c|/|/a|/a/b|../a|a/..|a/../b|/a/../b|..a|a..|./a|a:b|a,b|é|1|0|true|10Gi|https://a.example/b|a.example:1'.split(
    '|',
  );
const strings: readonly string[] = [
  '',
  ...words,
  long(63),
  long(64),
  long(65),
  long(253),
  long(254),
  `${long(63)}.${long(63)}`,
];

const quantities: readonly Json[] =
  '0|-1|-1Gi|1|1Gi|1.5Gi|10GB|10 Gi|10gi|10G|1K|1k|1Kib|1e3|1E3|1e-3|0.5|500m|1u|1n|+1Gi|.5|5.|1..5|Gi| 1Gi|1Gi |1_000|0x10|9Ei|100Ei|1e400|∞|1,5Gi|1Gib|1M|1MB||1.5'
    .split('|')
    .map((text): Json => text)
    .concat([0, 1, -1, 1.5, 1e3, true, 1e21]);

const wrongTypes: readonly Json[] = [null, true, 0, 1, 'x', [], ['x'], [null], {}, { x: 1 }];
const integers: readonly Json[] = [-1, 0, 1, 1.5, '1', 2 ** 31, 2 ** 32, 2 ** 53, 1e20, -(2 ** 31)];
const maps: readonly (readonly [string, Json])[] = [
  ['', 'x'],
  ['x', 1],
  ['x', true],
  ['x', null],
  ['x', { a: 'b' }],
  ['x', ['a']],
  ['a b', 'x'],
  ['A/b', 'x'],
  ['a/b/c', 'x'],
  ['/b', 'x'],
  ['a.b/C_d', 'x'],
  ['x', ''],
  ['x', 'a b'],
  ['x', '-a'],
  [long(64), 'x'],
  ['x', long(64)],
  [`${long(254)}/a`, 'x'],
];

/** Every change of one place, its members included where they are not there yet. */
export function changesOf(path: Path, definition: Definition, value: Json): Change[] {
  const step = path.at(-1);
  const away: Change[] = path.length > 0 ? [{ what: 'remove', path }] : [];
  const renamed: Change[] =
    typeof step === 'string' && path.length > 1
      ? [swapped(step), `${step}s`].map((rename) => ({
          what: `rename:${rename === `${step}s` ? 's' : 'case'}`,
          path,
          rename,
        }))
      : [];
  const set = valuesFor(definition, value).map(
    (odd): Change => ({ what: `value:${brief(odd)}`, path, value: odd }),
  );
  return [
    ...(definition['x-passage'] === true || path.length === 0 ? [] : [...away, ...renamed, ...set]),
    ...added(path, definition, value),
  ];
}

function swapped(name: string): string {
  const first = name.charAt(0);
  return (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + name.slice(1);
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 20)}…${text.length}` : text;
}

/** A text that says whether two values are the same. */
function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function valuesFor(definition: Definition, value: Json): Json[] {
  const named = (definition['x-values'] ?? []).map((one): Json => one.value);
  const misspelt = named.flatMap((one) => (typeof one === 'string' ? [one.toLowerCase(), `${one} `] : []));
  return distinct([...named, ...misspelt, ...byType(definition, value), ...wrongTypes]).filter(
    (odd) => JSON.stringify(odd) !== JSON.stringify(value),
  );
}

function byType(definition: Definition, value: Json): readonly Json[] {
  if (definition.format === 'quantity') return quantities;
  const { minimum, maximum } = definition;
  const bounds = [minimum, maximum].flatMap((bound) =>
    bound === undefined ? [] : [bound - 1, bound, bound + 1],
  );
  switch ([definition.type].flat()[0]) {
    case 'integer':
    case 'number':
      return [...bounds, ...integers];
    case 'boolean':
      return [true, false, 'true', 'false', 'yes', 1];
    case 'array':
      return Array.isArray(value)
        ? [
            [...value, ...value.slice(0, 1)],
            [...value, ''],
            [...value, {}],
          ]
        : [];
    case 'object':
      return [];
    default:
      return strings;
  }
}

function added(path: Path, definition: Definition, value: Json): Change[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const absent = members(definition).filter(([name]) => !Object.hasOwn(value, name));
  const known = absent.flatMap(([name, child]): Change[] =>
    child['x-passage'] === true
      ? []
      : [
          { what: `add:${name}`, path: [...path, name], value: rightValue(child) },
          { what: `add:${name}:empty`, path: [...path, name], value: emptyValue(child) },
        ],
  );
  const isMap = typeof definition.additionalProperties === 'object';
  const entries = isMap
    ? maps.map(
        ([key, odd]): Change => ({
          what: `entry:${brief(key)}:${brief(odd)}`,
          path: [...path, key],
          value: odd,
        }),
      )
    : [];
  const isClosed =
    definition.properties !== undefined &&
    definition['x-passage'] !== true &&
    definition['x-opaque'] !== true;
  return [
    ...known,
    ...entries,
    ...(isClosed ? [{ what: 'unknown', path: [...path, 'bogus'], value: 'x' }] : []),
  ];
}

function emptyValue(definition: Definition): Json {
  const empty: Readonly<Record<string, Json>> = {
    object: {},
    array: [],
    integer: 0,
    number: 0,
    boolean: false,
    string: '',
  };
  return empty[[definition.type].flat()[0] ?? 'string'] ?? '';
}

const rightTexts: Readonly<Record<string, string>> = {
  quantity: '1Gi',
  'csi-driver-name': 'driver.example.com',
  'unix-path': '/a',
  url: 'https://a.example',
};

/** A value that is right as far as a definition tells. */
export function rightValue(definition: Definition): Json {
  const named = definition['x-values']?.find((one) => one['x-removed'] === undefined);
  if (named !== undefined) return named.value;
  switch ([definition.type].flat()[0]) {
    case 'object': {
      const required = definition.required ?? [];
      const of = members(definition).filter(([name]) => required.includes(name));
      return Object.fromEntries(of.map(([name, child]) => [name, rightValue(child)]));
    }
    case 'array':
      return definition.items === undefined ? [] : [rightValue(definition.items)];
    case 'integer':
    case 'number':
      return definition.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return rightTexts[definition.format ?? ''] ?? 'x';
  }
}

/** A manifest with a change made. */
export function changed(value: Json, { path, rename, ...change }: Change): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change.value ?? null;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    if (isLast && !('value' in change)) return value.filter((_, index) => index !== step);
    return value.map((item, index) => (index === step ? changed(item, { ...change, path: rest }) : item));
  }
  const map = value as Readonly<Record<string, Json>>;
  const name = String(step);
  if (!isLast)
    return {
      ...map,
      [name]: changed(
        map[name] ?? {},
        rename === undefined ? { ...change, path: rest } : { ...change, path: rest, rename },
      ),
    };
  if (rename !== undefined)
    return Object.fromEntries(Object.entries(map).map(([key, one]) => [key === name ? rename : key, one]));
  if ('value' in change) return { ...map, [name]: change.value ?? null };
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}
