// A pool that cannot be cut into networks.

import { cidr } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { memberFolded } from '../schema/bind.ts';
import { target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'address-pool-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'An entry of `default-address-pools` has no size, or one that does not fit its base.',
    why: '`size` is the prefix length of each new network: at least that of `base`, since a network cannot be larger than its pool, and at most that of an address. `dockerd --validate` accepts any number, but the daemon fails to start.',
    instead:
      'Write a base and a longer prefix, such as `{ "base": "10.201.0.0/16", "size": 24 }` for 256 networks.',
    says: [
      'invalid pools size',
      'pool prefix has a smaller prefix than the target size',
      'is not in canonical form',
    ],
    source: [
      'daemon/libnetwork/ipams/defaultipam/allocator.go:94-99, address_space.go:34-56 (29.7); run on 20.10.24 and 28.5.2',
      'https://docs.docker.com/engine/network/#subnet-allocation',
    ],
  },
  messages: {
    'no-size': 'This pool has no `size`: {verdict}. Set the prefix length of its networks, such as 24.',
    'no-base': 'This pool has no `base`: {verdict}. Set a network, such as 10.201.0.0/16.',
    short: 'Networks of /{size} do not fit into {base}: {verdict}. Write at least {least}.',
    long: 'An address of {base} has only {most} bits: {verdict}. Write at most {usable}.',
  },
  at: ['daemon#/default-address-pools/[]'],
  check({ bound, report }) {
    const map = target(bound.node);
    if (map.kind !== 'map') return;
    const part = (key: string) =>
      bound.children.find(({ definition }) => definition === memberFolded(bound.definition, key));
    const size = part('size');
    const written = part('base');
    const base = text(written?.node) ?? '';
    const held = size && target(size.node);
    if (held !== undefined && (held.kind !== 'scalar' || !/^-?\d+$|^null$/.test(held.raw))) return;
    const value = Number(held?.kind === 'scalar' ? (held.value ?? 0) : 0);
    if (base === '')
      return written === undefined || text(written.node) === '' ? report(bound.node, 'no-base') : undefined;
    if (cidr(base) !== undefined) return;
    const least = Number(base.split('/')[1]);
    const most = base.includes(':') ? 128 : 32;
    const args = {
      base,
      size: String(value),
      least: String(least),
      most: String(most),
      usable: String(most - 2),
    };
    if (value === 0) report(size?.node ?? bound.node, 'no-size', { args });
    else if (value < least) report(size?.node ?? bound.node, 'short', { args });
    else if (value > most) report(size?.node ?? bound.node, 'long', { args });
  },
});
