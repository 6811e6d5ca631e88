// A number that is too small or too large for the engine.
import { defineRule, type Report } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';
import { atLeast } from '../schema/versions.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'number-out-of-range',
  families: ['daemon', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The number is outside the range that the engine accepts here.',
    why: 'dockerd refuses the file for negative sizes and counts, for ports beyond 65535, and for numbers that do not fit into 64 bits. Some of these checks came with later versions. The API server refuses a Kubernetes object in the same way.',
    instead: 'Write a number within the range that the message names, or remove the key to use the default.',
    says: [
      'invalid default MTU',
      'invalid max concurrent downloads',
      'value must be between 0 and 65535',
      'cannot unmarshal number into Go struct field of type int',
    ],
    source: [
      'daemon/config/config.go:762-777 (29.7); run on 20.10.24 and 28.5.2',
      'pkg/apis/storage/validation/validation.go validateTokenRequests, validateNodeAllocatableUpdatePeriodSeconds (1.37)',
    ],
  },
  messages: {
    small: '`{key}` cannot be less than {least}: {verdict}.',
    large: '`{key}` cannot be more than {most}: {verdict}.',
    huge: 'This number does not fit into 64 bits: {verdict}.',
    'k8s-small': '`{key}` cannot be less than {least}, so the API server refuses the object.',
    'k8s-large': '`{key}` cannot be more than {most}, so the API server refuses the object.',
    'k8s-huge': 'This number does not fit into 64 bits, so the API server refuses the object.',
    'fix-bound': 'Change to {value}',
  },
  at: ['*'],
  every: true,
  covers: [215, 216, 222],
  check({ bound, binding, versions, overridden, report }) {
    const { definition, node } = bound;
    const held = target(node);
    if (held.kind !== 'scalar' || held.quoted) return;
    const say = (message: 'small' | 'large' | 'huge', said?: Report) =>
      report(node, binding.family === 'k8s' ? `k8s-${message}` : message, said);
    // Go cannot even read it, whatever it stands for (RUN 28.5.2).
    if (held.type === 'float' && !Number.isFinite(Number(held.raw))) return say('huge');
    if (definition?.type !== 'integer' || !/^-?\d+$/.test(held.raw)) return;
    if (keyFate(bound, binding.family, versions) !== 'taken') return;
    const key = String(bound.path.findLast((step) => typeof step === 'string') ?? '');
    const value = BigInt(held.raw);
    if (value > 2n ** 63n - 1n || value < -(2n ** 63n)) return say('huge');
    if (overridden) return;
    if (binding.family === 'daemon' && !atLeast(versions.docker, checkedSince[definition.pointer] ?? '0'))
      return;
    const { maximum } = definition;
    const minimum = oneBefore23(definition.pointer, versions.docker) ? 1 : definition.minimum;
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

/** The version that looks at the range first, where the key is older. (RUN 20.10.24: mtu -1 is taken) */
const checkedSince: Readonly<Record<string, string>> = {
  'daemon#/mtu': '23.0',
  'daemon#/network-diagnostic-port': '28.0',
};

/** 20.10 refuses 0 attempts (RUN 20.10.24). */
function oneBefore23(pointer: string, docker: string): boolean {
  return pointer === 'daemon#/max-download-attempts' && !atLeast(docker, '23.0');
}
