// An operator of a selector with values that it does not take, or without those that it needs.
import { isCustom } from '../kubernetes/judged.ts';
import { objectOf } from '../kubernetes/objects.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { allowedValues } from '../schema/describe.ts';
import { entry, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'selector-values-mismatch',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The values of a selector do not fit its operator.',
    why: '`In` and `NotIn` compare with a list, so they need one value at least; `Exists` and `DoesNotExist` ask for the key alone and take none; `Gt` and `Lt` take exactly one, and so does everything under `matchFields`. The API server refuses other numbers; of a group snapshot it is the controller that fails.',
    instead: 'Give the values that the operator takes, or choose another operator.',
    says: [
      "must be specified when `operator` is 'In' or 'NotIn'",
      "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ],
    source: [
      'staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateLabelSelectorRequirement (1.37)',
      'pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement, ValidateNodeFieldSelectorRequirement (1.37)',
    ],
  },
  messages: {
    none: '`{operator}` needs at least one value, so this selector is not valid. Add values, or use Exists.',
    some: '`{operator}` takes no values, so this selector is not valid. Remove them, or use In.',
    one: '`{operator}` takes exactly one value here, so this selector is not valid. Keep one.',
    'fix-remove': 'Remove the values',
  },
  at: ['*'],
  covers: [12, 144, 146, 166],
  check({ bound, versions, report }) {
    const { definition, node } = bound;
    const properties = definition?.properties;
    if (properties?.['key'] === undefined || properties['values'] === undefined) return;
    const operator = entry(node, 'operator');
    const name = text(operator?.value);
    const known = allowedValues(properties['operator'], versions.kubernetes).map(({ value }) => value);
    if (operator === undefined || name === undefined || !known.includes(name)) return;
    const values = bound.children.find(({ definition: one }) => one === properties['values']);
    const count = countOf(values);
    const wrong = count === undefined ? undefined : mismatch(name, count, bound.pointer);
    if (wrong === undefined) return;
    report(values?.entry?.key ?? operator.value, wrong, {
      below: ['values'],
      ...(isCustom(objectOf(bound)) && { effect: 'fails-later' }),
      args: { operator: name },
      fixes: wrong === 'some' && values !== undefined ? removalFix(values, 'fix-remove', 'suggestion') : [],
    });
  },
});

/** How many values are written; undefined while they are being typed. */
function countOf(values: Bound | undefined): number | undefined {
  if (values === undefined) return 0;
  const list = target(values.node);
  if (list.kind === 'scalar' && list.value === null && list.raw !== '') return 0;
  return list.kind === 'list' ? list.items.length : undefined;
}

function mismatch(operator: string, count: number, pointer: string): 'none' | 'some' | 'one' | undefined {
  if (operator === 'Exists' || operator === 'DoesNotExist') return count > 0 ? 'some' : undefined;
  const single = operator === 'Gt' || operator === 'Lt' || pointer.endsWith('/matchFields/[]');
  if (count === 0) return single ? 'one' : 'none';
  return single && count > 1 ? 'one' : undefined;
}
