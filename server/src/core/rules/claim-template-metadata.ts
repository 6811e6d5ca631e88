// Of the claim of an ephemeral volume only labels and annotations are free.
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'claim-template-metadata',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The template of an ephemeral volume sets a name or other metadata of the claim.',
    why: 'Kubernetes itself names the claim after the pod and the volume, in the namespace of the pod. The template may only bring labels and annotations; the API server refuses the rest.',
    instead: 'Remove the field. What uses the claim finds it as POD-VOLUME.',
    says: ['cannot be set'],
    source: [
      'pkg/apis/core/validation/validation.go ValidateTemplateObjectMeta, validateFieldAllowList (1.37)',
    ],
  },
  messages: {
    forbidden: 'Kubernetes sets `{key}` of this claim itself, so the API server refuses it here. Remove it.',
    'fix-remove': 'Remove {key}',
  },
  at: ['k8s#Volume/ephemeral/volumeClaimTemplate'],
  covers: [79],
  check({ bound, report }) {
    const metadata = bound.children.find(({ definition }) => definition?.name === 'metadata');
    for (const one of metadata?.children ?? []) {
      const key = one.definition?.name ?? '';
      if (one.entry === undefined || key === '' || key === 'labels' || key === 'annotations' || isEmpty(one))
        continue;
      const args = { key };
      // The server writes the names of its own struct.
      report(one.entry.key, 'forbidden', {
        place: one,
        args,
        fixes: removalFix(one, 'fix-remove', 'suggestion', args),
      });
    }
  },
});

/** What Go cannot tell from nothing. */
function isEmpty({ node }: Bound): boolean {
  const held = target(node);
  if (held.kind === 'missing') return true;
  if (held.kind === 'map') return held.entries.length === 0;
  if (held.kind === 'list') return held.items.length === 0;
  return held.value === null || held.value === '' || (held.value === 0 && held.type === 'integer');
}
