// Two demands of iSCSI that span several fields.

import { placeOf } from '../kubernetes/missing.ts';
import { objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'iscsi-incomplete',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'An `iscsi` volume wants CHAP without a Secret, or makes a name that is too long.',
    why: 'With `chapAuthDiscovery` or `chapAuthSession` the passwords come from `secretRef`. With `initiatorName` the node makes an interface that is called volume:portal, which may have 64 characters. The API server checks both and refuses the object.',
    instead: 'Add `secretRef`, or shorten the name of the volume.',
    says: [
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified',
    ],
    source: [
      'pkg/apis/core/validation/validation.go validateISCSIVolumeSource, validateISCSIPersistentVolumeSource, validateVolumeSource (1.37)',
    ],
  },
  messages: {
    secret:
      'CHAP takes its passwords from `secretRef`, which is missing: the API server refuses this volume. Add it, or turn CHAP off.',
    long: '`{value}` would be the name of an interface and has more than 64 characters, so the API server refuses it. Shorten the name of the volume.',
  },
  at: ['k8s#Iscsi'],
  covers: [48, 49],
  check({ bound, root, kind, report }) {
    const { node, parent } = bound;
    const isOn = ['chapAuthDiscovery', 'chapAuthSession'].some((name) => {
      const flag = get(node, name);
      return flag?.kind === 'scalar' && flag.value === true;
    });
    const secret = get(node, 'secretRef');
    if (isOn && secret?.kind !== 'missing' && isUnset(secret) && !isPartial(root, kind))
      report(placeOf(bound), 'secret', { below: ['secretRef'] });
    const portal = get(node, 'targetPortal');
    const inPod = parent?.definition?.part === 'k8s#Volume';
    const holder = inPod ? parent.node : get(objectOf(bound).node, 'metadata');
    const named = get(holder, 'name');
    if (isUnset(get(node, 'initiatorName')) || get(node, 'initiatorName')?.kind === 'missing') return;
    const value = `${text(named) ?? ''}:${text(portal) ?? ''}`;
    if (value.length <= 64) return;
    const at = (inPod ? named : portal) ?? placeOf(bound);
    // The server misspells the portal of a PersistentVolume.
    report(
      at,
      'long',
      inPod
        ? { args: { value }, place: parent, below: ['name'] }
        : { args: { value }, below: ['targetPortal'] },
    );
  },
});
