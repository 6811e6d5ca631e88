// YAML: streams as Kubernetes' tools read them; what they refuse is told once and where it is; half-typed still gives a tree.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemMessages } from '../../server/src/core/syntax/problems.ts';
import { get, type MapNode, type Node } from '../../server/src/core/syntax/tree.ts';
import { yaml } from '../../server/src/core/syntax/yaml.ts';
import { corpusFiles, sharedText } from '../support/corpus.ts';
import { apply, assertWellFormed, plainValue } from '../support/tree.ts';

/** `message@text` of every problem. */
function told(text: string): string[] {
  const tree = yaml.parse(text);
  assertWellFormed(text, tree);
  return tree.problems.map(({ code, message, span }) => {
    assert.ok(problemMessages[code][message], `no words for ${message}`);
    return `${message}@${text.slice(span.start, span.end)}`;
  });
}

function values(text: string): unknown[] {
  const tree = yaml.parse(text);
  assertWellFormed(text, tree);
  return tree.documents.map(({ root }) => plainValue(root));
}

function rootMap(text: string): MapNode {
  const root = yaml.parse(text).documents[0]?.root;
  assert.ok(root?.kind === 'map');
  return root;
}

test('plain scalars are what go-yaml 2 makes of them', () => {
  const cases: Record<string, unknown> = {
    yes: true,
    Off: false,
    y: true,
    oN: 'oN',
    '~': null,
    Null: null,
    '0777': 511,
    '-0o17': -15,
    '08': 8,
    '0x1F': 31,
    '0b11': 3,
    '1_000': 1000,
    '+5': 5,
    '1.0': 1,
    '1.5': 1.5,
    '1e3': 1000,
    '.5': 0.5,
    '-.inf': Number.NEGATIVE_INFINITY,
    '12345678901234567890': 12345678901234567890n,
    '1:30': '1:30',
    '2020-01-01': '2020-01-01',
    '10Gi': '10Gi',
    '1.2.3': '1.2.3',
    '0o8': '0o8',
    '-': '-',
    null: null,
    '"yes"': 'yes',
    "'1'": '1',
    '!!str 1': '1',
  };
  for (const [source, expected] of Object.entries(cases)) {
    if (source !== '-') assert.deepEqual(values(`k: ${source}\n`), [{ k: expected }], source);
  }
});

test('a stream has its documents, empty ones too', () => {
  assert.deepEqual(values('# c\na: 1\n---\n# nothing\n---\nb: 2\n...\n---\n- 3\n'), [
    { a: 1 },
    null,
    { b: 2 },
    [3],
  ]);
  assert.deepEqual(values(''), [null]);
  assert.deepEqual(values('# only\n'), [null]);
  assert.equal(yaml.parse('---\n').documents[0]?.root.kind, 'missing');
});

test('what is missing is told from what is null', () => {
  const root = rootMap('a:\nb: ~\nc: null\nd: # c\ne: [x, ]\n');
  const kinds = root.entries.map(({ value }) => (value.kind === 'scalar' ? value.type : value.kind));
  assert.deepEqual(kinds, ['missing', 'null', 'null', 'missing', 'list']);
  const item = get(rootMap('l:\n  - \n  - x\n'), 'l');
  assert.equal(item?.kind === 'list' && item.items[0]?.kind, 'missing');
});

test('keys that are being typed stand beside the finished ones', () => {
  const keys = (text: string) => rootMap(text).entries.map(({ key, value }) => `${key.value}:${value.kind}`);
  assert.deepEqual(keys('kin\napiVersion: v1\n'), ['kin:missing', 'apiVersion:scalar']);
  assert.deepEqual(keys('a: 1\nkin\nb: 2\n'), ['a:scalar', 'kin:missing', 'b:scalar']);
  assert.deepEqual(keys('a: 1\nkin'), ['a:scalar', 'kin:missing']);
  assert.deepEqual(keys('a: '), ['a:missing']);
});

test('aliases are followed, merge keys are marked', () => {
  assert.deepEqual(values('x: &a {k: 1}\nz: *a\nm:\n  <<: [*a, {k: 2, l: 3}]\n  w: 2\n'), [
    { x: { k: 1 }, z: { k: 1 }, m: { k: 1, l: 3, w: 2 } },
  ]);
  const merge = get(rootMap('x: &a {k: 1}\nm:\n  <<: *a\n'), 'm');
  assert.equal(merge?.kind === 'map' && merge.entries[0]?.merge, true);
  assert.deepEqual(told('a: *x\n'), ['alias-unknown@*x']);
  assert.deepEqual(told('a: &x [*x]\n'), ['alias-in-itself@*x']);
  assert.deepEqual(told('a: &x 1\n<<: *x\n'), ['merge-not-map@<<']);
  assert.deepEqual(told('---\na: &x 1\n---\nb: *x\n'), ['alias-unknown@*x']);
});

test('a small file cannot become a large tree', () => {
  const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++)
    lines.push(
      `l${i}: &l${i} [${Array(9)
        .fill(`*l${i - 1}`)
        .join(', ')}]`,
    );
  let nodes = 0;
  const count = (node: Node): void => {
    nodes++;
    if (node.kind === 'alias' && node.target !== undefined) count(node.target);
    if (node.kind === 'list') node.items.forEach(count);
    if (node.kind === 'map') for (const { value } of node.entries) count(value);
  };
  const root = yaml.parse(`${lines.join('\n')}\n`).documents[0]?.root;
  assert.ok(root);
  count(root);
  assert.ok(nodes < 200_000, `${nodes} nodes`);
  for (const text of ['['.repeat(3_000), `${'- '.repeat(3_000)}x`, `${'{a: '.repeat(1_000)}`]) {
    assertWellFormed(text, yaml.parse(text));
  }
});

test('each cause is told once and where it stands', () => {
  const cases: [string, string[]][] = [
    ['a:\n\tb: 1\n\tc: 2\n', ['tab-indent@\t']],
    ['a:\n  b: 1\n c: 2\n', ['bad-indent@c:']],
    ['a:\n  b: 1\n   c: 2\n', ['nested-colon@1']],
    ['a: b: c\n', ['nested-colon@b:']],
    ['a: [1, 2\nb: 3\n', ['flow-unclosed@[']],
    ['a: {x: 1\n', ['flow-unclosed@{']],
    ['a: "x\nb: 1\n', ['quote-unclosed@"x']],
    ["a: 'x\n", ["quote-unclosed@'x"]],
    ['a: @x\n', ['reserved-character@@x']],
    ['a: "\\q"\n', ['bad-escape@\\q']],
    ['a: 1\nb\nc: 2\n', ['missing-colon@b']],
    ['- a\nb: 1\n', ['unexpected@b:']],
    ['? [a]\n: 1\n', ['collection-as-key@[a]']],
    ['a: 1\na: 2\n', ['duplicate-overlooked@a']],
    ['a: "x\n---\nb: 1\nb: 2\n', ['quote-unclosed@"x']],
  ];
  for (const [text, problems] of cases) assert.deepEqual(told(text), problems, text);
});

test('a document indented with tabs alone is mended in one go', () => {
  const text = 'a:\n\tb:\n\t\t- 1\n\tc: "x"\n';
  const fixed = apply(text, yaml.parse(text).problems[0]?.edits ?? []);
  assert.equal(fixed, 'a:\n  b:\n    - 1\n  c: "x"\n');
  assert.equal(yaml.parse('a:\n\tb: 1\n  c: 1\n').problems[0]?.edits, undefined);
});

test('what Kubernetes reads is silent', () => {
  for (const text of [
    'a: !custom x\n',
    '%YAML 1.1\n---\na: 1\n',
    'a:\n- b\n-   c: 1\n    d: 2\n',
    'a: "x\n  y"\nb: x\n  y\n',
    'a: 1\t\nb: |\n  \tx\n',
    'a: {b: 1,\n c: [\n]}\n',
    '"k": {"j": [1]}\n',
    'a: http://x:1/y#z\n',
    'a: >-\n  x\n\n  y\n# c\n',
    '\uFEFFa: 1\r\nb:\r\n  - c\r\n',
  ]) {
    assert.deepEqual(told(text), [], text);
  }
});

test('a key written twice is overlooked by kubectl: a warning, and the first is shown', () => {
  const { problems } = yaml.parse('a: 1\nb: 2\na: 3\n');
  assert.deepEqual(
    problems.map(({ code, weight, related }) => [code, weight?.level, related?.[0]?.start]),
    [['duplicate-key', 'warning', 0]],
  );
});

test('two manifests without the line between them are one mistake', () => {
  const text = 'apiVersion: v1\nkind: A\nmetadata: {}\nkind: B\napiVersion: v1\nmetadata: {}\n';
  assert.deepEqual(told(text), ['second-manifest@kind']);
  const fixed = apply(text, yaml.parse(text).problems[0]?.edits ?? []);
  assert.deepEqual(values(fixed).length, 2);
  assert.deepEqual(told(fixed), []);
});

test('templates are not judged, document by document', () => {
  const tree = yaml.parse(
    '{{- if .x }}\na: {{ .y }}\na: 1\n---\nb: |\n  {{ z }}\n---\n# {{ no }}\nc: 1\nc: 2\n',
  );
  assert.deepEqual(
    tree.documents.map(({ templated }) => templated),
    [true, false, false],
  );
  assert.deepEqual(
    tree.problems.map(({ message }) => message),
    ['duplicate-overlooked'],
  );
});

test('indents inside brackets do not matter, and their comments are found', () => {
  const text = 'a: {b: 1, # x\nc: [ # y\n2,\n"d # no"\n]}\ne: [\n{f: 1\n}\n]\n';
  assert.deepEqual(told(text), []);
  assert.deepEqual(values(text), [{ a: { b: 1, c: [2, 'd # no'] }, e: [{ f: 1 }] }]);
  assert.equal(yaml.parse(text).comments.length, 2);
});

test('comments are found in every place', () => {
  const text = '# 1\na: # 2\n  - b # 3\n  # 4\n  - {c: d} # 5\ne: | # 6\n  # not\nf: "# not"\n# 7\n';
  const found = yaml.parse(text).comments.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found, ['# 1', '# 2', '# 3', '# 4', '# 5', '# 6', '# 7']);
});

test('real files: refused as YAML exactly where kubectl refused them', () => {
  const verdicts = new Map(
    (sharedText('corpus/k8s-verdicts.tsv') ?? '').split('\n').map((row) => {
      const [name = '', verdict = ''] = row.split('\t');
      return [name, verdict];
    }),
  );
  for (const { name, text } of corpusFiles('corpus/k8s')) {
    const tree = yaml.parse(text);
    assert.equal(
      tree.problems.some(({ code }) => code === 'yaml-syntax'),
      verdicts.get(name) !== 'ok',
      name,
    );
  }
});
