// What quantities are worth: signs and fractions as the API server sees them. The verdicts are those of Kubernetes 1.37.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amountOf } from '../../server/src/core/kubernetes/quantities.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

function amount(text: string): ReturnType<typeof amountOf> {
  const root = frontEnds.yaml.parse(`a: ${text}\n`).documents[0]?.root;
  assert.ok(root?.kind === 'map' && root.entries[0] !== undefined);
  return amountOf(root.entries[0].value);
}

test('the sign is that of the number, zero without one', () => {
  const signs = {
    '0': 0,
    '"-0.0Gi"': 0,
    '1': 1,
    '-1': -1,
    '"-1Ki"': -1,
    '"0.000000000001"': 1,
    '1e3': 1,
    '"+5M"': 1,
  };
  for (const [text, sign] of Object.entries(signs)) assert.equal(amount(text)?.sign, sign, text);
});

test('what is no quantity is worth nothing', () => {
  for (const text of ['10GB', '"10 Gi"', '""', 'true', 'null', '[1]', '{}', ''])
    assert.equal(amount(text), undefined, text);
});

test('fractions are counted in thousandths, rounded up', () => {
  for (const text of ['500m', '1.5', '"0.1Ki"', '1500m', '"1e-3"', '1u', '"1.0001"'])
    assert.equal(amount(text)?.fractional, true, text);
  for (const text of ['1', '1.5Gi', '0.5Ki', '3000m', '1e3', '"1500e-2"', '1.5k', '"1e400"'])
    assert.equal(amount(text)?.fractional, false, text);
});

test('whole numbers with a suffix from k on are whole, and a thousand thousandths are one', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ei'), (number, suffix) => {
      assert.equal(amount(`"${number}${suffix}"`)?.fractional, false);
      assert.equal(amount(`"${number}000m"`)?.fractional, false);
    }),
  );
});
