// What versions of containers/storage read differently, each because of the TOML reader built into it. Every line was tried on
// that reader (BurntSushi/toml 1.2, 1.3, 1.4, 1.5 and 1.6).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../server/src/core/read.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import type { Problem } from '../../server/src/core/syntax/tree.ts';
import { apply } from '../support/tree.ts';
import { releaseMessages } from './tomlSupport.ts';

const versions = ['1.43', '1.46', '1.47', '1.54', '1.55', '1.62', '1.63', '1.65'];

function problemsAt(text: string, containersStorage: string): readonly Problem[] {
  const kind = { family: 'storage', format: 'toml', scope: 'unknown' } as const;
  return read(text, kind, { ...newest, containersStorage }).problems;
}

/** For each version in turn: `y` reads the file, `n` refuses it, `w` reads it and warns. */
function verdicts(text: string): string {
  return versions
    .map((version) => {
      const problems = problemsAt(text, version);
      if (problems.length === 0) return 'y';
      return problems.every(({ weight }) => weight?.level === 'warning') ? 'w' : 'n';
    })
    .join('');
}

/** The marked place is what the oldest version tells of; the last column is what its edits leave. */
const told: readonly [text: string, verdicts: string, message: string, mended?: string][] = [
  ['⟦\ufeff⟧a = 1\n', 'nnyyyyyy', 'byte-order-mark', 'a = 1\n'],
  ['a = "x⟦\ufffd⟧"\n', 'nnnnyyyy', 'not-utf8'],
  ['# ⟦\ufffd⟧\n', 'nnnnyyyy', 'not-utf8'],
  ['a = "⟦\\e⟧[0m"\n', 'nnnnnnyy', 'newer-escape', 'a = "\\u001b[0m"\n'],
  ['a = "caf⟦\\xe9⟧"\n', 'nnnnnnyy', 'newer-escape', 'a = "caf\\u00e9"\n'],
  ['"⟦\\x61⟧" = 1\n', 'nnnnnnyy', 'newer-escape', '"\\u0061" = 1\n'],
  ['a = ⟦07:32⟧\n', 'nnnnnnyy', 'newer-time', 'a = 07:32:00\n'],
  ['a = ⟦1979-05-27 07:32Z⟧\n', 'nnnnnnyy', 'newer-time', 'a = 1979-05-27 07:32:00Z\n'],
  ['a = { b = 1⟦,⟧ }\n', 'nnnnnnyy', 'newer-comma', 'a = { b = 1 }\n'],
  ['a = { b = [1, 2,]⟦,⟧ }\n', 'nnnnnnyy', 'newer-comma', 'a = { b = [1, 2,] }\n'],
  ['a = ⟦{⟧\n}\n', 'nnnnnnyy', 'newer-lines', 'a = {}\n'],
  ['a = ⟦{⟧\n  b = 1,\n  c = 2,\n}\n', 'nnnnnnyy', 'newer-lines', 'a = { b = 1, c = 2 }\n'],
  ['a = ⟦{⟧ b = 1\n, c = 2 }\r\n', 'nnnnnnyy', 'newer-lines', 'a = { b = 1, c = 2 }\r\n'],
  [
    '[t]\n  a = ⟦{⟧ # first\n    b = 1, # second\n    # third\n  }\n',
    'nnnnnnyy',
    'newer-lines',
    '[t]\n  # first\n  # second\n  # third\n  a = { b = 1 }\n',
  ],
  ['a = [⟦{⟧\n append = true }, "/x"]\n', 'nnnnnnyy', 'newer-lines', 'a = [{ append = true }, "/x"]\n'],
  ['a = [1]\n⟦a⟧ = [2]\n', 'wwwwwwnn', 'list-overlooked'],
  ['a = 1\n⟦a⟧ = [2]\n', 'wwwwwwnn', 'list-overlooked'],
  ['a = 7:32:00', 'yyyynnnn', ''],
  ['a = 1979-05-27 7:32:00Z', 'yyyynnnn', ''],
  ['a = 7:3:00', 'nnnnnnnn', 'bad-date'],
  ['a = { b.c = 1, b = 2, b.d = 3 }\n', 'yyyynnnn', ''],
  ['a = {\n# c\n b = [\n # d\n 1] }\n', 'nnnnnnyy', 'newer-lines'],
];

for (const [marked, wanted, message, mended] of told) {
  test(`${wanted} ${JSON.stringify(marked)}`, () => {
    const text = marked.replace(/[⟦⟧]/g, '');
    assert.equal(verdicts(text), wanted);
    const [problem] = problemsAt(text, '1.43');
    assert.equal(problem?.message ?? '', message);
    if (problem === undefined) return;
    const { start, end } = problem.span;
    const found = `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`;
    if (marked !== text) assert.equal(found, marked);
    if (mended === undefined) return;
    assert.equal(apply(text, problem.edits ?? []), mended);
    assert.equal(verdicts(mended), 'yyyyyyyy');
  });
}

test('every message of older versions is told of something above', () => {
  const seen = new Set(told.map(([, , message]) => message));
  for (const message of releaseMessages) assert.ok(seen.has(message), message);
});

test('two inline tables over lines, one in the other, are mended one by one', () => {
  const text = 'a = { # c\n b = {\n c = 1,\n },\n}\n';
  const [outer, inner] = problemsAt(text, '1.62');
  assert.equal(apply(text, inner?.edits ?? []), 'a = { # c\n b = { c = 1 },\n}\n');
  assert.equal(apply(text, outer?.edits ?? []), '# c\na = { b = {\n c = 1,\n } }\n');
});

test('nothing is said of a templated file', () => {
  assert.equal(verdicts('\ufeff# {{ managed }}\na = {\n}\n'), 'yyyyyyyy');
});
