// Edits of YAML: what was wanted is there afterwards, and everything else is as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get } from '../../server/src/core/syntax/tree.ts';
import { yaml } from '../../server/src/core/syntax/yaml.ts';
import { assertEditsKeep, entryAt as at, editedBy, mapAt, wishes } from '../support/editing.ts';
import { yamlLayout } from '../support/layout.ts';
import { plainValue } from '../support/tree.ts';

for (const wish of wishes) {
  test(`${wish} in any layout`, () => assertEditsKeep(yaml, yamlLayout, wish, 600));
}

const edited = editedBy(yaml);

test('a removed entry takes its lines and leaves the comments around it', () => {
  assert.equal(
    edited('# top\nmetadata:\n  # why\n  namespace: x # note\n  name: y\n', (root) => {
      const from = mapAt(root, 'metadata');
      return { do: 'remove', from, item: at(from, 'namespace') };
    }),
    '# top\nmetadata:\n  # why\n  # note\n  name: y\n',
  );
  assert.equal(
    edited('l:\n- a: 1\n  b: 2\n- c\n', (root) => {
      const list = get(root, 'l');
      assert.ok(list?.kind === 'list');
      const from = list.items[0];
      assert.ok(from?.kind === 'map');
      return { do: 'remove', from, item: at(from, 'a') };
    }),
    'l:\n- b: 2\n- c\n',
  );
  assert.equal(
    edited('l:\n- a\nm: 1\n', (root) => {
      const from = get(root, 'l');
      assert.ok(from?.kind === 'list');
      return { do: 'remove', from, item: from.items[0] ?? from };
    }),
    'l:\n  []\nm: 1\n',
  );
});

test('a new entry has the indent of its neighbours', () => {
  assert.equal(
    edited('spec:\r\n    a: 1 # x\r\n    b: |\r\n      text\r\n\r\nz: 1\r\n', (root) => ({
      do: 'insert',
      into: mapAt(root, 'spec'),
      key: 'modes',
      value: ['ReadWriteOnce', 'yes'],
    })),
    'spec:\r\n    a: 1 # x\r\n    b: |\r\n      text\r\n    modes:\r\n        - ReadWriteOnce\r\n        - "yes"\r\n\r\nz: 1\r\n',
  );
  assert.equal(
    edited('a: {b: 1}\n', (root) => ({ do: 'insert', into: mapAt(root, 'a'), key: 'c', value: { d: [] } })),
    'a: {b: 1, c: {d: []}}\n',
  );
});

test('a text that keeps its blank lines keeps them', () => {
  const before = 'a:\n  b: |+\n    text\n\n\nc: 1\n';
  const after = edited(before, (root) => ({ do: 'insert', into: mapAt(root, 'a'), key: 'd', value: 2 }));
  const [old, now] = [before, after].map((text) => yaml.parse(text).documents[0]?.root);
  assert.ok(old && now);
  assert.deepEqual(plainValue(now), { a: { b: 'text\n\n\n', d: 2 }, c: 1 });
  assert.deepEqual(plainValue(old), { a: { b: 'text\n\n\n' }, c: 1 });
});

test('a value keeps the quotes that it had', () => {
  const replaced = (text: string, value: string) =>
    edited(text, (root) => ({ do: 'replace', node: at(root, 'a').value, value }));
  assert.equal(replaced('a: "x"\n', 'y'), 'a: "y"\n');
  assert.equal(replaced("a: 'x'\n", "it's"), "a: 'it''s'\n");
  assert.equal(replaced('a: x\n', '10Gi'), 'a: 10Gi\n');
  assert.equal(replaced('a: x\n', 'on'), 'a: "on"\n');
  assert.equal(replaced('a:\n', 'x'), 'a: x\n');
  assert.equal(replaced('a: # note\n', 'x'), 'a: x # note\n');
});

test('a moved entry brings the comments above it and on its line', () => {
  assert.equal(
    edited(
      'spec:\n  # speed\n  # and price\n  class: fast # ssd\n  size: 1Gi\nother:\n    x: 1\n',
      (root) => {
        const from = mapAt(root, 'spec');
        return { do: 'move', from, entry: at(from, 'class'), path: ['other'] };
      },
    ),
    'spec:\n  size: 1Gi\nother:\n    x: 1\n    # speed\n    # and price\n    class: fast # ssd\n',
  );
  assert.equal(
    edited('a:\n  b: |\n    text\nc:\n', (root) => {
      const from = mapAt(root, 'a');
      return { do: 'move', from, entry: at(from, 'b'), path: ['c', 'd'] };
    }),
    'a:\n  {}\nc:\n  d:\n    b: |\n      text\n',
  );
});
