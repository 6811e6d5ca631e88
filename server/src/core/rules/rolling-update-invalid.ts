// The rolling update of a StatefulSet: only where its pods are updated so, and some pods at least.
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'rolling-update-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The `rollingUpdate` of a StatefulSet stands beside another type of update, or lets no pod or too many be missing.',
    why: '`rollingUpdate` says how `RollingUpdate` goes on, and the API server refuses it beside `OnDelete`. `maxUnavailable` is a number above zero, or a share of the pods from 1% to 100%.',
    instead: 'Remove `rollingUpdate`, or write a number or percentage within the range.',
    says: ["only allowed for updateStrategy 'RollingUpdate'", 'must not be greater than 100%'],
    source: [
      'pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec, validateRollingUpdateStatefulSet (1.37)',
    ],
  },
  messages: {
    type: '`rollingUpdate` goes with the type RollingUpdate alone, so the API server refuses it beside {type}. Remove it.',
    share:
      '`{value}` is no number of pods above zero and no share from 1% to 100%, so the API server refuses it. Write one such as 1 or 25%.',
    'fix-remove': 'Remove rollingUpdate',
  },
  at: [
    'k8s#StatefulSet/spec/updateStrategy/rollingUpdate',
    'k8s#StatefulSet/spec/updateStrategy/rollingUpdate/maxUnavailable',
  ],
  covers: [238],
  check({ bound, versions, report }) {
    const { node, entry, parent, definition } = bound;
    const held = target(node);
    if (entry === undefined || isUnset(node) || held.kind === 'missing') return;
    const type = text(get((definition?.name === 'rollingUpdate' ? parent : parent?.parent)?.node, 'type'));
    const isOther = type === 'OnDelete';
    if (definition?.name === 'rollingUpdate') {
      if (!isOther) return;
      report(entry.key, 'type', { args: { type }, fixes: removalFix(bound, 'fix-remove', 'suggestion') });
      return;
    }
    // Before that a feature gate is off and the field dropped.
    if (isOther || held.kind !== 'scalar' || !atLeast(versions.kubernetes, '1.37')) return;
    const value = String(held.value);
    const share = /^(\d+)%$/.exec(value)?.[1];
    const isRight =
      typeof held.value === 'string' ? share !== undefined && isWithin(share) : Number(value) > 0;
    if (!isRight && !/\$[{(]/.test(value)) report(node, 'share', { args: { value } });
  },
});

function isWithin(share: string): boolean {
  return Number(share) >= 1 && Number(share) <= 100;
}
