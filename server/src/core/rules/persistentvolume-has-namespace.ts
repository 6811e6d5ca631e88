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
    what: 'A PersistentVolume or StorageClass has a `metadata.namespace`.',
    why: 'Both are cluster-scoped. The API server clears the namespace before validation, so nothing fails, but the object is visible from every namespace, unlike the file suggests. Two files that differ only in the namespace overwrite each other.',
    instead:
      'Leave the namespace out. It is the claim that belongs to a namespace; `spec.claimRef` reserves a volume for one claim.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
      'staging/src/k8s.io/apiserver/pkg/registry/rest/meta.go EnsureObjectNamespaceMatchesRequestNamespace (1.35)',
    ],
  },
  messages: {
    cleared:
      'A {kind} is cluster-scoped: the API server clears `namespace: {namespace}`, and the whole cluster sees the object. Remove the line.',
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
