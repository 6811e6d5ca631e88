// The TOML front end on texts that people write: what it reads, what it says, how it mends, and what it lets pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toml } from '../../server/src/core/syntax/toml.ts';
import { judge } from '../../server/src/core/syntax/tomlJudge.ts';
import { tomlDuplicateMessages, tomlMessages } from '../../server/src/core/syntax/tomlProblems.ts';
import { readToml } from '../../server/src/core/syntax/tomlRead.ts';
import { entry, get, type MapNode, type Node, type Problem } from '../../server/src/core/syntax/tree.ts';
import { corpusFiles, repositoryFiles } from '../support/corpus.ts';
import { apply, plainValue } from '../support/tree.ts';
import { judged, plain, releaseMessages, wellFormed } from './tomlSupport.ts';

function rootOf(text: string): MapNode {
  const tree = toml.parse(text);
  wellFormed(text, tree);
  const root = tree.documents[0]?.root;
  assert.equal(root?.kind, 'map');
  return root;
}

function map(node: Node | undefined): MapNode {
  assert.equal(node?.kind, 'map');
  return node;
}

const values: readonly [string, unknown][] = [
  ['"a\\tb \\u00e9 \\U0001F600"', 'a\tb é 😀'],
  ["'C:\\x'", 'C:\\x'],
  ['"""\none\n  two\\\n   three"""', 'one\n  twothree'],
  ["'''\nraw \\ 'x' '''", "raw \\ 'x' "],
  ['"""""two quotes"""""', '""two quotes""'],
  ['1_000', 1000],
  ['-0x1F', '-0x1F'],
  ['0xdead_beef', 0xdeadbeef],
  ['0o17', 15],
  ['0b101', 5],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['6.5e-1_0', 6.5e-10],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['true', true],
  ['1979-05-27T07:32:00.5+01:00', '1979-05-27T07:32:00.5+01:00'],
  ['1979-05-27 07:32:00', '1979-05-27 07:32:00'],
  ['07:32:00', '07:32:00'],
  ['[1, ["x",], {a.b = 2}]', [1, ['x'], { a: { b: 2 } }]],
];
for (const [text, value] of values) {
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.deepEqual(plainValue(rootOf(`k = ${text} # c`)), { k: value });
  });
}

test('tables keep their places, however they are opened', () => {
  const text = 'x.y = 1\n\n[a.b] # c\nk = 1\n\n[a]\nd.e = 2\n\n[[l]]\nn = 1\n[l.m]\n[[l]]\n';
  const root = rootOf(text);
  assert.deepEqual(plainValue(root), {
    x: { y: 1 },
    a: { b: { k: 1 }, d: { e: 2 } },
    l: [{ n: 1, m: {} }, {}],
  });
  const shown = (node: Node) => (node.kind === 'map' ? node.headers : []) ?? [];
  const texts = (node: Node | undefined) =>
    node && shown(node).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(texts(get(root, 'a')), ['[a]']);
  assert.deepEqual(texts(get(get(root, 'a'), 'b')), ['[a.b]']);
  assert.deepEqual(texts(get(root, 'x')), []);
  const list = get(root, 'l');
  assert.equal(list?.kind === 'list' && list.style, 'table');
  assert.deepEqual(list?.kind === 'list' && list.items.map(texts), [['[[l]]'], ['[[l]]']]);
  const inner = map(get(get(root, 'a'), 'b'));
  assert.equal(text.slice(inner.span.start, inner.span.end), '[a.b] # c\nk = 1');
  assert.equal(entry(root, 'a')?.span.start, text.indexOf('a.b'));
});

test('comments have their places, line ends of Windows left out', () => {
  const text = '# one\r\na = "#" # two\r\nb = [ # three\r\n]\r\n';
  const tree = toml.parse(text);
  assert.deepEqual(tree.problems, []);
  assert.deepEqual(
    tree.comments.map(({ start, end }) => text.slice(start, end)),
    ['# one', '# two', '# three'],
  );
});

const accepted: readonly [string, string][] = [
  ['a byte order mark', '\ufeff[storage]\ndriver = "overlay"\n'],
  ['line breaks and a last comma in braces (TOML 1.1)', 'a = {\n  b = 1, # c\n}\n'],
  ['escapes of TOML 1.1', 'a = "\\e[0m\\x41"\n'],
  ['a time without seconds (TOML 1.1)', 'a = 07:32\n'],
  ['a time before a line break', 'a = 07:32:00\nb = 1\n'],
  ['a date in a list', 'a = [1979-05-27, 1979-05-28T00:00:00]\n'],
  ['small letters in a date', 'a = 1979-05-27t07:32:00z\n'],
  ['a zero with an exponent', 'a = 0e5\n'],
  ['lists that add to those of other files', 'a = ["x", {append=true}]\n'],
  ['comments before Windows line ends', '# c\r\na = 1 # d\r\n'],
  ['keys that every object has', 'constructor.name = 1\n[toString]\ncall = 2\n[__proto__]\nx = 1\n'],
  ['a table that dotted keys made and a header opens', 'a.b = 1\n[a]\nc = 2\n'],
  ['a header that adds to braces', 'a = { b = 1 }\n[a.c]\nd = 1\n'],
  ['an offset from UTC that no place has', 'a = 1979-05-27T07:32:00+24:00\n'],
  ['nothing', ''],
  ['only blanks', ' \t\n \r\n'],
];
for (const [name, text] of accepted) {
  test(`says nothing of ${name}`, () => {
    rootOf(text);
    assert.deepEqual(toml.parse(text).problems, []);
  });
}

test('asking @iarna/toml leaves the objects of this process as they were', () => {
  toml.parse('[toString]\ncall = "x"\n');
  toml.parse('constructor.stowage = 1\n');
  toml.parse('"\\u0063onstructor".stowage = 1\n');
  assert.equal(Object.hasOwn(Object, 'stowage'), false);
  assert.equal(typeof Object.prototype.toString.call, 'function');
});

/** Text with the marked place in ⟦⟧, the message, and the mended text where there is one. */
const problems: readonly [string, string, string?][] = [
  ['driver = ⟦"overlay⟧\nx = 1', 'unclosed-string', 'driver = "overlay"\nx = 1'],
  ['driver = ⟦"overlay # c⟧\nx = 1', 'unclosed-string'],
  ["driver = ⟦'overlay⟧ \r\nx = 1", 'unclosed-string', "driver = 'overlay' \r\nx = 1"],
  ['a = ⟦"""⟧\ntext\nb = 1\nc = "x', 'unclosed-multiline'],
  ['a = ⟦[⟧"x",\n  "y"\nb = 1', 'unclosed-list', 'a = ["x",\n  "y"]\nb = 1'],
  ['a = ⟦[⟧1, 2\n# c\n[b]\nc = 1', 'unclosed-list', 'a = [1, 2]\n# c\n[b]\nc = 1'],
  ['a = ⟦{⟧ b = 1\nc = 1\nd = 2', 'unclosed-table', 'a = { b = 1 }\nc = 1\nd = 2'],
  ['⟦[storage⟧ # c\na = 1', 'unclosed-header', '[storage] # c\na = 1'],
  ['⟦[[storage]⟧\na = 1', 'unclosed-header', '[[storage]]\na = 1'],
  ['⟦[⟧', 'unclosed-header'],
  ['[⟦sto rage⟧]\na = 1', 'bad-header'],
  ['[a⟦.⟧]\nb = 1', 'missing-key'],
  ['⟦=⟧ 1\nb = 1', 'missing-key'],
  ['⟦driver =⟧\nx = 1', 'missing-value'],
  ['⟦driver⟧\nx = 1', 'missing-equals'],
  ['⟦driver⟧ "overlay"', 'missing-equals', 'driver = "overlay"'],
  ['driver⟦:⟧ "overlay"', 'wrong-equals', 'driver = "overlay"'],
  ['driver ⟦＝⟧ "overlay"', 'wrong-equals', 'driver = "overlay"'],
  ['⟦mount program⟧ = "x"', 'bad-key'],
  ['driver = ⟦overlay⟧ # c', 'missing-quotes', 'driver = "overlay" # c'],
  ['size = ⟦10G⟧', 'missing-quotes', 'size = "10G"'],
  ['a = [⟦x⟧, "y"]', 'missing-quotes', 'a = ["x", "y"]'],
  ['driver = ⟦“overlay”⟧', 'wrong-quotes', 'driver = "overlay"'],
  ['⟦“driver”⟧ = "overlay"', 'wrong-quotes', '"driver" = "overlay"'],
  ['driver⟦\u00a0⟧=\u00a0"overlay"', 'wrong-blank', 'driver = "overlay"'],
  ['a = ⟦True⟧', 'boolean-case', 'a = true'],
  ['a = "C:⟦\\w⟧ \\z"', 'bad-escape', 'a = "C:\\\\w \\\\z"'],
  ['a = ⟦012⟧', 'bad-number'],
  ['a = ⟦9223372036854775808⟧', 'number-range'],
  ['a = ⟦2021-02-30⟧', 'bad-date'],
  ['a = ["x" ⟦"y"⟧]', 'missing-comma', 'a = ["x", "y"]'],
  ['a = ["x"⟦，⟧ "y"]', 'missing-comma', 'a = ["x", "y"]'],
  ['a = [1,⟦,⟧ 2]', 'extra-comma', 'a = [1, 2]'],
  ['⟦//⟧ c\na = 1', 'wrong-comment', '# c\na = 1'],
  ['a = 1 ⟦//⟧ c', 'wrong-comment', 'a = 1 # c'],
  ['a = "x" ⟦"y"⟧ # c', 'unexpected-text'],
  ['a = "x"⟦,⟧\nb = 1', 'unexpected-text', 'a = "x"\nb = 1'],
  ['a = true⟦;⟧ # c', 'unexpected-text', 'a = true # c'],
  ['a = ["x, "⟦y"⟧]', 'missing-comma'],
  ['# c⟦\u0001⟧d\na = 1', 'control-char', '# cd\na = 1'],
  ['a = "x⟦\u0000⟧y"', 'control-char'],
  ['a = {}\n[⟦a⟧]\nb = 1', 'extends-inline'],
  ['a = [1]\n[[⟦a⟧]]\nb = 1', 'extends-inline'],
  ['a = { b = 1, ⟦b⟧ = 2 }', 'duplicate-key'],
  ['[[a]]\nb = 1\n[⟦a⟧]', 'duplicate-table'],
  ['a = 1⟦\r⟧', 'control-char'],
  ['a = ⟦1e999⟧', 'number-range'],
  ['a = ⟦1979-05-⟧', 'bad-date'],
  ['a = 1\n⟦a⟧ = 2', 'duplicate-key'],
  ['a = 1\n[⟦a⟧]\nb = 1', 'duplicate-key'],
  ['[a]\nx = 1\n[⟦a⟧]\ny = 2', 'duplicate-table'],
  ['[a]\nx = 1\n[[⟦a⟧]]\ny = 2', 'duplicate-table'],
];

function single(text: string): Problem {
  const found = toml.parse(text).problems;
  assert.equal(found.length, 1, `one cause, ${found.map(({ message }) => message).join(' ')}`);
  const [problem] = found;
  assert.ok(problem);
  return problem;
}

for (const [marked, message, mended] of problems) {
  test(`${message}: ${JSON.stringify(marked)}`, () => {
    const text = marked.replace(/[⟦⟧]/g, '');
    rootOf(text);
    const problem = single(text);
    assert.equal(problem.message, message);
    const { start, end } = problem.span;
    assert.equal(`${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`, marked);
    assert.deepEqual(problem.weight, { level: 'error', effect: 'refused' });
    assert.equal(problem.edits && apply(text, problem.edits), mended);
    if (mended !== undefined) assert.deepEqual(toml.parse(mended).problems, []);
    if (problem.code === 'duplicate-key') assert.equal(problem.related?.length, 1);
  });
}

test('every message has its words, and words for its edits', () => {
  const words: Readonly<Record<string, string>> = { ...tomlMessages, ...tomlDuplicateMessages };
  for (const [marked, message, mended] of problems) {
    if (message !== 'duplicate-key') assert.ok(words[message], message);
    if (mended !== undefined) assert.ok(words[`fix-${message}`], `fix-${message}`);
    assert.ok(marked.includes('⟦'));
  }
  const told = new Set(problems.map(([, message]) => message));
  const silent = Object.keys(tomlMessages).filter((id) => !told.has(id) && !id.startsWith('fix-'));
  // What older releases alone refuse is tried in toml.release.test.ts.
  assert.deepEqual(
    silent.filter((id) => !releaseMessages.has(id)),
    ['refused', 'related'],
  );
});

test('what only @iarna/toml refuses is one problem at its place', () => {
  const text = '\ufeffa = 1\r\nb = @home # c\n';
  const blind = { ...readToml(text), problems: [] };
  const found = judge(text, blind).map(({ message, span }) => [message, text.slice(span.start, span.end)]);
  assert.deepEqual(found, [['refused', '@home']]);
});

test('what @iarna/toml accepts is no problem, whatever our reader thought', () => {
  const doubtful = readToml('a = @home\n');
  assert.equal(doubtful.problems.length, 1);
  assert.deepEqual(judge('a = 1\n', doubtful), []);
});

/** Half-typed lines with the cursor at `$0`: the path of the innermost place there, `?` where a value is missing. */
const half: readonly [string, string][] = [
  ['[storage]\ndr$0', 'storage.dr?'],
  ['[storage]\ndriver =$0', 'storage.driver?'],
  ['[storage]\ndriver = $0\nrunroot = "x"', 'storage.driver?'],
  ['[storage]\ndriver = "ov$0\nrunroot = "x"', 'storage.driver=ov'],
  ['[storage]\ndriver = ov$0', 'storage.driver=ov'],
  ['[stor$0', 'stor'],
  ['[storage.$0', 'storage.'],
  ['[storage.opt$0\n\n[x]', 'storage.opt'],
  ['[storage]\noptions.$0', 'storage.options.?'],
  ['[a]\nb = ["x", "y$0\n[c]', 'a.b.1=y'],
  ['[a]\nb = { c = "x", d$0\n[c]', 'a.b.d?'],
  ['[a]\nb = { c = $0 }', 'a.b.c?'],
];
for (const [typed, path] of half) {
  test(`half-typed ${JSON.stringify(typed)}`, () => {
    const offset = typed.indexOf('$0');
    assert.equal(pathAt(rootOf(typed.replace('$0', '')), offset), path);
  });
}

function pathAt(node: Node, offset: number, path = ''): string {
  const holds = ({ start, end }: { start: number; end: number }) => start <= offset && offset <= end;
  if (node.kind === 'map') {
    for (const { key, value, span } of node.entries) {
      const name = `${path}${path === '' ? '' : '.'}${String(key.value)}`;
      if (value.kind === 'missing' && holds(span)) return `${name}?`;
      const inner = pathAt(value, offset, name);
      if (inner !== '') return inner;
    }
    return path !== '' && node.headers?.some(holds) ? path : '';
  }
  if (node.kind === 'list') {
    return (
      node.items.map((item, index) => pathAt(item, offset, `${path}.${index}`)).find((one) => one !== '') ??
      ''
    );
  }
  if (!holds(node.span)) return '';
  return node.kind === 'scalar' ? `${path}=${node.value}` : '';
}

test('a broken line costs no other line', () => {
  const lines = [
    '[storage]',
    'driver = "overlay"',
    'runroot = "/run"',
    'graphroot = "/var"',
    '[storage.options]',
    'size = ""',
  ];
  for (const broken of [
    'key',
    'key =',
    'key = "x',
    'key = [1,',
    'key = { a = 1',
    'key = "x" y',
    '= 1',
    'key = [',
    '{',
    ']',
    '"',
  ]) {
    const text = lines.toSpliced(2, 0, broken).join('\n');
    const storage = get(rootOf(text), 'storage');
    for (const name of ['driver', 'runroot', 'graphroot'])
      assert.ok(get(storage, name), `${name} after ${broken}`);
    assert.ok(get(get(storage, 'options'), 'size'), broken);
    assert.equal(toml.parse(text).problems.length, 1, broken);
  }
});

test('a templated file is read and nothing is said of it', () => {
  const tree = toml.parse('[storage]\ndriver = {{ driver }}\ndriver = "x"\n');
  assert.equal(tree.documents[0]?.templated, true);
  assert.deepEqual(tree.problems, []);
});

test('nesting without end is left alone', () => {
  const deep = `a = ${'['.repeat(5000)}${']'.repeat(5000)}\n`;
  assert.deepEqual(toml.parse(deep).problems, []);
  assert.ok(toml.parse(`[${'a.'.repeat(5000)}a]\nb = 1`));
});

test('real and example files: the values and the verdict of @iarna/toml', () => {
  const files = [
    ...corpusFiles('corpus/storage').filter(({ name }) => name.endsWith('.conf')),
    ...repositoryFiles('examples/containers'),
    ...repositoryFiles('test/mistakes').filter(({ name }) => name.endsWith('.conf')),
  ];
  let valid = 0;
  for (const { name, text } of files) {
    const wanted = judged(text);
    const { problems: found } = toml.parse(text);
    assert.equal(found.length > 0, wanted === undefined, name);
    if (wanted === undefined) continue;
    valid += 1;
    assert.deepEqual(plain(rootOf(text)), wanted, name);
  }
  assert.ok(valid > 10);
});
