// Edits of JSON: what was wanted is there afterwards, and everything else is as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../server/src/core/syntax/json.ts';
import { assertEditsKeep, entryAt as at, editedBy, mapAt, wishes } from '../support/editing.ts';
import { jsonLayout } from '../support/layout.ts';

for (const wish of wishes) {
  test(`${wish} in any layout`, () => assertEditsKeep(json, jsonLayout, wish, 600));
}

const edited = editedBy(json);

test('a removed member takes its line and the comma it no longer needs', () => {
  const text = '{\n  "a": 1,\n  "b": 2\n}\n';
  assert.equal(
    edited(text, (root) => ({ do: 'remove', from: root, item: at(root, 'b') })),
    '{\n  "a": 1\n}\n',
  );
  assert.equal(
    edited(text, (root) => ({ do: 'remove', from: root, item: at(root, 'a') })),
    '{\n  "b": 2\n}\n',
  );
});

test('a new member goes on its own line, before the comment of the one above it is not torn off', () => {
  assert.equal(
    edited('{\r\n\t"a": 1 // why\r\n}', (root) => ({
      do: 'insert',
      into: root,
      key: 'b',
      value: ['x', true],
    })),
    '{\r\n\t"a": 1, // why\r\n\t"b": ["x", true]\r\n}',
  );
  assert.equal(
    edited('{}', (root) => ({ do: 'insert', into: root, key: 'b', value: {} })),
    '{\n  "b": {}\n}',
  );
});

test('a value is filled in behind the colon, and behind a list that still has its comma', () => {
  assert.equal(
    edited('{"a":}', (root) => ({ do: 'replace', node: at(root, 'a').value, value: 1 })),
    '{"a": 1}',
  );
  assert.equal(
    edited('{"a"}', (root) => ({ do: 'replace', node: at(root, 'a').value, value: 1 })),
    '{"a": 1}',
  );
  assert.equal(
    edited('{\n  "a": 1,\n}', (root) => ({ do: 'insert', into: root, key: 'b', value: 2 })),
    '{\n  "a": 1,\n  "b": 2\n}',
  );
});

test('a moved member is indented as its new place is', () => {
  assert.equal(
    edited(
      '{\n  "a": {\n    "k": [\n      1\n    ],\n    "l": 2\n  },\n  "b": {\n    "c": {\n      "m": 3\n    }\n  }\n}',
      (root) => ({
        do: 'move',
        from: mapAt(root, 'a'),
        entry: at(mapAt(root, 'a'), 'k'),
        path: ['b', 'c'],
      }),
    ),
    '{\n  "a": {\n    "l": 2\n  },\n  "b": {\n    "c": {\n      "m": 3,\n      "k": [\n        1\n      ]\n    }\n  }\n}',
  );
  assert.equal(
    edited('{"a": 1, "b": }', (root) => ({ do: 'move', from: root, entry: at(root, 'a'), path: ['b'] })),
    '{"b": {\n  "a": 1\n}}',
  );
});

test('what is in the way is not overwritten', () => {
  assert.equal(
    edited('{"a": 1, "b": 2}', (root) => ({ do: 'move', from: root, entry: at(root, 'a'), path: ['b'] })),
    '{"a": 1, "b": 2}',
  );
  assert.equal(
    edited('{"a": 1, "b": {"a": 2}}', (root) => ({
      do: 'move',
      from: root,
      entry: at(root, 'a'),
      path: ['b'],
    })),
    '{"a": 1, "b": {"a": 2}}',
  );
});
