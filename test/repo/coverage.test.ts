// The list of what the API server's validation asks is whole, and what rules say they cover is on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/core/rules/index.generated.ts';
import { coverage, validationFacts } from '../../server/tools/coveragePage.ts';

test('the facts are numbered in order, and each says how it is met or why a file cannot show it', () => {
  assert.deepEqual(
    validationFacts.map(({ number }) => number),
    Array.from({ length: 270 }, (_, index) => index + 1),
  );
  for (const { number, effect, at, warning, unseen } of validationFacts) {
    const told = { refused: at, warned: warning, changed: 'nothing to meet', note: 'nothing to meet' }[
      effect
    ];
    assert.ok((told ?? unseen) !== undefined, `fact ${number}`);
    assert.ok(unseen === undefined || at === undefined, `fact ${number} is met and cannot be seen`);
  }
});

test('rules cover facts that there are and that a file can show', () => {
  const unseen = new Set(validationFacts.flatMap((fact) => (fact.unseen === undefined ? [] : [fact.number])));
  for (const { id, covers = [], families } of rules) {
    assert.ok(covers.length === 0 || families.includes('k8s'), id);
    for (const number of covers) {
      assert.ok(number >= 1 && number <= validationFacts.length, `${id}: ${number}`);
      assert.ok(!unseen.has(number), `${id} covers ${number}, which a file cannot show`);
    }
  }
  const { seen, covered } = coverage(rules);
  console.log(
    `${covered.length} of ${seen.length} facts that a file can show have a rule (${((100 * covered.length) / seen.length).toFixed(1)} %)`,
  );
});
