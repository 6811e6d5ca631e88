// The quick answers about many stretches are those of looking at each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../../server/src/core/analyze.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { countUpTo, holderOf } from '../../server/src/core/spans.ts';

const span = fc.tuple(fc.nat(20), fc.nat(8)).map(([start, length]) => ({ start, end: start + length }));

test('a stretch is held where one of the others holds it', () => {
  fc.assert(
    fc.property(fc.array(span), span, (spans, asked) => {
      const plain = spans.some(({ start, end }) => start <= asked.start && asked.end <= end);
      assert.equal(holderOf(spans)(asked), plain);
    }),
    { seed: 20261123 },
  );
});

test('numbers up to a limit are counted', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(20), (numbers, limit) => {
      const ascending = numbers.sort((a, b) => a - b);
      assert.equal(countUpTo(ascending, limit), ascending.filter((one) => one <= limit).length);
    }),
    { seed: 20261123 },
  );
});

const found = (as: string, text: string): string[] => {
  const kind = familyOf(as);
  assert.ok(kind);
  return analyze(text, kind).findings.map(({ code }) => code);
};

const volume = 'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: a\n';

const comments: readonly [name: string, as: string, text: string, codes: string[]][] = [
  ['the same line', 'storage.conf', '[storage]\ndrivre = "vfs" # stowage-ignore unknown-key\n', []],
  ['the line above', 'storage.conf', '[storage]\n# stowage-ignore unknown-key\ndrivre = "vfs"\n', []],
  [
    'the line above, CRLF',
    'storage.conf',
    '[storage]\r\n# stowage-ignore unknown-key\r\ndrivre = "vfs"\r\n',
    [],
  ],
  [
    'several rules',
    'storage.conf',
    '[storage]\n# stowage-ignore wrong-type, unknown-key\ndrivre = "vfs"\n',
    [],
  ],
  [
    'another rule',
    'storage.conf',
    '[storage]\n# stowage-ignore wrong-type\ndrivre = "vfs"\n',
    ['unknown-key'],
  ],
  [
    'two lines above',
    'storage.conf',
    '[storage]\n# stowage-ignore unknown-key\n\ndrivre = "vfs"\n',
    ['unknown-key'],
  ],
  ['the same line', 'k8s.yaml', `${volume}specc: {} # stowage-ignore unknown-key\n`, []],
  ['the line above', 'k8s.yaml', `${volume}# stowage-ignore unknown-key\nspecc: {}\n`, []],
  [
    'a text that is no comment',
    'k8s.yaml',
    `${volume}specc: "# stowage-ignore unknown-key"\n`,
    ['unknown-key'],
  ],
];

for (const [name, as, text, codes] of comments) {
  test(`stowage-ignore in ${as}: ${name}`, () => assert.deepEqual(found(as, text), codes));
}

test('a comment in a list of more items than a call takes arguments is found, and the list read', () => {
  const list = Array.from({ length: 150_000 }, () => '- a\n').join('');
  assert.deepEqual(found('k8s.yaml', `${volume}# stowage-ignore unknown-key\nspecc:\n${list}`), []);
});
