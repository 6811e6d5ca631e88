// A namespace on an object that belongs to none.
import { defineRule, removalFix } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'persistentvolume-has-namespace',
  families: ['k8s'],
  level: 'warning',
  effect: 'ignored',
  fix: 'safe',
  docs: {
    what: 'An object that lies in no namespace has a `metadata.namespace`: a PersistentVolume, a StorageClass, a CSIDriver …',
    why: 'These kinds are cluster-scoped. The API server clears the namespace before validation, so nothing fails, but the object is visible from every namespace, unlike the file suggests. Two files that differ only in the namespace overwrite each other.',
    instead:
      'Leave the namespace out. It is the claim that belongs to a namespace; `spec.claimRef` reserves a volume for one claim.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
      'staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace (1.37)',
    ],
  },
  messages: {
    cleared:
      'A {kind} is cluster-scoped: the API server clears `namespace: {namespace}`, and the whole cluster sees the object. Remove the line.',
    'fix-remove': 'Remove metadata.namespace',
  },
  at: ['*'],
  covers: [7],
  check({ bound, report }) {
    if (bound.definition?.['x-scope'] !== 'cluster') return;
    const metadata = bound.children.find(({ definition }) => definition?.name === 'metadata');
    const place = metadata?.children.find(({ definition }) => definition?.name === 'namespace');
    const namespace = place && text(place.node);
    if (place?.entry === undefined || namespace === undefined || namespace === '') return;
    report(place.entry.span, 'cleared', {
      place,
      args: { kind: bound.definition.name, namespace },
      fixes: removalFix(place, 'fix-remove', 'safe'),
    });
  },
});
