// Edits of YAML: what was wanted is there afterwards, and everything else is as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, entry, get, type MapNode, type Node } from '../../server/src/core/syntax/tree.ts';
import { yaml } from '../../server/src/core/syntax/yaml.ts';
import { assertEditsKeep, wishes } from '../support/editing.ts';
import { yamlLayout } from '../support/layout.ts';
import { apply } from '../support/tree.ts';

for (const wish of wishes) {
  test(`${wish} in any layout`, () => assertEditsKeep(yaml, yamlLayout, wish, 600));
}

function edited(text: string, change: (root: MapNode) => Change): string {
  const tree = yaml.parse(text);
  const root = tree.documents[0]?.root;
  assert.ok(root?.kind === 'map');
  return apply(text, yaml.edit(text, tree, change(root)));
}

const at = (root: Node, key: string) => {
  const found = entry(root, key);
  assert.ok(found);
  return found;
};
const mapAt = (root: Node, key: string) => {
  const found = get(root, key);
  assert.ok(found?.kind === 'map');
  return found;
};

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
