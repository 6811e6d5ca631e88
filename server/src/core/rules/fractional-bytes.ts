// A part of a byte: an m that was meant to be an M.
import { amountOf } from '../kubernetes/quantities.ts';
import { defineRule, valueFix } from '../rule.ts';

export const rule = defineRule({
  id: 'fractional-bytes',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A size is no whole number of bytes.',
    why: '`m` is a thousandth, so `500m` is half a byte; a number without a suffix counts bytes. The API server accepts the object with a warning, and the volume gets the smallest size that the driver has.',
    instead: 'Write `500M` or `500Mi`; `1.5Gi` is fine, for it is a whole number of bytes.',
    says: ['fractional byte value is invalid, must be an integer'],
    source: [
      'pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaimSpec (1.37)',
      'pkg/api/pod/warnings.go (1.37)',
    ],
  },
  messages: {
    fraction:
      '`{value}` is no whole number of bytes: the API server only warns, and the size is not what was meant. Write Mi, Gi or another suffix.',
    'fraction-near':
      '`{value}` is no whole number of bytes, because `m` is a thousandth: the API server only warns, and the size is not what was meant. Did you mean `{near}`?',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [164, 270],
  check({ bound, report }) {
    const { definition, node } = bound;
    if (definition?.['x-whole'] !== true) return;
    const amount = amountOf(node);
    if (amount === undefined || !amount.fractional || amount.sign <= 0) return;
    const near = /^\d+m$/.test(amount.text) ? amount.text.replace('m', 'M') : undefined;
    report(node, near === undefined ? 'fraction' : 'fraction-near', {
      args: { value: amount.text, near: near ?? '' },
      fixes: valueFix(node, near),
    });
  },
});
