// Bytes as people read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../../client/src/ui/amounts.ts';

test('a unit is chosen that leaves few digits', () => {
  const expected: [number, string][] = [
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [102_400, '100 KiB'],
    [5 * 1024 ** 3, '5.0 GiB'],
    [3 * 1024 ** 6, '3072 PiB'],
  ];
  for (const [count, text] of expected) assert.equal(bytes(count), text);
});
