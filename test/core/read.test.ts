// The same text is right for one engine and wrong for another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../server/src/core/finding.ts';
import { read } from '../../server/src/core/read.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import { problemMessages } from '../../server/src/core/syntax/problems.ts';

function told(text: string, family: FileKind['family'], docker: string = newest.docker): string[] {
  const { problems } = read(text, { family, format: 'json', scope: 'unknown' }, { ...newest, docker });
  return problems.map(({ code, message }) => {
    assert.ok(problemMessages[code][message], message);
    return message;
  });
}

test('dockerd up to 20.10 looked at nothing behind the first value', () => {
  for (const text of ['{"debug": true} // note', '{"debug": true}\n{"debug": false}', '{} }']) {
    assert.equal(told(text, 'daemon').length, 1, text);
    assert.deepEqual(told(text, 'daemon', '20.10.24'), [], text);
  }
  assert.deepEqual(told('{"debug": true, // note\n"ipv6": true}', 'daemon', '20.10.24'), ['comment']);
});

test('dockerd up to 20.10 refused an empty file and a byte order mark', () => {
  assert.deepEqual(told('', 'daemon', '20.10'), ['empty-file']);
  assert.deepEqual(told(' \n', 'daemon', '20.10'), ['empty-file']);
  assert.deepEqual(told('\uFEFF{}', 'daemon', '20.10'), ['byte-order-mark']);
  for (const text of ['', ' \n', '\uFEFF{}']) assert.deepEqual(told(text, 'daemon', '23.0'), [], text);
});

test('kubectl takes a manifest that is YAML though not JSON, and a stream of JSON', () => {
  const object = '"apiVersion": "v1", "kind": "Pod"';
  for (const text of [`{${object},}`, `{ # note\n${object}}`, `{${object}} {${object}}`, '{a: 1}']) {
    assert.deepEqual(told(text, 'k8s'), [], text);
    assert.notDeepEqual(told(text, 'daemon'), [], text);
  }
  assert.deepEqual(told(`{${object}, // note\n}`, 'k8s'), ['trailing-comma', 'comment']);
  assert.deepEqual(told(`{${object}`, 'k8s'), ['brace-unclosed']);
});
