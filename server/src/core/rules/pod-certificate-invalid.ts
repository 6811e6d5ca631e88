// A certificate that is made for a pod: who signs it, how long it lives, where it is written.
import { isVariable, qualifiedName } from '../kubernetes/nameForms.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { isSignerName, longestLife } from '../kubernetes/signers.ts';
import { defineRule } from '../rule.ts';
import { partOf } from '../schema/bind.ts';
import { entriesOf, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'pod-certificate-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A `podCertificate` cannot be asked for as it is written.',
    why: 'A signer is a domain and a name. The certificate has to be written to a file, alone or with its key. It lives for 91 days at most, and for one day if Kubernetes itself signs it. Annotations for the signer have keys with a domain. The API server refuses the rest.',
    instead: 'Mend what the message names.',
    says: [
      'specify at least one of credentialBundlePath, keyPath, and certificateChainPath',
      'if provided, maxExpirationSeconds must be <= 7862400',
      'must be a domain-prefixed key',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/projected-volumes/#podcertificate',
      'pkg/apis/core/validation/validation.go validateProjectionSources, ValidateUserAnnotations; pkg/apis/certificates/types.go (1.37)',
    ],
  },
  messages: {
    signer:
      '`{value}` is not a valid name of a signer, so the API server refuses it. Write a domain and a name, such as example.com/ca.',
    life: 'A certificate of this signer lives for {most} seconds at most, so the API server refuses {value}. Write less, or remove it.',
    nowhere:
      'The certificate is written nowhere, so the API server refuses this. Add `credentialBundlePath`, or `keyPath` and `certificateChainPath`.',
    annotation:
      '`{key}` has no domain that says whose it is, so the API server refuses it. Write it like example.com/name.',
    'fix-most': 'Change to {most}',
  },
  at: ['k8s#ProjectedSource/podCertificate'],
  covers: [94, 95, 96, 97, 98],
  check({ bound, report }) {
    if (isUnset(bound.node)) return;
    const signer = partOf(bound, 'signerName');
    const name = text(signer?.node) ?? '';
    if (signer !== undefined && name !== '' && !isVariable(name) && !isSignerName(name))
      report(signer.node, 'signer', { place: signer, args: { value: name } });
    const life = partOf(bound, 'maxExpirationSeconds');
    const seconds = life && target(life.node);
    const most = longestLife(name);
    if (life !== undefined && seconds?.kind === 'scalar' && Number(seconds.value) > most)
      report(life.node, 'life', {
        place: life,
        args: { value: String(seconds.value), most: String(most) },
        fixes:
          life.node.kind === 'alias'
            ? []
            : [
                {
                  title: 'fix-most',
                  args: { most: String(most) },
                  kind: 'suggestion',
                  changes: [{ do: 'replace', node: life.node, value: most }],
                },
              ],
      });
    const paths = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].map((one) =>
      partOf(bound, one),
    );
    const isTyped = paths.some((one) => one?.node.kind === 'missing') || bound.unknown.length > 0;
    if (!isTyped && paths.every((one) => (text(one?.node) ?? '') === ''))
      report(bound.entry?.key ?? bound.node, 'nowhere');
    const notes = partOf(bound, 'userAnnotations');
    const map = notes && target(notes.node);
    for (const { key } of map?.kind === 'map' ? entriesOf(map) : []) {
      const written = String(key.value);
      if (written.includes('/') && qualifiedName(written.toLowerCase()) === undefined) continue;
      report(key, 'annotation', { place: notes, args: { key: written } });
    }
  },
});
