// Small daemon.json files for the engine and us to judge: values listed by hand, and files drawn from the schema.
// The same seed draws the same files.
import { readFileSync } from 'node:fs';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { members, schemas } from '../../server/src/core/schema/load.ts';
import { random } from '../support/random.ts';

export interface DaemonCase {
  /** What it is about: a key, `file` for the text as a whole, `drawn` for what chance put together. */
  readonly about: string;
  readonly text: string;
  /** What the engine is given where that is more than the text in UTF-8. */
  readonly bytes?: Uint8Array;
}

/** A path in the file, `[]` for an item of a list, with JSON texts to put there; `*` has whole files as JSON strings. */
const listed: (readonly [path: string, values: readonly string[]])[] = readFileSync(
  new URL('daemon-values.tsv', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [path = '', ...values] = line.split('\t');
    return [path, values];
  });

/** A flag's name that the engine takes for a key and then passes over. */
const flags =
  'label host log-opt dns-opt exec-opt storage-opt insecure-registry registry-mirror default-ulimit cdi-spec-dir authorization-plugin default-address-pool default-network-opt node-generic-resource add-runtime feature restart';

/** Every listed file, in the order of the lists. */
export function handMade(): DaemonCase[] {
  const cases = listed.flatMap(([path, values]): DaemonCase[] => {
    if (path === '*') return values.map((value) => ({ about: 'file', text: String(JSON.parse(value)) }));
    const steps = path.split('/');
    return values.map((value) => ({ about: steps[0] ?? '', text: within(steps, value) }));
  });
  const plain = ['["x"]', '1', 'null', '{}', '{"x":"y"}', '{"debug":true}'];
  const flagged = flags
    .split(' ')
    .flatMap((about) => plain.map((value) => ({ about, text: within([about], value) })));
  const unique = new Map([...cases, ...flagged].map((one) => [one.text, one]));
  return [...unique.values(), ...encoded()];
}

/** The same few texts behind a byte order mark, in the encodings that the engine knows by it. */
function encoded(): DaemonCase[] {
  const about = 'encoding';
  return ['{}', '', '{"debug":true}', '{"mtu":-1}', '{"x":1}'].flatMap((text) => {
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    return [
      { about, text, bytes: little },
      { about, text, bytes: Buffer.from(little).swap16() },
      { about, text: `\ufeff${text}` },
    ];
  });
}

/** A text with one value at a path: `*` becomes a name, `[]` a list of one. */
function within(path: readonly string[], value: string): string {
  return path.reduceRight(
    (inner, step) =>
      step === '[]' ? `[${inner}]` : `{${JSON.stringify(step === '*' ? 'some' : step)}:${inner}}`,
    value,
  );
}

interface Place {
  readonly path: readonly string[];
  readonly definition: Definition;
}

/** A definition and all below it, with their paths. */
function places(definition: Definition, path: readonly string[] = []): Place[] {
  const { additionalProperties: others, items } = definition;
  return [
    { path, definition },
    ...members(definition).flatMap(([name, child]) => places(child, [...path, name])),
    ...(typeof others === 'object' ? places(others, [...path, '*']) : []),
    ...(items === undefined ? [] : places(items, [...path, '[]'])),
  ];
}

/** Right values by type and format; which of several formats wins is of no matter. */
const right: Readonly<Record<string, readonly string[]>> = {
  string: ['"x"', '""', '"a.b"'],
  integer: ['0', '1', '7', '1500'],
  boolean: ['true', 'false'],
  object: ['{}'],
  array: ['[]'],
  cidr: ['"10.1.0.0/16"', '"fd00:1::/64"'],
  ip: ['"192.0.2.1"', '"2001:db8::1"'],
  size: ['"64M"', '"10GB"', '"1.5g"', '"0"'],
  path: ['"/srv/x"', '"relative/x"'],
  'absolute-path': ['"/bin/true"'],
  'key-value': ['"a=b"', '"a="'],
  'host-port': ['"127.0.0.1:9323"'],
  'duration-or-seconds': ['"48h"', '"60"'],
  url: ['"https://mirror.example.com"', '"http://127.0.0.1:5000/"'],
};

/** What may be tried at any place, of whatever type: most are of the wrong one. */
const odd =
  'null true false 0 1 -1 1.5 1e3 -0 1e400 "x" "" "true" "1" [] {} [null] [1] ["x"] [{}] [[]] {"a":1} {"a":"b"} {"a":null} {"debug":true} {"label":1} "a=b" "1.2.3.4" "10.0.0.0/8" "-1" "64M" "https://x" "unix:///x"'.split(
    ' ',
  );

function rightValues({ path, definition }: Place): readonly string[] {
  if (path.join('/') === 'hosts/[]') return ['"unix:///run/x.sock"', '"tcp://127.0.0.1:2375"'];
  const named = definition['x-values']?.map(({ value }) => JSON.stringify(value));
  if (named !== undefined && named.length > 0) return named;
  const words = [definition.format, definition.type ?? 'string'].flat();
  return words.map((word) => right[word ?? ''] ?? []).find((values) => values.length > 0) ?? ['"x"'];
}

/** As many files as asked for: every place of the schema with a right value, then with one thing odd, then with two. */
export function drawn(seed: number, count: number): DaemonCase[] {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(next() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const root = schemas.daemon.roots[''];
  if (root === undefined) throw new Error('the schema of daemon.json has no root');
  const [, ...all] = places(root);
  const values = listed.filter(([path]) => path !== '*');
  const rightMember = (place: Place) => member(place.path, pick(rightValues(place)));
  const oddMember = (): string => {
    if (next() < 0.4) {
      const [path, of] = pick(values);
      return member(path.split('/'), pick(of));
    }
    const { path } = pick(all);
    // Below the top, the engine reads names in any case.
    const spelt = next() < 0.1 ? path.map((step, at) => (at > 0 ? swapCase(step) : step)) : path;
    return member(spelt, pick(odd));
  };
  const cases: DaemonCase[] = all.map((place) => ({
    about: place.path[0] ?? '',
    text: `{${rightMember(place)}}`,
  }));
  while (cases.length < count) {
    const parts = [oddMember()];
    if (cases.length % 3 === 1) parts.unshift(rightMember(pick(all)));
    if (cases.length % 3 === 2) parts.push(oddMember());
    cases.push({ about: 'drawn', text: `{${parts.join(',')}}` });
  }
  return cases.slice(0, count);
}

function member(path: readonly string[], value: string): string {
  return within(path, value).slice(1, -1);
}

function swapCase(text: string): string {
  return [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('');
}
