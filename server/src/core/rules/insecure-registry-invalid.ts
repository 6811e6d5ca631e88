// A registry that may be insecure, written as dockerd cannot read it.
import { registryFlaw } from '../docker/addresses.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { spanInside, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'insecure-registry-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `insecure-registries` is neither `host:port` nor a network.',
    why: '`dockerd --validate` does not look at this list. The daemon does when it starts: a path, a scheme other than http or https, an underscore or a port beyond 65535 stops it. `http://` in front is cut off with a warning.',
    instead:
      'Write the host as images name it, such as `registry.lan:5000`, or a network, such as `10.0.5.0/24`.',
    says: ['invalid insecure registry: unsupported scheme', 'invalid host', 'invalid index name'],
    source: [
      'daemon/pkg/registry/config.go:143-197 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#insecure-registries',
    ],
  },
  messages: {
    scheme: '`{part}` is not a scheme that a registry has: {verdict}. Write only host and port.',
    hyphen: '`{part}` begins or ends with a hyphen: {verdict}. Correct the name.',
    path: '`{part}` has a path, and this list takes only hosts and networks: {verdict}. Write `{host}`.',
    host: '`{part}` is not a host name that an image can have: {verdict}. Use letters, digits, points and hyphens.',
    port: '`{part}` is larger than any port: {verdict}. Use 1 to 65535.',
    'has-scheme':
      'Registries have no scheme here: dockerd removes `{part}` with a warning. Write only host and port.',
    'fix-part': 'Change to {instead}',
  },
  at: ['daemon#/insecure-registries/[]'],
  check({ bound, report }) {
    const node = target(bound.node);
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
    const { value } = node;
    const flaw = registryFlaw(value);
    if (flaw === undefined) return;
    const part = value.slice(flaw.from, flaw.to);
    const host = part.slice(0, part.indexOf('/'));
    const instead = flaw.id === 'path' ? host : value.slice(flaw.to).replace(/^:?\/\//, '');
    const mends = ['path', 'has-scheme', 'scheme'].includes(flaw.id) && registryFlaw(instead) === undefined;
    const fix: RuleFix = {
      title: 'fix-part',
      args: { instead },
      kind: flaw.id === 'has-scheme' ? 'safe' : 'suggestion',
      changes: [{ do: 'replace', node, value: instead }],
    };
    report(spanInside(node, flaw.from, flaw.to), flaw.id, {
      ...(flaw.id === 'has-scheme' && { level: 'info', effect: 'style' }),
      args: { part, host },
      fixes: mends ? [fix] : [],
    });
  },
});
