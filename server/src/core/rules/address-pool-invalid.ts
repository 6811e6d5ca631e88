// A pool of addresses that no network can be cut from.
import { poolAround, poolMember, rangeOf } from '../docker/addressPools.ts';
import { defineRule, removalFix } from '../rule.ts';
import { typeMatches } from '../schema/types.ts';
import { get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'address-pool-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `default-address-pools` cannot be cut into networks, or adds nothing.',
    why: '`size` is the length of the prefix of each network that is cut from `base`, not a number of addresses. A size that is missing, 0 or smaller than the prefix of `base` keeps the daemon from starting; one that is longer than an address leaves every network without addresses. `dockerd --validate` does not look at sizes. A pool that lies within another is silently ignored.',
    instead: 'Write a size between the prefix of `base` and 30, such as 24 for networks of 256 addresses.',
    says: [
      'network at index 0 is not in canonical form',
      'has a smaller prefix than the target size of that pool',
      'invalid pools size: 0',
      'all predefined address pools have been fully subnetted',
    ],
    source: [
      'daemon/libnetwork/ipams/defaultipam/allocator.go:94-99, address_space.go:34-56 (29.7); run on 20.10.24 and 28.5.2',
    ],
  },
  messages: {
    'no-size':
      'The pool has no `size`: the daemon fails to start. Add the prefix length of each network, such as 24.',
    'no-base': 'The pool has no `base`: the daemon fails to start. Add the range in CIDR form.',
    zero: 'A size of 0 keeps the daemon from starting. Write the prefix length of each network, such as 24.',
    small:
      'The size {size} is smaller than the prefix of {base}: the daemon fails to start. Write {least} or more.',
    large:
      'The size {size} is longer than an address, which has {most} bits: no network gets addresses. Write at most {most}.',
    inside: 'All addresses of this pool belong to {base} already: it adds nothing. Remove one of them.',
    'no-ipv4':
      'No pool has IPv4 addresses, which the default bridge needs: the daemon fails to start. Add one, or set bridge to none.',
    related: 'The pool that it lies in',
    'fix-remove': 'Remove this pool',
  },
  at: ['daemon#/default-address-pools', 'daemon#/default-address-pools/[]'],
  check({ bound, root, report }) {
    if (bound.entry !== undefined) {
      const own = ['bridge', 'bip', 'fixed-cidr'].some((key) => get(root.node, key) !== undefined);
      const ranges = bound.children.map(rangeOf);
      if (ranges.length > 0 && !own && ranges.every((range) => range?.most === 128))
        report(bound.entry.key, 'no-ipv4');
      return;
    }
    const map = target(bound.node);
    if (map.kind !== 'map' || bound.children.some((one) => !typeMatches(one.node, one.definition, 'daemon')))
      return;
    const base = text(poolMember(bound, 'base')?.node);
    const sizeNode = poolMember(bound, 'size')?.node;
    const size = sizeNode && target(sizeNode);
    const range = rangeOf(bound);
    if (!base) report(map, 'no-base');
    else if (size?.kind !== 'scalar' || size.value === null) report(map, 'no-size');
    else if (typeof size.value === 'number') {
      const { length = 0, most = 128 } = range ?? {};
      const args = { size: String(size.value), base, least: String(length), most: String(most) };
      const id =
        size.value === 0 ? 'zero' : size.value < length ? 'small' : size.value > most ? 'large' : undefined;
      if (id !== undefined) report(size, id, { args });
    }
    const outer = poolAround(bound);
    if (outer === undefined) return;
    report(map, 'inside', {
      level: 'info',
      effect: 'ignored',
      args: { base: text(poolMember(outer, 'base')?.node) ?? '' },
      related: [{ span: outer.node.span, message: 'related' }],
      fixes: removalFix(bound, 'fix-remove', 'suggestion'),
    });
  },
});
