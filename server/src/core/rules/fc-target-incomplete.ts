// A Fibre Channel volume is found by world wide names with a LUN, or by identifiers of the disk.
import { placeOf } from '../kubernetes/missing.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { get, type Node, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'fc-target-incomplete',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'An `fc` volume does not say which disk it is, or says it in two ways.',
    why: 'Either `targetWWNs` with `lun` names the disk, or `wwids` does. The API server refuses both together, neither, and world wide names without a LUN from 0 to 255.',
    instead: 'Give `targetWWNs` and `lun`, or `wwids` alone.',
    says: [
      'must specify either targetWWNs or wwids, but not both',
      'lun is required if targetWWNs is specified',
    ],
    source: ['pkg/apis/core/validation/validation.go validateFCVolumeSource (1.37)'],
  },
  messages: {
    none: 'Neither `targetWWNs` nor `wwids` is set, so the API server refuses this volume. Add one.',
    both: '`targetWWNs` and `wwids` cannot stand together, so the API server refuses this volume. Keep one.',
    'no-lun': '`targetWWNs` needs a `lun`, so the API server refuses this volume. Add it.',
    lun: '`{value}` is no LUN, so the API server refuses it. Write a number from 0 to 255.',
  },
  at: ['k8s#Fc'],
  covers: [66],
  check({ bound, root, kind, report }) {
    const { node } = bound;
    if (target(node).kind !== 'map' || isPartial(root, kind)) return;
    const [names, ids, lun] = ['targetWWNs', 'wwids', 'lun'].map((name) => get(node, name));
    if (names?.kind === 'missing' || ids?.kind === 'missing' || lun?.kind === 'missing') return;
    if (!isFilled(names) && !isFilled(ids)) {
      if (bound.unknown.length === 0) report(placeOf(bound), 'none', { below: ['targetWWNs'] });
      return;
    }
    if (names === undefined || !isFilled(names)) return;
    if (isFilled(ids)) report(names, 'both', { below: ['targetWWNs'] });
    if (lun === undefined || isUnset(lun)) return report(placeOf(bound), 'no-lun', { below: ['lun'] });
    const value = lun.kind === 'scalar' && lun.type === 'integer' ? Number(lun.value) : 0;
    if (value < 0 || value > 255) report(lun, 'lun', { below: ['lun'], args: { value: String(value) } });
  },
});

function isFilled(node: Node | undefined): boolean {
  return node?.kind === 'list' && node.items.length > 0;
}
