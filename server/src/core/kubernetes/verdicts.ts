// When the API server judges a place at all: a StatefulSet's template only later in old versions, fields of a gate that is off never.
import type { RuleContext } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { entry } from '../syntax/tree.ts';
import { isJudgedLater, isStatefulSet, isUnset } from './pods.ts';

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
  if (isGatedOff(place, versions.kubernetes) || isUnseen(place)) return 'never';
  // Of claim templates the server validates the spec alone (apps/validation.go: validateVolumeClaimTemplates, 1.37).
  const [, list, , part, name] = place.path;
  if (isStatefulSet(root) && list === 'volumeClaimTemplates' && part === 'metadata' && name !== 'name')
    return name === undefined ? 'at-once' : 'later';
  return isJudgedLater(place, root, versions.kubernetes) ? 'later' : 'at-once';
}

/** Of a second source only that it is there is refused, not what it holds (core/validation.go: validateVolumeSource, 1.37). */
function isUnseen(place: Bound): boolean {
  for (let at = place; at.parent !== undefined; at = at.parent) {
    const { definition, parent } = at;
    const volume = parent.definition?.part;
    if (volume !== 'k8s#Volume' && volume !== 'k8s#VolumeSpec') continue;
    const members = parent.definition?.['x-one-of']?.members ?? [];
    const name = definition?.name ?? '';
    if (!members.includes(name)) return false;
    const first = members.find((one) => !isUnset(entry(parent.node, one)?.value));
    return first !== undefined && first !== name;
  }
  return false;
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
