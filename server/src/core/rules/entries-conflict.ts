// Two entries of a list that cannot stand together.
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { textOf } from '../written.ts';

export const rule = defineRule({
  id: 'entries-conflict',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'Two entries of a list exclude each other.',
    why: 'Each entry is right alone, but dockerd refuses the file: behind `host-gateway` stand at most one IPv4 and one IPv6 address, and a generic resource is either one number or a list of names.',
    instead: 'Keep one of the entries.',
    says: [
      'only one IPv4 host gateway IP address can be specified',
      'could not parse GenericResource: mixed discrete and named resources in expression',
    ],
    source: [
      'daemon/internal/opts/host_gateway_opts.go:9, daemon/config/config.go:781 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#configure-host-gateway-ip',
    ],
  },
  messages: {
    'same-family':
      '`{value}` is the second {sort} address, and there can be only one: {verdict}. Remove one of them.',
    mixed:
      '`{value}` is given a number and something else as well: {verdict}. Give one number, or names only.',
    related: 'The other entry',
    'fix-remove': 'Remove {value}',
  },
  at: ['daemon#/host-gateway-ips', 'daemon#/node-generic-resources'],
  check({ bound, versions, report }) {
    const gateways = bound.pointer === 'daemon#/host-gateway-ips';
    if (gateways && !atLeast(versions.docker, '28.0')) return;
    const kindOf = gateways ? family : resource;
    const seen = new Map<string, { place: Bound; number: boolean }>();
    for (const place of bound.children) {
      const value = textOf(place);
      const kind = value === undefined ? undefined : kindOf(value);
      if (value === undefined || kind === undefined) continue;
      const first = seen.get(kind.name);
      if (first === undefined) seen.set(kind.name, { place, number: kind.number });
      else if (gateways || first.number || kind.number) {
        report(place.node, gateways ? 'same-family' : 'mixed', {
          place,
          args: { value: gateways ? value : kind.name, sort: kind.name },
          related: [{ span: first.place.node.span, message: 'related' }],
          fixes: removalFix(place, 'fix-remove', 'suggestion', { value }),
        });
      }
    }
  },
});

interface Kind {
  readonly name: string;
  readonly number: boolean;
}

/** An empty address counts as one of IPv6. (RUN 28.5.2) */
function family(address: string): Kind {
  return { name: address.includes('.') && !address.includes(':') ? 'IPv4' : 'IPv6', number: false };
}

function resource(entry: string): Kind | undefined {
  const equals = entry.indexOf('=');
  const value = entry.slice(equals + 1).trim();
  return equals < 0 ? undefined : { name: entry.slice(0, equals).trim(), number: /^[+-]?\d+$/.test(value) };
}
