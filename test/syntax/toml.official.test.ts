// What the official toml-test corpus would show, shown by cases of our own, as no package on npm holds that corpus: our reader
// gives the values of @iarna/toml, and where that one and the engine (BurntSushi/toml 1.6) differ, those of the engine.
// Every difference is listed with its reason and must still be one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { toml } from '../../server/src/core/syntax/toml.ts';
import type { Node } from '../../server/src/core/syntax/tree.ts';
import { judged, plain, wellFormed } from './tomlSupport.ts';

function rootOf(text: string): Node {
  const root = toml.parse(text).documents[0]?.root;
  assert.ok(root);
  return root;
}

const cases = readFileSync(new URL('toml-cases.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [topic = '', verdict = '', text = ''] = row.split('\t');
    return { topic, verdict, text: String(JSON.parse(text)) };
  });

for (const [topic, of] of Map.groupBy(cases, (one) => one.topic)) {
  test(`${topic}: the verdict and the values of @iarna/toml`, () => {
    for (const { verdict, text } of of) {
      const wanted = judged(text);
      assert.equal(
        wanted === undefined ? 'refuses' : 'reads',
        verdict,
        `@iarna/toml: ${JSON.stringify(text)}`,
      );
      const errors = toml.parse(text).problems.filter(({ weight }) => weight?.level === 'error');
      assert.equal(errors.length > 0, verdict === 'refuses', text);
      if (verdict === 'reads') assert.deepEqual(plain(rootOf(text)), wanted, text);
    }
  });
}

const when = '(datetime)';

/** The engine reads them, with these values; @iarna/toml refuses them. */
const onlyEngine: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  'TOML 1.1: line breaks, comments and a last comma in inline tables': [
    ['a = { b = 1, }', { a: { b: '1' } }],
    ['a = {\n  b = 1,\n  c = 2\n}', { a: { b: '1', c: '2' } }],
    ['a = { b = 1 # why\n}', { a: { b: '1' } }],
    ['a = { # why\n b = 1 }', { a: { b: '1' } }],
  ],
  'TOML 1.1: two more escapes': [
    ['a = "\\e[0m"', { a: '\u001b[0m' }],
    ['a = "caf\\xe9"', { a: 'café' }],
  ],
  'TOML 1.1: times without seconds': [
    ['a = 07:32', { a: when }],
    ['a = 1979-05-27T07:32', { a: when }],
    ['a = 1979-05-27 07:32Z', { a: when }],
  ],
  'Go takes small letters in dates, and offsets of a whole day': [
    ['a = 1979-05-27t07:32:00z', { a: when }],
    ['a = 1979-05-27T07:32:00+24:00', { a: when }],
  ],
  '@iarna/toml stumbles over a date before a comma or bracket, and over 0 with an exponent': [
    ['a = [1979-05-27, 07:32:00]', { a: [when, when] }],
    ['a = 0e0', { a: '0' }],
  ],
  'the engine lets a table be added to that was made on the way or in braces': [
    ['a = {}\na.b = 1', { a: { b: '1' } }],
    ['a = { b = {} }\na.b.c = 1', { a: { b: { c: '1' } } }],
    ['[a]\nb.c = 1\n[a.b]\nd = 1', { a: { b: { c: '1', d: '1' } } }],
    ['a.b = 1\n[a]\nc = 1', { a: { b: '1', c: '1' } }],
    ['a = { b = 1 }\n[a.c]', { a: { b: '1', c: {} } }],
    ['a = { b = { c = 1 }, b.d = 2 }', { a: { b: { c: '1', d: '2' } } }],
    ['a = { b.c = 1, b = 2 }', { a: { b: { c: '1' } } }],
  ],
};

for (const [reason, texts] of Object.entries(onlyEngine)) {
  test(`only the engine reads: ${reason}`, () => {
    for (const [text, value] of texts) {
      assert.equal(judged(text), undefined, `no exception any more: ${JSON.stringify(text)}`);
      assert.deepEqual(toml.parse(text).problems, [], text);
      assert.deepEqual(added(rootOf(text)), value, text);
    }
  });
}

/** The tree keeps a name that is written twice as two entries; the engine adds tables to the first and drops other values. */
function added(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(added);
  if (node.kind !== 'map') return plain(node);
  const held: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    const name = String(key.value);
    const now = held[name];
    const more = added(value);
    if (now === undefined) held[name] = more;
    else if (isObject(now) && isObject(more)) Object.assign(now, more);
  }
  return held;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** @iarna/toml reads them; the engine refuses them, and so do we with this message. */
const onlyIarna: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'Go keeps numbers in 64 bits': [
    ['a = 9223372036854775808', 'number-range'],
    ['a = -9223372036854775809', 'number-range'],
    ['a = 0x8000000000000000', 'number-range'],
    ['a = 3.0e400', 'number-range'],
  ],
  'Go knows how many days a month has, and hours a day': [
    ['a = 2023-02-29', 'bad-date'],
    ['a = 1900-02-29', 'bad-date'],
    ['a = 2023-04-31', 'bad-date'],
    ['a = 24:00:00', 'bad-date'],
  ],
  'half a date, and a zone behind a time alone': [
    ['a = 1979-05-27T', 'bad-date'],
    ['a = 07:32:00Z', 'bad-date'],
  ],
  'a carriage return on its own': [
    ['a = """x\ry"""', 'control-char'],
    ["a = '''x\ry'''", 'control-char'],
  ],
  'a header for a table that two dotted keys led through': [['a.b.c = 1\na.d.e = 1\n[a]', 'duplicate-table']],
};

for (const [reason, texts] of Object.entries(onlyIarna)) {
  test(`only @iarna/toml reads: ${reason}`, () => {
    for (const [text, message] of texts) {
      assert.notEqual(judged(text), undefined, `no exception any more: ${JSON.stringify(text)}`);
      assert.deepEqual(
        toml.parse(text).problems.map((problem) => problem.message),
        [message],
        text,
      );
    }
  });
}

test('no beginning of any of them makes the reader throw', () => {
  const texts = [
    ...cases.map(({ text }) => text),
    ...Object.values(onlyEngine).flatMap((cases) => cases.map(([text]) => text)),
    ...Object.values(onlyIarna).flatMap((cases) => cases.map(([text]) => text)),
  ];
  assert.ok(texts.length >= 400, `${texts.length} cases`);
  assert.equal(new Set(texts).size, texts.length, 'a case stands twice');
  for (const text of texts) {
    for (let end = 0; end <= text.length; end += 1) {
      wellFormed(text.slice(0, end), toml.parse(text.slice(0, end)));
    }
  }
});
