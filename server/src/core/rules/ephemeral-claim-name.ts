// The claim that a generic ephemeral volume makes is called POD-VOLUME.
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isUnset, mapsIn, podSpecOf } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'ephemeral-claim-name',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'The claim of an ephemeral volume gets a name that is too long, or that another volume of the pod uses.',
    why: 'For an `ephemeral` volume Kubernetes makes a claim that is called after the pod and the volume, joined by `-`. It may have 253 characters, and no other volume of the same pod may use it as its claim. The API server refuses the pod.',
    instead: 'Shorten the name of the pod or of the volume, or mount the ephemeral volume itself.',
    says: [
      'PVC name: must be no more than 253 characters',
      'must not reference a PVC that gets created for an ephemeral volume',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#persistentvolumeclaim-naming',
      'pkg/apis/core/validation/validation.go ValidateVolumes, validateVolumeSource (1.37)',
    ],
  },
  messages: {
    long: 'The claim of this volume would be called `{claim}`, which has more than 253 characters: the API server refuses the pod. Shorten a name.',
    taken:
      '`{claim}` is the claim that the ephemeral volume `{volume}` makes, so the API server refuses it here. Mount `{volume}` instead.',
  },
  at: ['k8s#Volume'],
  covers: [22, 81],
  check({ bound, report }) {
    // Only of a pod is the name known.
    const object = objectOf(bound);
    const pod = kindOf(object) === 'Pod' ? text(get(get(object.node, 'metadata'), 'name')) : undefined;
    const volume = text(get(bound.node, 'name'));
    if (pod === undefined || pod === '' || volume === undefined) return;
    const own = place(bound, 'ephemeral');
    const claim = `${pod}-${volume}`;
    const named = place(bound, 'name');
    if (own !== undefined && !isUnset(own.node) && volume !== '' && claim.length > 253 && named !== undefined)
      report(named.node, 'long', { place: named, args: { claim } });
    const used = place(place(bound, 'persistentVolumeClaim'), 'claimName');
    const wanted = text(used?.node);
    if (used === undefined || wanted === undefined) return;
    for (const map of mapsIn(get(podSpecOf(bound)?.node, 'volumes')) ?? []) {
      const name = text(get(map, 'name')) ?? '';
      if (isUnset(get(map, 'ephemeral')) || `${pod}-${name}` !== wanted) continue;
      report(used.node, 'taken', { place: used, args: { claim: wanted, volume: name } });
      return;
    }
  },
});

function place(holder: Bound | undefined, name: string): Bound | undefined {
  return holder?.children.find(({ definition }) => definition?.name === name);
}
