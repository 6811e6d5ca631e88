// Every registry counts as insecure.
import { defineRule, removalFix } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'insecure-registry-everything',
  families: ['daemon'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `insecure-registries` covers all addresses.',
    why: 'The daemon then accepts any certificate, and plain HTTP, from every registry, including Docker Hub. Anyone on the network path can serve images of their own.',
    instead:
      'List only the registries that need it, as `host:port` or a small network, or install their certificates under `/etc/docker/certs.d`.',
    source: [
      'daemon/pkg/registry/config.go:143-197, 210-263 (29.7)',
      'https://docs.docker.com/reference/cli/dockerd/#insecure-registries',
    ],
  },
  messages: {
    everything:
      '`{range}` covers every registry: no certificate is verified, and images can be replaced in transit. List only the registries that need it.',
    'fix-remove': 'Remove {range}',
  },
  at: ['daemon#/insecure-registries/[]'],
  check({ bound, report }) {
    const range = text(bound.node)?.trim();
    if (range === undefined || !/^[\da-f.:]+\/0+$/i.test(range)) return;
    report(bound.node, 'everything', {
      args: { range },
      fixes: removalFix(bound, 'fix-remove', 'suggestion', { range }),
    });
  },
});
