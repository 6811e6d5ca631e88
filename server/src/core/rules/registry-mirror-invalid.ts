// A mirror whose URL dockerd does not take.
import { mirrorFlaw } from '../docker/addresses.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { spanInside, target } from '../syntax/tree.ts';
import { textIn } from '../written.ts';

export const rule = defineRule({
  id: 'registry-mirror-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `registry-mirrors` is not a URL that dockerd accepts.',
    why: 'A mirror is the URL of a registry: scheme, host and perhaps a port. From 28.3 on dockerd refuses the file, before that the daemon fails to start and `dockerd --validate` says nothing. A path is accepted from 24.0.8 on.',
    instead:
      'Write `https://mirror.example.com`. Credentials belong into `docker login`, not into this file.',
    says: [
      'invalid mirror: no scheme specified, must use either https:// or http://',
      'invalid mirror: query or fragment at end of the URI',
      'invalid mirror: username/password not allowed in URI',
    ],
    source: [
      'daemon/config/config.go:791, daemon/pkg/registry/config.go:270-292 (29.7); run on 28.5.2',
      'https://docs.docker.com/docker-hub/image-library/mirror/',
    ],
  },
  messages: {
    'no-scheme': '`{part}` has no scheme: {verdict}. Write `https://{part}`.',
    scheme: 'A mirror is reached by http or https, not by `{part}`: {verdict}. Write `https://`.',
    'not-a-url': '`{part}` is not a valid URL: {verdict}. Remove blanks and odd characters before `://`.',
    character: '`{part}` has a character that no host name may have: {verdict}. Correct it.',
    brackets: '`{part}` is not a valid IPv6 address in brackets: {verdict}. Correct it.',
    port: '`{part}` is not a port number: {verdict}. Use digits.',
    query: 'A mirror has no query and no fragment such as `{part}`: {verdict}. Remove it.',
    credentials:
      'A mirror has no user name and no password: {verdict}. Remove them; whoever can read this file could use them.',
    path: 'Docker before 24.0.8 takes no path such as `{part}` in a mirror: {verdict}. Remove it, or upgrade.',
    'fix-scheme': 'Change to https://{part}',
    'fix-part': 'Remove {shown}',
  },
  at: ['daemon#/registry-mirrors/[]'],
  check({ bound, versions, report }) {
    const node = target(bound.node);
    const value = textIn(bound);
    if (node.kind !== 'scalar' || value === undefined) return;
    const flaw = mirrorFlaw(value, versions.docker);
    if (flaw === undefined || flaw.id === 'port-zero' || flaw.id === 'port-large') return;
    const part = value.slice(flaw.from, flaw.to);
    const refused = atLeast(versions.docker, '28.3');
    const shown = flaw.id === 'credentials' ? '…@' : part;
    const replace = (title: string, changed: string): RuleFix[] => [
      {
        title,
        args: { part, shown },
        kind: 'suggestion',
        changes: [{ do: 'replace', node, value: changed }],
      },
    ];
    const without = value.slice(0, flaw.from) + value.slice(flaw.to);
    const removable = ['query', 'credentials', 'path'].includes(flaw.id);
    report(spanInside(node, flaw.from, flaw.to), flaw.id, {
      ...(!refused && { effect: 'fails-later' }),
      args: { part },
      fixes:
        flaw.id === 'no-scheme' && /^[\w.-]+(:\d+)?\/?$/.test(value)
          ? replace('fix-scheme', `https://${value}`)
          : removable
            ? replace('fix-part', without)
            : [],
    });
  },
});
