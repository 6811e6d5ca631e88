// A field that counts only beside another one.

import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule } from '../rule.ts';
import { get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'needs-other-field',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A field is set without the field that it belongs to.',
    why: 'Some settings have a meaning only together: a class of volume attributes is for CSI volumes, a token in a secret for a driver that asks for tokens. The API server refuses one without the other.',
    instead: 'Add the field that the message names, or remove this one.',
    says: [
      'has to be specified when using volumeAttributesClassName',
      'serviceAccountTokenInSecrets is set but no tokenRequests are specified',
    ],
    source: [
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec (1.37)',
      'pkg/apis/storage/validation/validation.go validateServiceAccountTokenInSecrets (1.37)',
    ],
  },
  messages: {
    needs:
      '`{key}` is set without `{other}`, so the API server refuses this {kind}. Add `{other}`, or remove `{key}`.',
  },
  at: ['*'],
  covers: [153, 217],
  check({ bound, root, kind: file, report }) {
    const { definition, parent, entry, node } = bound;
    const other = definition?.['x-needs'];
    if (other === undefined || entry === undefined || parent === undefined || isPartial(root, file)) return;
    if (isUnset(target(node))) return;
    const beside = get(parent.node, other);
    // What is being typed just now is not missing.
    if (beside?.kind === 'missing' || (beside !== undefined && !isUnset(beside))) return;
    report(entry.key, 'needs', {
      args: { key: String(entry.key.value), other, kind: kindOf(objectOf(bound)) },
      // The server blames the token's own field, and for the class of attributes the source that is not there.
      ...(definition?.name === 'volumeAttributesClassName' && { place: parent, below: [other] }),
    });
  },
});

function isUnset(value: ReturnType<typeof target>): boolean {
  if (value.kind === 'missing') return true;
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'scalar' && value.value === null;
}
