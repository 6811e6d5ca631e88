// A field that exists elsewhere and may not be set here.
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Definition } from '../schema/definition.ts';
import { type Node, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'field-not-allowed',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A field is set in a place where Kubernetes does not allow it.',
    why: 'Some objects hold a part of another one, and only some of its fields have a meaning there: an attachment describes a volume without its size, class and claim. The API server refuses the others.',
    instead: 'Remove the field.',
    says: ['may not be specified in the context of inline volumes'],
    source: ['pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec (1.37)'],
  },
  messages: {
    forbidden: '`{key}` cannot be set here, so the API server refuses this {kind}. Remove it.',
    'fix-remove': 'Remove {key}',
  },
  at: ['*'],
  covers: [79, 229],
  check({ bound, report }) {
    const { definition, entry, node } = bound;
    if (definition?.['x-forbidden'] !== true || entry === undefined || isUnset(node, definition)) return;
    const key = String(entry.key.value);
    report(entry.key, 'forbidden', {
      args: { key, kind: kindOf(objectOf(bound)) },
      fixes: removalFix(bound, 'fix-remove', 'suggestion', { key }),
    });
  },
});

/** Go's zero values, and what is being typed. A struct counts as set when it is written, even empty, but a map does not. */
function isUnset(node: Node, { name, additionalProperties }: Definition): boolean {
  const value = target(node);
  if (value.kind === 'missing') return true;
  if (value.kind === 'map') return value.entries.length === 0 && additionalProperties !== undefined;
  if (value.kind === 'list') return value.items.length === 0;
  return (
    value.kind === 'scalar' &&
    (value.value === null || value.value === '' || (name === 'generation' && value.value === 0))
  );
}
