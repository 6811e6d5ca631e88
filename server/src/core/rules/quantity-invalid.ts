// A quantity that Kubernetes cannot read.
import { quantity } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'quantity-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The value is not a valid Kubernetes quantity.',
    why: 'A quantity is a number with one suffix: `Ki Mi Gi Ti Pi Ei`, or `n u m k M G T P E`. There is no `B` and no space, and suffixes are case-sensitive; the API server refuses anything else.',
    instead: 'Write `10Gi` (1024-based, what most people mean) or `10G` (1000-based).',
    source: [
      'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
      'staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go ParseQuantity (1.35)',
    ],
  },
  messages: {
    invalid:
      '`{value}` is not a valid quantity, so the API server refuses it. Write a number and one of Ki Mi Gi Ti Pi Ei or k M G T P E, without space or B, such as 10Gi.',
    'invalid-near':
      '`{value}` is not a valid quantity, so the API server refuses it. Write a number and one of Ki Mi Gi Ti Pi Ei or k M G T P E. Did you mean `{near}`?',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [13],
  check({ bound, report }) {
    const value = text(bound.node);
    if (bound.definition?.format !== 'quantity' || value === undefined) return;
    if (quantity(value) === undefined) return;
    // Of a required field another rule says that it is empty.
    if (value === '' && bound.parent?.definition?.required?.includes(String(bound.entry?.key.value)) === true)
      return;
    const near = meant(value);
    report(bound.node, near === undefined ? 'invalid' : 'invalid-near', {
      args: { value, near: near ?? '' },
      fixes:
        near === undefined || bound.node.kind === 'alias'
          ? []
          : [
              {
                title: 'fix-near',
                args: { near },
                kind: 'suggestion',
                changes: [{ do: 'replace', node: bound.node, value: near }],
              },
            ],
    });
  },
});

/** `10 GB`, `10gib`, `10K`: the same with the suffix that Kubernetes has for it. */
function meant(value: string): string | undefined {
  const [, number, unit = '', i = ''] = value.match(/^\s*(\d+(?:\.\d+)?)\s*([kmgtpe])(i?)b?\s*$/i) ?? [];
  if (number === undefined) return undefined;
  const upper = unit.toUpperCase();
  const near = `${number}${i === '' && upper === 'K' ? 'k' : upper}${i === '' ? '' : 'i'}`;
  return quantity(near) === undefined ? near : undefined;
}
