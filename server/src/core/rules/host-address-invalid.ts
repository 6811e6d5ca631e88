// An address to listen on that dockerd cannot read.
import { type Flaw, hostFlaw, socketPath } from '../docker/addresses.ts';
import type { Platform } from '../finding.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { spanInside, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'host-address-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `hosts` is not an address that dockerd can listen on.',
    why: 'From 23.0 on dockerd refuses the file; before that the daemon fails to start. An entry without a scheme counts as TCP, so a bare path of a socket is read as a host name with a path.',
    instead:
      'Write `unix:///path/to.sock`, `tcp://address:port`, `fd://` for a socket from systemd, or `npipe:////./pipe/name` on Windows. An IPv6 address wants brackets.',
    says: [
      'invalid bind address: unsupported proto',
      'invalid bind address: should not contain a path element',
    ],
    source: [
      'daemon/config/config.go:785, daemon/pkg/opts/hosts.go:35-148 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option',
    ],
  },
  messages: {
    scheme:
      '`{part}` is not a scheme that dockerd listens on: {verdict}. Use unix, tcp, fd or npipe, in small letters.',
    'second-scheme': '`{part}` has a second scheme: {verdict}. Write only a path after the first ://.',
    'socket-path':
      'Without `unix://` in front this counts as a TCP address with a path: {verdict}. Write `{instead}`.',
    path: 'A TCP address has no path such as `{part}`: {verdict}. Remove it.',
    character: '`{part}` has a character that no host name may have: {verdict}. Correct it.',
    brackets: '`{part}` is not an IPv6 address in brackets: {verdict}. Write it like [::1]:2376.',
    port: '`{part}` is not a port number: {verdict}. Use digits, 1 to 65535.',
    'port-zero': 'No client can be told port 0: {verdict}. Choose a port, such as 2376 with TLS.',
    'port-large': '`{part}` is larger than any port: {verdict}. Use 1 to 65535.',
    foreign: '`{part}` is for {system}: {verdict}. Use unix or tcp on Linux, npipe or tcp on Windows.',
    'fix-socket': 'Change to {instead}',
    'fix-path': 'Remove {part}',
  },
  at: ['daemon#/hosts/[]'],
  check({ bound, versions, report }) {
    const node = target(bound.node);
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
    const flaw = hostFlaw(node.value) ?? foreignScheme(node.value, versions.platform);
    if (flaw === undefined) return;
    const part = node.value.slice(flaw.from, flaw.to);
    const instead = `unix://${socketPath(node.value)}`;
    const late = flaw.id === 'port-large' || flaw.id === 'foreign' || !atLeast(versions.docker, '23.0');
    const replace = (title: string, value: string): RuleFix[] => [
      { title, args: { instead, part }, kind: 'suggestion', changes: [{ do: 'replace', node, value }] },
    ];
    report(spanInside(node, flaw.from, flaw.to), flaw.id, {
      ...(late && { effect: 'fails-later' }),
      args: { part, instead, system: part === 'npipe' ? 'Windows' : 'Linux' },
      fixes:
        flaw.id === 'socket-path'
          ? replace('fix-socket', instead)
          : flaw.id === 'path'
            ? replace('fix-path', node.value.slice(0, flaw.from) + node.value.slice(flaw.to))
            : [],
    });
  },
});

/** A scheme that dockerd accepts everywhere and can listen on only on the other system. (RUN 28.5.2) */
function foreignScheme(text: string, platform: Platform): Flaw | undefined {
  const [, scheme] = /^\s*(npipe|fd):\/\//.exec(text) ?? [];
  if (scheme !== (platform === 'linux' ? 'npipe' : 'fd')) return undefined;
  const from = text.indexOf(scheme);
  return { id: 'foreign', from, to: from + scheme.length };
}
