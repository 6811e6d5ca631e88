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
    what: 'A PersistentVolume or StorageClass carries `metadata.namespace`.',
    why: 'Both belong to the whole cluster. The API server clears the namespace before it validates, so nothing fails, and the object is visible to every namespace although the file looks as if it were not. Two files that differ only in the namespace overwrite each other.',
    instead:
      'Leave the namespace out. What a namespace owns is the claim; `spec.claimRef` keeps a volume for one claim.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
      'staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace (1.35)',
    ],
  },
  messages: {
    cleared:
      '{kind} belongs to no namespace: the API server drops `namespace: {namespace}`, and the object is seen by the whole cluster. Remove the line.',
    'fix-remove': 'Remove metadata.namespace',
  },
  at: ['k8s#PersistentVolume/metadata/namespace', 'k8s#StorageClass/metadata/namespace'],
  check({ bound, report }) {
    const namespace = text(bound.node);
    if (bound.entry === undefined || namespace === undefined || namespace === '') return;
    report(bound.entry.span, 'cleared', {
      args: { kind: bound.pointer.slice('k8s#'.length, bound.pointer.indexOf('/')), namespace },
      fixes: removalFix(bound, 'fix-remove', 'safe'),
    });
  },
});
