// A number that is too small or too large for the engine.
import { leastOf, looksAtRange } from '../docker/bounds.ts';
import type { Family, Versions } from '../finding.ts';
import { defineRule, type Report } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { isDecoded, keyFate } from '../schema/fate.ts';
import { wholeNumber } from '../syntax/numbers.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'number-out-of-range',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The number is outside the range that the engine accepts here.',
    why: 'dockerd refuses the file for negative sizes and counts, for ports beyond 65535, and for numbers that do not fit into 64 bits. Some of these checks came with later versions. containers/storage reads its numbers into 32 bits without a sign, and refuses the whole file for a larger or a negative one. The API server refuses a Kubernetes object whose number is out of range.',
    instead: 'Write a number within the range that the message names, or remove the key to use the default.',
    says: [
      'invalid default MTU',
      'invalid max concurrent downloads',
      'value must be between 0 and 65535',
      'cannot unmarshal number into Go struct field of type int',
      'is out of range for uint32',
    ],
    source: [
      'daemon/config/config.go:762-777 (29.7); run on 20.10.24 and 28.5.2',
      'storage/pkg/config/config.go:88-100 (containers/storage 1.64); run on Podman 4.3.1 and 5.8.6',
      'pkg/apis/storage/validation/validation.go validateTokenRequests, validateNodeAllocatableUpdatePeriodSeconds (1.37)',
    ],
  },
  messages: {
    small: '`{key}` cannot be less than {least}: {verdict}.',
    large: '`{key}` cannot be more than {most}: {verdict}.',
    'small-loader': '`{key}` cannot be less than {least}: the loader refuses the whole file.',
    'large-loader': '`{key}` cannot be more than {most}: the loader refuses the whole file.',
    huge: 'This number does not fit into 64 bits: {verdict}.',
    'k8s-small': '`{key}` cannot be less than {least}, so the API server refuses the object.',
    'k8s-large': '`{key}` cannot be more than {most}, so the API server refuses the object.',
    'k8s-huge': 'This number does not fit into 64 bits, so the API server refuses the object.',
    'fix-bound': 'Change to {value}',
  },
  at: ['*'],
  every: true,
  covers: [33, 34, 36, 38, 41, 47, 59, 65, 84, 91, 96, 124, 215, 216, 222, 238, 239],
  check({ bound, binding, versions, overridden, report }) {
    const { definition, node } = bound;
    const { family } = binding;
    const held = target(node);
    if (held.kind !== 'scalar' || held.quoted) return;
    const say = (message: 'small' | 'large' | 'huge', said?: Report) =>
      report(node, wording(family, message), said);
    // Go cannot even read it, whatever it stands for (RUN 28.5.2).
    if (family !== 'storage' && held.type === 'float' && !Number.isFinite(Number(held.raw)))
      return say('huge');
    const value = wholeNumber(held);
    if (definition?.type !== 'integer' || value === undefined || !isRead(bound, family, versions)) return;
    const key = String(bound.path.findLast((step) => typeof step === 'string') ?? '');
    if (family !== 'storage' && (value > 2n ** 63n - 1n || value < -(2n ** 63n))) return say('huge');
    if (overridden) return;
    if (family === 'daemon' && !looksAtRange(definition.pointer, versions.docker)) return;
    const { maximum } = definition;
    const minimum = leastOf(definition.pointer, versions.docker) ?? definition.minimum;
    const low = minimum !== undefined && value < BigInt(minimum);
    if (!low && (maximum === undefined || value <= BigInt(maximum))) return;
    const bounds = low ? minimum : maximum;
    say(low ? 'small' : 'large', {
      args: { key, least: String(minimum), most: String(maximum) },
      fixes: [
        {
          title: 'fix-bound',
          args: { value: String(bounds) },
          kind: 'suggestion',
          changes: [{ do: 'replace', node, value: bounds ?? 0 }],
        },
      ],
    });
  },
});

function wording(family: Family, message: 'small' | 'large' | 'huge') {
  if (family === 'k8s') return `k8s-${message}` as const;
  return family === 'storage' && message !== 'huge' ? (`${message}-loader` as const) : message;
}

function isRead(bound: Bound, family: Family, versions: Versions): boolean {
  return family === 'storage'
    ? isDecoded(bound, family, versions)
    : keyFate(bound, family, versions) === 'taken';
}
