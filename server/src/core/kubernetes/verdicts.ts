// When the API server judges a place at all: a StatefulSet's template only later in old versions, fields of a gate that is off never.
import type { RuleContext } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { isJudgedLater } from './pods.ts';

/** What these see stops the decoder, whatever is validated afterwards. */
const decoding: ReadonlySet<string> = new Set([
  'wrong-type',
  'unknown-key',
  'duplicate-key',
  'quantity-invalid',
]);

/** at-once, or `later` than the object itself is made; `never` where the server drops the field before it looks. */
export function whenJudged(
  rule: string,
  place: Bound,
  { root, binding, versions }: Pick<RuleContext, 'root' | 'binding' | 'versions'>,
): 'at-once' | 'later' | 'never' {
  if (binding.family !== 'k8s' || decoding.has(rule)) return 'at-once';
  if (isGatedOff(place, versions.kubernetes)) return 'never';
  return isJudgedLater(place, root, versions.kubernetes) ? 'later' : 'at-once';
}

/** Fields of pods whose feature gate is off unless somebody turns it on (pkg/api/pod/util.go: DropDisabledPodFields, 1.37). */
function isGatedOff(place: Bound, version: string): boolean {
  let gated = false;
  for (let at: Bound | undefined = place; at !== undefined; at = at.parent) {
    const { definition } = at;
    if (definition?.part === 'k8s#ClaimSpec') return false;
    if (definition?.part === 'k8s#PodSpec') return gated;
    const gate = definition?.['x-gate'];
    if (gate === undefined) continue;
    const on = gate.on ?? gate.beta ?? gate.stable;
    gated ||= on === undefined || !atLeast(version, on);
  }
  return false;
}
