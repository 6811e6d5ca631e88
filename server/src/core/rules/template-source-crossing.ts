// A claim template that is to be filled from another namespace.
import { dnsLabel, isVariable } from '../kubernetes/nameForms.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule, removalFix } from '../rule.ts';
import { partOf } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'template-source-crossing',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The template of a claim names a source in another namespace in a way that cannot be read.',
    why: 'Only `dataSourceRef` can name a namespace, and then `dataSource` may not stand beside it. Of a claim itself the API server drops the reference while the feature gate CrossNamespaceVolumeDataSource is off; in a template it looks at it, and refuses the workload.',
    instead: 'Give `dataSourceRef` alone, with the name of a namespace.',
    says: ['may not be specified when dataSourceRef.namespace is specified'],
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec, validateDataSourceRef (1.37)',
    ],
  },
  messages: {
    both: '`dataSource` cannot stand beside a `dataSourceRef` with a namespace, so the API server refuses this. Remove it.',
    name: '`{value}` is not a valid name of a namespace, so the API server refuses it. Use at most 63 of a-z, 0-9 and -, with a letter or digit at both ends.',
    'fix-remove': 'Remove dataSource',
  },
  at: ['k8s#ClaimSpec'],
  covers: [174],
  check({ bound, report }) {
    // Of a claim itself the reference is dropped.
    if (bound.pointer === 'k8s#PersistentVolumeClaim/spec') return;
    const ref = partOf(bound, 'dataSourceRef');
    const namespace = ref && partOf(ref, 'namespace');
    const value = text(namespace?.node);
    if (namespace === undefined || value === undefined || value === '' || isVariable(value)) return;
    if (dnsLabel(value) !== undefined) report(namespace.node, 'name', { place: namespace, args: { value } });
    const own = partOf(bound, 'dataSource');
    if (own?.entry === undefined || isUnset(get(bound.node, 'dataSource')) || own.node.kind === 'missing')
      return;
    report(own.entry.key, 'both', { fixes: removalFix(own, 'fix-remove', 'suggestion') });
  },
});
