// JSON: what the engine refuses is told once and where it is; what it takes is silent; what is half-typed still gives a tree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../server/src/core/syntax/json.ts';
import { problemMessages } from '../../server/src/core/syntax/problems.ts';
import { corpusFiles, sharedText } from '../support/corpus.ts';
import { apply, assertWellFormed, plainValue, walk } from '../support/tree.ts';

/** `message@text` of every problem. */
function told(text: string): string[] {
  const tree = json.parse(text);
  assertWellFormed(text, tree);
  return tree.problems.map(({ code, message, span }) => {
    assert.ok(problemMessages[code][message], `no words for ${message}`);
    return `${message}@${text.slice(span.start, span.end)}`;
  });
}

function value(text: string): unknown {
  const root = json.parse(text).documents[0]?.root;
  return root && plainValue(root);
}

function mended(text: string): string {
  return apply(
    text,
    json.parse(text).problems.flatMap(({ edits }) => edits ?? []),
  );
}

test('strict JSON is silent', () => {
  for (const text of [
    '',
    ' \n',
    '\uFEFF{"a": 1}',
    '{}',
    'null',
    '{"a": [1, -0.5e+3, true, null, "\\u00e9\\n \u007f"], "A": {}}',
    '{"big": 12345678901234567890}',
    '{"log-opts": {"tag": "{{.ImageName}}/{{.ID}}"}}',
  ]) {
    assert.deepEqual(told(text), [], text);
  }
});

test('values are what JSON says', () => {
  assert.deepEqual(value('{"a": [1, 1.5, 12345678901234567890, "\\u0041", true, null]}'), {
    a: [1, 1.5, 12345678901234567890n, 'A', true, null],
  });
  const types = [
    ...walk(
      json.parse('[1, 1.0, 1e3]').documents[0]?.root ?? { kind: 'missing', span: { start: 0, end: 0 } },
    ),
  ];
  assert.deepEqual(
    types.map((node) => (node.kind === 'scalar' ? node.type : node.kind)),
    ['list', 'integer', 'float', 'float'],
  );
});

test('each cause is told once, where it stands, and mended where there is one way', () => {
  const cases: [string, string[], string?][] = [
    ['{ // a\n// b\n"x": 1 /* c */}', ['comment@// a\n// b', 'comment@/* c */'], '{\n"x": 1 }'],
    ['{# note\n"x": 1}', ['comment@# note'], '{\n"x": 1}'],
    ['# note\n{"x": 1}', ['comment@# note'], '{"x": 1}'],
    ['{"x": 1 /* open', ['comment-unclosed@/* open']],
    ['{"x": [1, 2,],\n}', ['trailing-comma@,', 'trailing-comma@,'], '{"x": [1, 2]\n}'],
    ['{"x": 1,, "y": 2}', ['extra-comma@,'], '{"x": 1, "y": 2}'],
    ['{"x": 1\n "y": 2}', ['missing-comma@"y"'], '{"x": 1,\n "y": 2}'],
    [
      "{'x': 'it\\'s \"so\"'}",
      ["single-quotes@'x'", "single-quotes@'it\\'s \"so\"'"],
      '{"x": "it\'s \\"so\\""}',
    ],
    ['{“x”: 1}', ['typographic-quotes@“x”'], '{"x": 1}'],
    ['{x: 1}', ['unquoted-key@x'], '{"x": 1}'],
    ['{"x": over lay}', ['unquoted-value@over lay'], '{"x": "over lay"}'],
    ['{"x": True, "y": None}', ['literal-case@True', 'literal-case@None'], '{"x": true, "y": null}'],
    ['{"x": 01, "y": +1, "z": .5}', ['bad-number@01', 'bad-number@+1', 'bad-number@.5']],
    ['{"x": "a\tb"}', ['control-character@"a\tb"'], '{"x": "a\\tb"}'],
    ['{"x": "C:\\data"}', ['bad-escape@"C:\\data"'], '{"x": "C:\\\\data"}'],
    ['{"x": "C:\\temp\\data"}', ['bad-escape@"C:\\temp\\data"'], '{"x": "C:\\temp\\data"}'],
    ['{"x": "open,\n "y": 1}', ['string-unclosed@"open,']],
    ['{"x" 1}', ['missing-colon@"x"'], '{"x": 1}'],
    ['{"x" = 1}', ['equals-sign@='], '{"x" : 1}'],
    ['{"x": }', ['missing-value@"x":']],
    ['{"x": \n "y": 1}', ['missing-value@"x":']],
    ['{"x"}', ['missing-value@"x"']],
    ['{"x": 1, 2: 3}', ['unquoted-key@2'], '{"x": 1, "2": 3}'],
    ['{{"x": 1}, "y": 2}', []],
    ['{[1]}', ['missing-key@[1]']],
    ['["x": 1]', ['colon-in-list@:']],
    ['{"x": 1', ['brace-unclosed@{']],
    ['{"x": [1}', ['bracket-unclosed@[']],
    ['{"x": 1]', ['closing-mismatch@]']],
    ['{"x": 1} {"y": 2}\n', ['after-end@{"y": 2}']],
    ['"x": {}', ['after-end@: {}']],
  ];
  for (const [text, problems, fixed] of cases) {
    assert.deepEqual(told(text), problems, text);
    if (fixed === undefined) continue;
    assert.equal(mended(text), fixed);
    if (problems[0]?.startsWith('bad-escape') !== true) assert.deepEqual(told(fixed), [], fixed);
  }
});

test('every problem has words, every edit a title', () => {
  const words = problemMessages['not-strict-json'];
  for (const text of ['{"x": 1,}', "{'x': tru}", '{x: 1} 2', '{"a": 1 "b": 2, "c" = 3}']) {
    for (const { message, edits } of json.parse(text).problems) {
      if (edits !== undefined) assert.ok(words[`fix-${message}`], message);
    }
  }
});

test('a key written twice is overlooked by the engine: a warning, and the first is shown', () => {
  const text = '{"a": 1, "b": {"c": 1, "c": 2}, "a": 3, "A": 4}';
  const { problems } = json.parse(text);
  assert.deepEqual(
    problems.map(({ code, span, related, weight }) => [code, span.start, related?.[0]?.start, weight?.level]),
    [
      ['duplicate-key', 23, 15, 'warning'],
      ['duplicate-key', 32, 1, 'warning'],
    ],
  );
  assert.deepEqual(value(text), { a: 3, b: { c: 2 }, A: 4 });
});

test('a value that is still to be typed has its place behind the blank', () => {
  for (const [text, at] of [
    ['{"a": ', 6],
    ['{"a":', 5],
    ['{"a"', 4],
    ['{"a": \n}', 6],
    ['{"a": , "b": 1}', 6],
  ] as const) {
    const root = json.parse(text).documents[0]?.root;
    assert.ok(root?.kind === 'map');
    const first = root.entries[0]?.value;
    assert.deepEqual(first, { kind: 'missing', span: { start: at, end: at } }, text);
  }
});

test('templates are not judged, whatever else is wrong with them', () => {
  for (const text of [
    '{{ x }}',
    '{"a": {{ x }},}',
    '{% if a %}{"a": 1,}{% endif %}',
    '{"a": "{{ driver }}",}',
  ]) {
    const tree = json.parse(text);
    assert.deepEqual([tree.documents[0]?.templated, tree.problems], [true, []], text);
  }
});

test('depth does not exhaust the stack', () => {
  const text = `${'['.repeat(50_000)}1`;
  assertWellFormed(text, json.parse(text));
  assert.deepEqual(told(`${'{"a":['.repeat(2_000)}1${']}'.repeat(2_000)}`), []);
});

test('real files: refused as JSON exactly where dockerd 28.5.2 refused them', () => {
  const verdicts = new Map(
    (sharedText('corpus/daemon-verdicts.tsv') ?? '').split('\n').map((row) => {
      const [name = '', , message = ''] = row.split('\t');
      return [name, message];
    }),
  );
  for (const { name, text } of corpusFiles('corpus/daemon')) {
    const tree = json.parse(text);
    if (tree.documents[0]?.templated === true) continue;
    const refused = /invalid character|unexpected end/.test(verdicts.get(name) ?? '');
    assert.equal(
      tree.problems.some(({ code }) => code === 'not-strict-json'),
      refused,
      name,
    );
  }
});
