// Edits of TOML as fixes ask for them: where things go, and what stays as it stood.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toml } from '../../server/src/core/syntax/toml.ts';
import {
  type Change,
  type Entry,
  entry,
  get,
  type MapNode,
  type Node,
  type Plain,
} from '../../server/src/core/syntax/tree.ts';
import { corpusFiles } from '../support/corpus.ts';
import { apply, assertEdits, entriesIn, plainValue } from '../support/tree.ts';
import { judged, plain } from './tomlSupport.ts';

function edited(text: string, wish: (root: MapNode) => Change): string {
  const tree = toml.parse(text);
  const root = tree.documents[0]?.root;
  assert.equal(root?.kind, 'map');
  const edits = toml.edit(text, tree, wish(root));
  assertEdits(text, edits);
  return apply(text, edits);
}

function map(root: MapNode, path: readonly string[]): MapNode {
  const found = path.reduce<Node | undefined>((node, name) => get(node, name), root);
  assert.equal(found?.kind, 'map', path.join('.'));
  return found;
}

function named(from: MapNode, name: string): Entry {
  const found = entry(from, name);
  assert.ok(found, name);
  return found;
}

const parts = (path: string) => (path === '' ? [] : path.split('.'));
/** The wishes by the path of an entry, its last part the key. */
const replace =
  (path: string, value: Plain) =>
  (root: MapNode): Change => ({
    do: 'replace',
    node: named(map(root, parts(path).slice(0, -1)), parts(path).at(-1) ?? '').value,
    value,
  });
const rename =
  (path: string, name: string) =>
  (root: MapNode): Change => ({
    do: 'rename',
    entry: named(map(root, parts(path).slice(0, -1)), parts(path).at(-1) ?? ''),
    name,
  });
const remove =
  (path: string) =>
  (root: MapNode): Change => {
    const from = map(root, parts(path).slice(0, -1));
    return { do: 'remove', from, item: named(from, parts(path).at(-1) ?? '') };
  };
const insert =
  (path: string, key: string, value: Plain) =>
  (root: MapNode): Change => ({
    do: 'insert',
    into: map(root, parts(path)),
    key,
    value,
  });
const move =
  (path: string, to: string) =>
  (root: MapNode): Change => {
    const from = map(root, parts(path).slice(0, -1));
    return { do: 'move', from, entry: named(from, parts(path).at(-1) ?? ''), path: parts(to) };
  };

const cases: readonly [string, string, (root: MapNode) => Change, string][] = [
  ['replace keeps the kind of quotes', "a = 'x' # c\n", replace('a', 'y'), "a = 'y' # c\n"],
  ['replace takes double quotes where it must', "a = 'x'\n", replace('a', "it's"), 'a = "it\'s"\n'],
  ['replace a half-typed value', 'a =\nb = 1\n', replace('a', true), 'a = true\nb = 1\n'],
  ['replace where even the = is missing', 'a\nb = 1\n', replace('a', 7), 'a = 7\nb = 1\n'],
  [
    'replace keeps the comments of a list',
    'x = 1\na = [ # c\n  1,\n]\n',
    replace('a', ['y']),
    'x = 1\n# c\na = ["y"]\n',
  ],
  [
    'replace by a table in braces',
    'a = 1\n',
    replace('a', { b: 1.5, 'c d': [null] }),
    'a = { b = 1.5, "c d" = [""] }\n',
  ],
  ['rename', '[a]\n  b = 1\n', rename('a.b', 'c d'), '[a]\n  "c d" = 1\n'],
  ['rename in every header', '[a]\n[a.b]\nx = 1\n[c]\n', rename('a', 'z'), '[z]\n[z.b]\nx = 1\n[c]\n'],
  ['remove a line', 'a = 1\nb = 2\nc = 3\n', remove('b'), 'a = 1\nc = 3\n'],
  ['remove the last line without a line break', 'a = 1\r\nb = 2', remove('b'), 'a = 1'],
  [
    'remove leaves comments',
    '# above\n  a = 1 # behind\nb = 2\n',
    remove('a'),
    '# above\n  # behind\nb = 2\n',
  ],
  [
    'remove a list over lines but for its comments',
    'a = [ # one\n  1, # two\n]\nb = 2\n',
    remove('a'),
    '# one\n  # two\nb = 2\n',
  ],
  ['remove a table', 'a = 1\n\n[b]\nx = 1\n\n[c]\n', remove('b'), 'a = 1\n\n[c]\n'],
  ['remove a table with those below it', '[b]\nx = 1\n[c]\n[b.d]\ny = 1\n', remove('b'), '[c]\n'],
  ['remove from braces', 'a = { b = 1, c = 2, d = 3 }\n', remove('a.c'), 'a = { b = 1, d = 3 }\n'],
  ['remove the last from braces', 'a = { b = 1, c = 2 }\n', remove('a.c'), 'a = { b = 1 }\n'],
  ['remove the only one from braces', 'a = { b = 1 }\n', remove('a.b'), 'a = {  }\n'],
  [
    'insert at the end of a table',
    '[a]\n\tb = 1 # c\n\n# x = 1\n\n[d]\n',
    insert('a', 'k', 'v'),
    '[a]\n\tb = 1 # c\n\tk = "v"\n\n# x = 1\n\n[d]\n',
  ],
  ['insert into an empty table', '[a] # c\r\n[b]\r\n', insert('a', 'k', 1), '[a] # c\r\nk = 1\r\n[b]\r\n'],
  ['insert into the last line', '[a]', insert('a', 'k', 1), '[a]\nk = 1'],
  [
    'insert above the first header',
    '# c\n\n# of a\n[a]\nb = 1\n',
    insert('', 'k', 1),
    '# c\n\nk = 1\n\n# of a\n[a]\nb = 1\n',
  ],
  ['insert into nothing', '', insert('', 'k', 1), 'k = 1\n'],
  ['insert behind a byte order mark', '\ufeff[a]\n', insert('', 'k', 1), '\ufeffk = 1\n\n[a]\n'],
  ['insert into braces', 'a = { b = 1 }\n', insert('a', 'k', 1), 'a = { b = 1, k = 1 }\n'],
  ['insert into empty braces', 'a = {}\n', insert('a', 'k', 1), 'a = { k = 1 }\n'],
  [
    'insert beside dotted keys',
    '[s]\no.x = 1\nd = 2\n',
    insert('s.o', 'k', 1),
    '[s]\no.x = 1\no.k = 1\nd = 2\n',
  ],
  [
    'insert into a table without a header',
    '# c\n[s.o]\nx = 1\n',
    insert('s', 'k', 1),
    '[s]\nk = 1\n\n# c\n[s.o]\nx = 1\n',
  ],
  [
    'move with its comments',
    '[s]\n# of d\nd = 1 # too\ne = 2\n[s.o]\nx = 1\n',
    move('s.d', 's.o'),
    '[s]\ne = 2\n[s.o]\nx = 1\n# of d\nd = 1 # too\n',
  ],
  [
    'move to a new table beside its parent',
    '[s]\nd = 1\ne = 2\n\n# of z\n[z]\n',
    move('s.d', 's.o'),
    '[s]\ne = 2\n\n[s.o]\nd = 1\n\n# of z\n[z]\n',
  ],
  [
    'move to a new table at the end',
    '[s]\ne = 2\nd = 1',
    move('s.d', 's.o.p'),
    '[s]\ne = 2\n\n[s.o.p]\nd = 1\n',
  ],
  ['move to the top', '[s]\nd = 1\ne = 2\n', move('s.d', ''), 'd = 1\n\n[s]\ne = 2\n'],
  ['move out of braces', '[s]\no = { a = 1, b = 2 }\n', move('s.o.b', 's'), '[s]\no = { a = 1 }\nb = 2\n'],
  [
    'move into braces',
    '[s]\no = { a = 1 }\nb = 2 # c\n',
    move('s.b', 's.o'),
    '[s]\no = { a = 1, b = 2 }\n# c\n',
  ],
  [
    'move a table by its headers',
    '[s]\n[s.t] # c\nx = 1\n[s.t.u]\n',
    move('s.t', 's.o'),
    '[s]\n[s.o.t] # c\nx = 1\n[s.o.t.u]\n',
  ],
  [
    'move where the name is taken: nothing',
    '[s]\nd = 1\n[s.o]\nd = 2\n',
    move('s.d', 's.o'),
    '[s]\nd = 1\n[s.o]\nd = 2\n',
  ],
  ['move below a value: nothing', '[s]\nd = 1\no = 2\n', move('s.d', 's.o'), '[s]\nd = 1\no = 2\n'],
  ['move under itself: nothing', '[s.t]\nx = 1\n', move('s', 's.t'), '[s.t]\nx = 1\n'],
];
for (const [name, text, wish, wanted] of cases) {
  test(name, () => assert.equal(edited(text, wish), wanted));
}

test('items of lists go with their commas', () => {
  const without = (text: string, index: number) =>
    edited(text, (root) => {
      const list = get(root, 'a');
      const item = list?.kind === 'list' ? list.items[index] : undefined;
      assert.ok(list?.kind === 'list' && item);
      return { do: 'remove', from: list, item };
    });
  assert.equal(without('a = [1, 2, 3]\n', 1), 'a = [1, 3]\n');
  assert.equal(without('a = [\n  1,\n  2,\n]\n', 1), 'a = [\n  1,\n]\n');
  assert.equal(without('a = [\n  1, # one\n  2, # two\n]\n', 0), 'a = [\n  # one\n  2, # two\n]\n');
  assert.equal(without('a = [\n  1, # one\n  2 # two\n]\n', 1), 'a = [\n  1, # one\n  # two\n]\n');
  assert.equal(without('a = [\n  1, 2\n]\n', 1), 'a = [\n  1\n]\n');
  assert.equal(without('[[a]]\nx = 1\n\n[[a]]\nx = 2\n', 0), '[[a]]\nx = 2\n');
});

test('finished edits pass as they are', () => {
  const edits = [{ span: { start: 0, end: 1 }, text: 'b' }];
  assert.equal(
    edited('a = 1', () => ({ do: 'text', edits })),
    'b = 1',
  );
});

test('in real files every entry can go, and all else stays', () => {
  let gone = 0;
  for (const { name, text } of corpusFiles('corpus/storage')) {
    const tree = toml.parse(text);
    const root = tree.documents[0]?.root;
    if (judged(text) === undefined || root === undefined || name.includes('not')) continue;
    for (const { map: from, entry: item } of entriesIn(root)) {
      const result = edited(text, () => ({ do: 'remove', from, item }));
      const values: number = leaves(plainValue(root)) - leaves(plainValue(item.value));
      assert.ok(judged(result) !== undefined, `${name}: ${String(item.key.value)}`);
      assert.equal(leaves(plain(toml.parse(result).documents[0]?.root ?? root)), values, name);
      assert.equal(toml.parse(result).comments.length, tree.comments.length, name);
      gone += 1;
    }
  }
  assert.ok(gone === 0 || gone > 100);
});

function leaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + leaves(inner), 0);
}
