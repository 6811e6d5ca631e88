// Half of a secret's address: a name without its namespace, or the reverse.
import { defineRule } from '../rule.ts';
import { entriesOf, get, target, text } from '../syntax/tree.ts';

const half =
  /^(csi\.storage\.k8s\.io\/(?:[a-z-]+-)?secret|csi(?:Provisioner|ControllerPublish|NodeStage|NodePublish)Secret)(-name|-namespace|Name|Namespace)$/;
const others: Readonly<Record<string, string>> = {
  '-name': '-namespace',
  '-namespace': '-name',
  Name: 'Namespace',
  Namespace: 'Name',
};

export const rule = defineRule({
  id: 'csi-secret-incomplete',
  families: ['k8s'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'A StorageClass or a class of snapshots names a secret for the CSI driver without its namespace, or a namespace without the name.',
    why: 'The provisioner that runs with every CSI driver reads both parameters as a pair and fails when one is missing: the class is accepted, but every claim that uses it stays Pending with an error about the secret. A StorageClass has no namespace of its own that could serve as a default.',
    instead: 'Set both, `…-secret-name` and `…-secret-namespace`.',
    source: [
      'https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html',
      'kubernetes-csi/external-snapshotter pkg/utils/util.go GetSecretReference (v8.6)',
      'kubernetes-csi/external-provisioner pkg/controller/controller.go verifyAndGetSecretNameAndNamespaceTemplate (v6.3.0)',
    ],
  },
  messages: {
    incomplete:
      '`{key}` is set without `{other}`: the CSI provisioner needs both, so claims of this class stay Pending. Add `{other}`.',
    snapshots:
      '`{key}` is set without `{other}`: the snapshot controller needs both, so no snapshot of this class is made. Add `{other}`.',
    'fix-add': 'Add {other}',
  },
  at: [
    'k8s#StorageClass/parameters',
    'k8s#VolumeSnapshotClass/parameters',
    'k8s#VolumeGroupSnapshotClass/parameters',
  ],
  check({ bound, root, report }) {
    const parameters = target(bound.node);
    if (parameters.kind !== 'map' || text(get(root.node, 'provisioner'))?.startsWith('kubernetes.io/'))
      return;
    for (const { key, span } of entriesOf(parameters)) {
      const [, stem, ending = ''] = String(key.value).match(half) ?? [];
      if (stem === undefined) continue;
      const other = `${stem}${others[ending]}`;
      // What is half-typed just now is not missing.
      if (get(parameters, other) !== undefined) continue;
      report(span, bound.pointer.startsWith('k8s#StorageClass') ? 'incomplete' : 'snapshots', {
        args: { key: String(key.value), other },
        fixes: [
          {
            title: 'fix-add',
            args: { other },
            kind: 'suggestion',
            changes: [{ do: 'insert', into: parameters, key: other, value: 'default' }],
          },
        ],
      });
    }
  },
});
