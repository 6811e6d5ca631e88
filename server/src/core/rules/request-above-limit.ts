// A container that asks for more scratch space than it may have.
import { worthOf } from '../kubernetes/worth.ts';
import { defineRule } from '../rule.ts';
import { get } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'request-above-limit',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A container requests more ephemeral storage than its limit allows.',
    why: 'The request is what the scheduler keeps free, the limit what the container may fill before it is evicted. A request above the limit makes no sense, and the API server refuses the pod.',
    instead: 'Lower the request, or raise the limit.',
    says: ['must be less than or equal to ephemeral-storage limit'],
    source: ['pkg/apis/core/validation/validation.go validateResourceRequirements (1.37)'],
  },
  messages: {
    above:
      'The request `{value}` is more than the limit `{limit}`, so the API server refuses it. Lower it, or raise the limit.',
    related: 'The limit',
  },
  at: ['k8s#Container/resources/requests/ephemeral-storage'],
  covers: [123],
  check({ bound, report }) {
    const limit = get(get(bound.parent?.parent?.node, 'limits'), 'ephemeral-storage');
    const [own, most] = [worthOf(bound.node), limit && worthOf(limit)];
    if (limit === undefined || own === undefined || most === undefined || own.thousandths <= most.thousandths)
      return;
    // The server blames the requests as a whole.
    report(bound.node, 'above', {
      place: bound.parent ?? bound,
      args: { value: own.text, limit: most.text },
      related: [{ span: limit.span, message: 'related' }],
    });
  },
});
