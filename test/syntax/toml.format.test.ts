// Formatting: what it makes of a text by example, and of generated and real texts that it changes no value and no comment,
// and that a second time changes nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseToml, toml } from '../../server/src/core/syntax/toml.ts';
import { formatToml, formatTomlRange } from '../../server/src/core/syntax/tomlFormat.ts';
import type { Node } from '../../server/src/core/syntax/tree.ts';
import { corpusFiles, repositoryFiles } from '../support/corpus.ts';
import { apply, walk } from '../support/tree.ts';
import { plain, tomlText } from './tomlSupport.ts';

const format = (text: string, step?: string) =>
  apply(text, formatToml(text, step === undefined ? {} : { step }));

const examples: readonly [what: string, text: string, formatted: string][] = [
  ['nothing', '', ''],
  ['blanks alone', '\n \n\t\n', ''],
  ['blanks around “=”', 'a=1\nb  =\t2\n"c" .d= 3', 'a = 1\nb = 2\n"c".d = 3\n'],
  ['headers', '[ a . "b" ]\n[[\tc ]]  # why  ', '[a."b"]\n\n[[c]] # why\n'],
  ['entries at the margin', '[a]\n  b = 1\n\t# c\n    d = 2\n', '[a]\nb = 1\n# c\nd = 2\n'],
  ['a comment behind a value', 'a = 1# why \n', 'a = 1 # why\n'],
  ['one empty line before a table', 'a = 1\n[b]\nc = 1\n\n\n\n[d]\n', 'a = 1\n\n[b]\nc = 1\n\n[d]\n'],
  ['none before the first', '\n\n[a]\n', '[a]\n'],
  ['comments stay with their table', 'a = 1\n# one\n# two\n[b]\n', 'a = 1\n\n# one\n# two\n[b]\n'],
  ['comments that stand apart stay apart', 'a = 1\n# one\n\n# two\n[b]\n', 'a = 1\n# one\n\n# two\n[b]\n'],
  ['at most one empty line', 'a = 1\n\n\n\nb = 2\n\n', 'a = 1\n\nb = 2\n'],
  ['ends of line', 'a=1\r\n\r\n\r\n[b]\r\n', 'a = 1\r\n\r\n[b]\r\n'],
  ['a byte order mark', '\ufeff\n a=1', '\ufeffa = 1\n'],
  ['short lists', 'a=[1,2 ,3,]\nb = [ ]\nc=[\n]\n', 'a = [1, 2, 3]\nb = []\nc = []\n'],
  ['lists over lines', 'a = [1,\n2]\n', 'a = [\n  1,\n  2,\n]\n'],
  [
    'comments in lists',
    'a = [ # open\n1 # one\n, # comma\n# own\n\n2, # two\n\n# last\n]\n',
    'a = [ # open\n  1, # one\n  # comma\n  # own\n\n  2, # two\n  # last\n]\n',
  ],
  [
    'a long list',
    `a = ["${'x'.repeat(50)}", "${'y'.repeat(50)}"]\n`,
    `a = [\n  "${'x'.repeat(50)}",\n  "${'y'.repeat(50)}",\n]\n`,
  ],
  ['lists in lists', 'a = [[1,2],[\n3]]\n', 'a = [[1, 2], [\n  3,\n]]\n'],
  ['inline tables', 'a={b=1,c.d = [2,]}\ne = { }\n', 'a = { b = 1, c.d = [2] }\ne = {}\n'],
  ['inline tables over lines', 'a = { b=1 # why\n}\n', 'a = {\n  b = 1, # why\n}\n'],
  ['values keep their bytes', 'a="""x  \n  y\\\n """\nb=1_0\n', 'a = """x  \n  y\\\n """\nb = 1_0\n'],
];

for (const [what, text, formatted] of examples) {
  test(`formats ${what}`, () => {
    assert.equal(format(text), formatted);
    assert.deepEqual(formatToml(formatted), []);
  });
}

test('the step of indentation is the one that is asked for', () => {
  assert.equal(format('a = [\n1]', '\t'), 'a = [\n\t1,\n]\n');
  assert.equal(format('a = [[\n1]\n]', '    '), 'a = [\n    [\n        1,\n    ],\n]\n');
});

test('of a range only what touches it is formatted', () => {
  const text = 'a=1\nb=2\nc=3\n';
  assert.equal(apply(text, formatTomlRange(text, { start: 4, end: 7 })), 'a=1\nb = 2\nc=3\n');
});

test('texts with mistakes or template marks are left alone', () => {
  for (const text of ['a=1\nb=', 'a=1\na=2\n', 'a="x\n', 'a={{ x }}\n', 'a=1 2', '[a\nb=1', 'a=2023-02-30']) {
    assert.deepEqual(formatToml(text), [], text);
  }
});

function comments(text: string): string[] {
  return toml.parse(text).comments.map(({ start, end }) => text.slice(start, end).trimEnd());
}

function scalars(root: Node): string[] {
  return [...walk(root)].flatMap((node) => (node.kind === 'scalar' ? [node.raw] : []));
}

/** True where there was something to format. */
function keeps(text: string, step?: string): boolean {
  const edits = formatToml(text, step === undefined ? {} : { step });
  if (edits.length === 0) return false;
  const result = apply(text, edits);
  const [before, after] = [toml.parse(text), toml.parse(result)];
  const root = before.documents[0]?.root;
  const formatted = after.documents[0]?.root;
  assert.ok(root && formatted);
  assert.deepEqual(after.problems, before.problems, result);
  assert.deepEqual(plain(formatted), plain(root), result);
  assert.deepEqual(scalars(formatted), scalars(root), result);
  assert.deepEqual(comments(result), comments(text), result);
  const older = (one: string) => parseToml(one, 2).problems.map(({ message }) => message);
  assert.deepEqual(
    older(result).filter((message) => !older(text).includes(message)),
    [],
    'older versions refuse what they read before',
  );
  assert.deepEqual(format(result, step), result, 'not done at once');
  if (/\r\n/.test(text) && !/[^\r]\n/.test(text)) assert.doesNotMatch(result, /(?:^|[^\r])\n/);
  return true;
}

test('generated texts keep values, comments and ends of line', () => {
  let formatted = 0;
  fc.assert(
    fc.property(tomlText, fc.constantFrom('\t', '    ', undefined), (text, step) => {
      if (keeps(text, step)) formatted += 1;
    }),
    { numRuns: 3000 },
  );
  assert.ok(formatted > 300, `only ${formatted} were formatted`);
});

test('cases and real files keep values and comments', () => {
  const cases = readFileSync(new URL('toml-cases.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const texts = [
    ...cases.map((row) => String(JSON.parse(row.split('\t')[2] ?? '""'))),
    ...corpusFiles('corpus/storage').map(({ text }) => text),
    ...repositoryFiles('examples/containers').map(({ text }) => text),
  ];
  assert.ok(texts.filter((text) => keeps(text)).length > 100);
});
