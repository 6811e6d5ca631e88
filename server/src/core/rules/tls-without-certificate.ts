// TLS is turned on and there is nothing to turn it on with.
import { entryInside } from '../docker/topLevel.ts';
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'tls-without-certificate',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'TLS is on, but the file names no certificate or no key.',
    why: '`tls: true` and `tlsverify`, even `tlsverify: false`, turn TLS on for the API. When they stand in this file, dockerd does not look into `~/.docker`: without `tlscert` and `tlskey` it finds no certificate. From 24.0 on it refuses the file, before that it fails to start.',
    instead:
      'Set `tlscert` and `tlskey`, with `tlsverify` `tlscacert` too; or remove the key to have no TLS.',
    says: ['invalid TLS configuration: Could not load X509 key pair'],
    source: [
      'daemon/command/daemon.go:642-660, 726, 916 (29.7); run on 28.5.2',
      'https://docs.docker.com/engine/security/protect-access/',
    ],
  },
  messages: {
    missing: 'This turns TLS on, and `{missing}` is not set: {verdict}. Set it to the path of the file.',
    'verify-false':
      'Even `false` turns TLS on here, and `{missing}` is not set: {verdict}. Remove tlsverify, or set tlscert and tlskey.',
    'fix-remove': 'Remove {key}',
  },
  at: ['daemon#', 'daemon#/tls', 'daemon#/tlsverify'],
  check({ bound, root, versions, report }) {
    const missing = ['tlscert', 'tlskey'].find((key) => (text(get(root.node, key)) ?? '') === '');
    const late = atLeast(versions.docker, '24.0') ? {} : ({ effect: 'fails-later' } as const);
    if (missing === undefined) return;
    if (bound === root) {
      // dockerd takes the members of an unknown object for its own, whatever their value.
      const inner = entryInside(root.node, 'tlsverify');
      if (inner !== undefined) report(inner.key, 'verify-false', { ...late, args: { missing } });
      return;
    }
    const value = target(bound.node);
    const verify = bound.pointer === 'daemon#/tlsverify';
    if (value.kind !== 'scalar' || bound.entry === undefined) return;
    const on = value.value === true || (verify && (value.value === false || value.type === 'null'));
    if (!on || (!verify && get(root.node, 'tlsverify') !== undefined)) return;
    const args = { missing, key: verify ? 'tlsverify' : 'tls' };
    report(bound.entry.key, value.value === true ? 'missing' : 'verify-false', {
      ...late,
      args,
      fixes: value.value === true ? [] : removalFix(bound, 'fix-remove', 'suggestion', args),
    });
  },
});
