// Names of signers and of trust bundles, as the API server reads them (core/validation/names.go, 1.37). Texts without state.
import { dnsLabel, dnsSubdomain } from './nameForms.ts';

/** A domain of two or more labels, `/`, and a name of one or more parts; at most 571 characters. */
export function isSignerName(name: string): boolean {
  const [domain = '', path = '', ...more] = name.split('/');
  const labels = domain.split('.');
  return (
    more.length === 0 &&
    name.includes('/') &&
    name.length <= 571 &&
    domain.length <= 253 &&
    labels.length > 1 &&
    labels.every((label) => dnsLabel(label) === undefined) &&
    path.split('.').every((part) => dnsSubdomain(part) === undefined)
  );
}

/** A DNS name, perhaps with its signer's name and `:` before it, in which `:` stands for `/`. */
export function isTrustBundleName(name: string): boolean {
  return dnsSubdomain(name.slice(name.lastIndexOf(':') + 1)) === undefined;
}

/** The longest life of a certificate in seconds: 91 days, of Kubernetes' own signers one. */
export function longestLife(signer: string): number {
  const [domain = ''] = signer.split('/', 1);
  return /(?:^|\.)kubernetes\.io$/.test(domain) ? 86_400 : 7_862_400;
}
