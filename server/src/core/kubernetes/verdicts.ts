// When the API server judges a place at all: a StatefulSet's template only later in old versions, fields of a gate that is off never.
import type { RuleContext } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { entry } from '../syntax/tree.ts';
import { kindOf, objectOf } from './objects.ts';
import { isUnset } from './pods.ts';

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
  { binding, versions }: Pick<RuleContext, 'binding' | 'versions'>,
): 'at-once' | 'later' | 'never' {
  if (binding.family !== 'k8s' || decoding.has(rule)) return 'at-once';
  if (isGatedOff(place, versions.kubernetes) || isUnseen(place)) return 'never';
  return isLate(place, versions.kubernetes) ? 'later' : 'at-once';
}

/** What the controller of a StatefulSet makes, at which a finding is refused that is refused only then. */
export function laterKind(place: Bound): string {
  return place.path[objectOf(place).path.length + 1] === 'template' ? 'Pod' : 'PersistentVolumeClaim';
}

/**
 * Before 1.34 nobody validates what a StatefulSet's template and claim templates hold (kubernetes/kubernetes pull requests
 * 131790, 132212); since then of a claim template its name and spec (apps/validation.go: validateVolumeClaimTemplates, 1.37).
 */
function isLate(place: Bound, kubernetes: string): boolean {
  const object = objectOf(place);
  const [top, field, third, fourth, fifth] = place.path.slice(object.path.length);
  if (top !== 'spec' || kindOf(object) !== 'StatefulSet') return false;
  const isOld = !atLeast(kubernetes, '1.34');
  if (field === 'template') return isOld && third === 'spec';
  if (field !== 'volumeClaimTemplates') return false;
  return isOld || (fourth === 'metadata' && fifth !== undefined && fifth !== 'name');
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
