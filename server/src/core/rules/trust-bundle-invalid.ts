// Which trust bundle a projected volume means: one by its name, or all of a signer.

import { isVariable } from '../kubernetes/nameForms.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { isSignerName, isTrustBundleName } from '../kubernetes/signers.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'trust-bundle-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A `clusterTrustBundle` does not say which trust bundle it means, or says it in two ways.',
    why: 'Either `name` names one bundle, or `signerName` means all bundles of a signer, which `labelSelector` may narrow. The API server refuses both, neither, a selector beside a name, and names of another form.',
    instead: 'Give `name`, or `signerName` with perhaps `labelSelector`.',
    says: [
      'only one of name and signerName may be used',
      'either name or signerName must be specified',
      'labelSelector must be unset if name is specified',
      'not a valid clustertrustbundlename',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/projected-volumes/#clustertrustbundle',
      'pkg/apis/core/validation/validation.go validateProjectionSources; names.go ValidateSignerName, ValidateClusterTrustBundleName (1.37)',
    ],
  },
  messages: {
    none: 'Neither `name` nor `signerName` is set, so the API server refuses this. Add one.',
    both: '`name` and `signerName` cannot stand together, so the API server refuses this. Keep one.',
    selector:
      '`labelSelector` narrows the bundles of a signer, and beside `name` the API server refuses it. Remove it.',
    name: '`{value}` is not a valid name of a trust bundle, so the API server refuses it. Write a DNS name, or signer:name with `:` for each /, such as example.com:ca:roots.',
    signer:
      '`{value}` is not a valid name of a signer, so the API server refuses it. Write a domain and a name, such as example.com/ca.',
    'fix-remove': 'Remove {key}',
  },
  at: ['k8s#ProjectedSource/clusterTrustBundle'],
  covers: [92, 93, 94],
  check({ bound, report }) {
    const [name, signer, selector] = ['name', 'signerName', 'labelSelector'].map((one) => part(bound, one));
    if (isUnset(bound.node)) return;
    const at = bound.entry?.key ?? bound.node;
    if (name?.node.kind === 'missing' || signer?.node.kind === 'missing' || bound.unknown.length > 0) return;
    if (name === undefined && signer === undefined) return report(at, 'none');
    if (name !== undefined && signer !== undefined) return report(signer.entry?.key ?? at, 'both');
    if (name !== undefined) {
      const value = text(name.node);
      if (value !== undefined && !isVariable(value) && !isTrustBundleName(value))
        report(name.node, 'name', { place: name, args: { value } });
      if (selector?.entry !== undefined && selector.node.kind !== 'missing')
        report(selector.entry.key, 'selector', {
          place: selector,
          fixes: removalFix(selector, 'fix-remove', 'suggestion', { key: 'labelSelector' }),
        });
    }
    const value = text(signer?.node);
    if (signer !== undefined && value !== undefined && !isVariable(value) && !isSignerName(value))
      report(signer.node, 'signer', { place: signer, args: { value } });
  },
});

function part({ children }: Bound, name: string): Bound | undefined {
  return children.find(({ definition, node }) => definition?.name === name && !isUnset(node));
}
