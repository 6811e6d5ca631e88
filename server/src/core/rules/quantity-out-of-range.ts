// A size of nothing, or less.
import { amountOf } from '../kubernetes/quantities.ts';
import { defineRule, valueFix } from '../rule.ts';

export const rule = defineRule({
  id: 'quantity-out-of-range',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A quantity is zero or negative where Kubernetes wants more.',
    why: 'A volume or a request of no size makes no sense, and the API server refuses the object.',
    instead: 'Write the size that is needed, such as `10Gi`.',
    says: ['must be greater than zero', 'must be greater than or equal to 0'],
    source: [
      'pkg/apis/core/validation/validation.go ValidatePositiveQuantityValue, ValidateNonnegativeQuantity (1.37)',
      'pkg/apis/storage/validation/validation.go ValidateCSIStorageCapacity (1.37)',
    ],
  },
  messages: {
    'not-positive':
      '`{value}` is not more than zero, so the API server refuses it. Write a size such as 10Gi.',
    negative: '`{value}` is negative, so the API server refuses it. Write zero or more.',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [24, 80, 123, 131, 163, 224, 235],
  check({ bound, report }) {
    const { definition, node } = bound;
    if (definition?.format !== 'quantity') return;
    const { exclusiveMinimum, minimum } = definition;
    const amount = amountOf(node);
    if (amount === undefined || (exclusiveMinimum ?? minimum) === undefined) return;
    if (amount.sign > 0 || (exclusiveMinimum === undefined && amount.sign === 0)) return;
    const near = amount.sign < 0 ? amount.text.replace('-', '') : undefined;
    report(node, exclusiveMinimum === undefined ? 'negative' : 'not-positive', {
      args: { value: amount.text },
      fixes: valueFix(node, near),
    });
  },
});
