// The files under schemas/ say only what the loader understands, about versions that can be compared, in two languages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkedFormats } from '../../server/src/core/formats.ts';
import type { Definition, SchemaFile, Written } from '../../server/src/core/schema/definition.ts';
import { definitionAt, schemas } from '../../server/src/core/schema/load.ts';
import { atLeast, newest } from '../../server/src/core/schema/versions.ts';

const folder = new URL('../../schemas/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const files: [string, SchemaFile][] = names.map((name) => [name, read(name)]);
const chinese: Record<string, string> = read('locales/zh-cn.json');

const lifetime = ['x-since', 'x-deprecated', 'x-removed', 'x-removed-empty', 'x-ignored'];
const valueKeywords = [
  'value',
  'description',
  'x-replaced-by',
  'x-platform',
  'x-short',
  ...lifetime.slice(0, 3),
];
const keywords = [
  ...['$ref', 'description', 'type', 'properties', 'additionalProperties', 'items', 'required', 'default'],
  ...[
    'examples',
    'format',
    'x-values',
    'x-open',
    'x-replaced-by',
    'x-platform',
    'x-reload',
    'x-flag',
    'x-docs',
  ],
  ...['x-source', 'x-snippet', 'x-opaque', 'x-refusal', 'minimum', 'maximum', ...lifetime],
  ...['x-default-rootless', 'x-pair', 'x-drivers', 'x-variants', 'exclusiveMinimum', 'maxLength'],
  ...['maxProperties', 'x-max-bytes'],
  ...['x-key-format', 'x-empty', 'x-unique', 'x-one-of', 'x-needs', 'x-scope', 'x-whole', 'x-forbidden'],
  ...['x-immutable', 'x-gate', 'x-passage'],
];
const types = ['string', 'integer', 'number', 'boolean', 'null', 'object', 'array'];
/** Formats that only say what a string is for; everything else must have a check. */
const documented = [
  ...[
    'path',
    'url',
    'mount-options',
    'docker-host',
    'registry-mirror',
    'insecure-registry',
    'label',
    'integer',
  ],
];

/** Every written definition of a file with the place it stands at. */
function* written(name: string, at: string, one: Written): Generator<[string, Written]> {
  yield [`${name} ${at}`, one];
  for (const [key, child] of Object.entries(one.properties ?? {}))
    yield* written(name, `${at}/${key}`, child);
  if (typeof one.additionalProperties === 'object') yield* written(name, `${at}/*`, one.additionalProperties);
  if (one.items !== undefined) yield* written(name, `${at}/[]`, one.items);
  for (const [value, child] of Object.entries(one['x-variants']?.cases ?? {}))
    yield* written(name, `${at}=${value}`, child);
}

const all = files.flatMap(([name, file]) =>
  Object.entries({ ...file.roots, ...file.parts }).flatMap(([key, one]) => [...written(name, key, one)]),
);

/** Every definition as loaded. */
function* loaded(definition: Definition): Generator<Definition> {
  yield definition;
  for (const child of Object.values(definition.properties ?? {})) yield* loaded(child);
  if (typeof definition.additionalProperties === 'object') yield* loaded(definition.additionalProperties);
  if (definition.items !== undefined) yield* loaded(definition.items);
  for (const child of Object.values(definition['x-variants']?.cases ?? {})) yield* loaded(child);
}

const definitions = Object.values(schemas).flatMap((schema) =>
  Object.values(schema.roots).flatMap((root) => [...loaded(root)]),
);

test('no keyword is unknown, and each holds what it should', () => {
  assert.ok(all.length > 400);
  for (const [place, one] of all) {
    for (const key of Object.keys(one)) assert.ok(keywords.includes(key), `${place}: unknown keyword ${key}`);
    for (const type of [one.type ?? []].flat())
      assert.ok(types.includes(type), `${place}: unknown type ${type}`);
    if (one.format !== undefined) {
      assert.ok(
        [...checkedFormats, ...documented].includes(one.format),
        `${place}: unknown format ${one.format}`,
      );
    }
    for (const value of one['x-values'] ?? []) {
      for (const key of Object.keys(value)) {
        assert.ok(valueKeywords.includes(key), `${place}=${value.value}: unknown keyword ${key}`);
      }
    }
    assert.ok(['reload', 'restart', undefined].includes(one['x-reload']), place);
    assert.ok(['linux', 'windows', undefined].includes(one['x-platform']), place);
    assert.match(one['x-docs'] ?? 'https://a.b/', /^https:\/\/[a-z0-9.-]+\//, place);
    const { type, minimum, maximum } = one;
    // Options of drivers are numbers written as texts.
    const counts = type === 'integer' || one.format === 'quantity' || /storage-opts|log-/.test(place);
    assert.ok((minimum ?? maximum) === undefined || counts, `${place}: bounds are for numbers`);
    assert.ok((minimum ?? 0) <= (maximum ?? minimum ?? 0), `${place}: ${minimum} to ${maximum}`);
    assert.ok(one['x-pair'] === undefined || type === 'string', `${place}: only a string holds a pair`);
  }
  for (const { pointer, properties, items, ...one } of definitions) {
    const unique = typeof one['x-unique'] === 'string' ? [one['x-unique']] : [];
    const oneOf = one['x-one-of'];
    for (const name of [...(one.required ?? []), ...(oneOf?.members ?? []), ...(oneOf?.lenient ?? [])])
      assert.ok(Object.hasOwn(properties ?? {}, name), `${pointer}: ${name}`);
    for (const name of unique) assert.ok(Object.hasOwn(items?.properties ?? {}, name), `${pointer}: ${name}`);
    const key = one['x-key-format'];
    assert.ok(key === undefined || checkedFormats.includes(key), `${pointer}: unknown format ${key}`);
    const sibling = one['x-needs'];
    const parent = definitionAt(pointer.slice(0, pointer.lastIndexOf('/')));
    assert.ok(
      sibling === undefined || Object.hasOwn(parent?.properties ?? {}, sibling),
      `${pointer}: ${sibling}`,
    );
  }
});

test('versions are well formed and follow one another', () => {
  for (const [place, one] of all) {
    for (const lives of [one, ...(one['x-values'] ?? [])] as Record<string, unknown>[]) {
      const versions = lifetime.map((key) => lives[key]).filter((version) => version !== undefined);
      for (const version of versions) assert.match(String(version), /^(0|\d+\.\d+(\.\d+)?)$/, place);
      const order = ['x-since', 'x-deprecated', 'x-removed', 'x-removed-empty']
        .map((key) => lives[key])
        .filter((version) => version !== undefined)
        .map(String);
      order.slice(1).forEach((version, index) => {
        assert.ok(atLeast(version, order[index] ?? ''), `${place}: ${order.join(' before ')}`);
      });
    }
  }
});

test('nothing is younger than the newest version that is known', () => {
  const newestOf = { 'daemon.json': newest.docker, 'storage-conf.json': newest.containersStorage };
  for (const [place, one] of all) {
    const limit = Object.entries(newestOf).find(([name]) => place.startsWith(name))?.[1] ?? newest.kubernetes;
    if (one['x-since'] !== undefined)
      assert.ok(atLeast(limit, one['x-since']), `${place}: ${one['x-since']}`);
  }
});

test('every definition stands under one pointer and is found by it', () => {
  const pointers = new Set(definitions.map(({ pointer }) => pointer));
  assert.equal(pointers.size, definitions.length);
  for (const definition of definitions) assert.equal(definitionAt(definition.pointer), definition);
  assert.equal(definitionAt('daemon#/no-such-key'), undefined);
  assert.equal(definitionAt('nowhere'), undefined);
});

test('every description and refusal has a Chinese one, and no Chinese one is left over', () => {
  const needed = new Set<string>();
  for (const one of definitions) {
    if (one.description !== undefined) needed.add(one.texts);
    if (one['x-refusal'] !== undefined) needed.add(`${one.texts}!`);
    for (const value of one['x-values'] ?? []) {
      if (value.description !== undefined) needed.add(`${one.texts}=${value.value}`);
    }
  }
  assert.deepEqual([...needed].filter((key) => !chinese[key]).sort(), []);
  assert.deepEqual(
    Object.keys(chinese)
      .filter((key) => !needed.has(key))
      .sort(),
    [],
  );
  for (const [key, text] of Object.entries(chinese))
    assert.match(text, /\p{Script=Han}|^[^a-z]*`|^[A-Z]/u, key);
});

test('everything that can be completed is described', () => {
  const mute = definitions.filter(
    ({ pointer, description, 'x-passage': passage }) =>
      description === undefined && passage !== true && !/\/(\*|\[\])$/.test(pointer),
  );
  assert.deepEqual(
    mute.map(({ pointer }) => pointer),
    [],
  );
});
