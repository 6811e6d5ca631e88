// Metrics for everyone who can reach the host.
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'metrics-addr-exposed',
  families: ['daemon'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: '`metrics-addr` listens on every network address of the host.',
    why: 'The endpoint has neither TLS nor authentication: anyone who can reach the port can read what the daemon does, and put load on it.',
    instead:
      'Listen on `127.0.0.1`, or on the address of a network that only your monitoring system can reach.',
    source: ['https://docs.docker.com/engine/daemon/prometheus/', 'daemon/command/metrics.go (29.7)'],
  },
  messages: {
    exposed:
      'This exposes metrics on every address of the host, without TLS or authentication. Listen on 127.0.0.1, or on the address of your monitoring network.',
    'fix-loopback': 'Listen on {address}',
  },
  at: ['daemon#/metrics-addr'],
  check({ bound, report }) {
    const [, port] = text(bound.node)?.match(/^(?:0\.0\.0\.0|\[::\]|\*):(\d+)$/) ?? [];
    if (port === undefined) return;
    const address = `127.0.0.1:${port}`;
    report(bound.node, 'exposed', {
      fixes: [
        {
          title: 'fix-loopback',
          args: { address },
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: address }],
        },
      ],
    });
  },
});
