// The API on the network, for everyone.
import { hostFlaw } from '../docker/addresses.ts';
import { defineRule } from '../rule.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'tcp-host-without-tls',
  families: ['daemon'],
  level: 'warning',
  effect: 'risk',
  fix: 'none',
  docs: {
    what: 'The API listens on a network address and does not ask clients for a certificate.',
    why: 'Anyone who can reach the port is root on the host, because a container may mount any folder. `tls` alone encrypts but lets everyone in; only `tlsverify` asks for a certificate. Open Docker ports are found and taken over within hours.',
    instead:
      'Reach the daemon through SSH (`docker context create … --docker host=ssh://user@host`), or turn `tlsverify` on with `tlscacert`, `tlscert` and `tlskey`.',
    says: [
      'API is accessible on the TCP address without encryption',
      'Binding to an IP address without --tlsverify is insecure and gives root access',
    ],
    source: [
      'https://docs.docker.com/engine/security/protect-access/',
      'daemon/command/daemon.go:968-1026 (29.7)',
    ],
  },
  messages: {
    open: 'Anyone who can reach {host} controls this host as root: `tlsverify` is not on. Use SSH, or turn on `tlsverify` with tlscacert, tlscert and tlskey.',
  },
  at: ['daemon#/hosts/[]'],
  check({ bound, root, report }) {
    const host = text(bound.node)?.trim();
    const verify = get(root.node, 'tlsverify');
    if (host === undefined || host === '' || (verify?.kind === 'scalar' && verify.value === true)) return;
    // Without a scheme it is TCP, and without a host it is localhost.
    const [, address = ''] = /^(?:tcp:\/\/|(?!\w+:\/\/))(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(host) ?? [];
    if (hostFlaw(host) !== undefined || /^(localhost|127\..*|\[::1\]|)$/.test(address)) return;
    report(bound.node, 'open', { args: { host } });
  },
});
