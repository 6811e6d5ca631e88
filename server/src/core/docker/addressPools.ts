// The pools that new networks are cut from: their ranges as bits. Pure.
import { cidr } from '../addressForms.ts';
import type { Bound } from '../schema/bind.ts';
import { text } from '../syntax/tree.ts';

export interface Network {
  /** The bits of the prefix, as 0 and 1. */
  readonly bits: string;
  readonly length: number;
  /** 32 or 128. */
  readonly most: number;
}

/** The network that a text names, its bits behind the prefix cut off; undefined where it is none. */
function network(value: string): Network | undefined {
  const [address = '', prefix = ''] = value.split('/');
  if (cidr(value) !== undefined) return undefined;
  const length = Number(prefix);
  const all = address.includes(':') ? bitsOfIpv6(address) : bitsOfIpv4(address);
  return { bits: all.slice(0, length), length, most: all.length };
}

/** Whether all addresses of one lie in the other. */
function liesIn(inner: Network, outer: Network): boolean {
  return inner.most === outer.most && inner.bits.startsWith(outer.bits);
}

/** A member of a pool, whatever the case of its name. */
export function poolMember({ children, pointer }: Bound, name: 'base' | 'size'): Bound | undefined {
  return children.findLast((one) => one.pointer === `${pointer}/${name}`);
}

/** The range of a pool. */
export function rangeOf(pool: Bound): Network | undefined {
  const base = text(poolMember(pool, 'base')?.node);
  return base === undefined ? undefined : network(base);
}

/** The pool beside this one that all its addresses lie in; of two equal ones the first. */
export function poolAround(pool: Bound): Bound | undefined {
  const own = rangeOf(pool);
  return pool.parent?.children.find((one) => {
    const other = rangeOf(one);
    if (one === pool || own === undefined || other === undefined || !liesIn(own, other)) return false;
    return own.length > other.length || Number(one.path.at(-1)) < Number(pool.path.at(-1));
  });
}

function bitsOfIpv4(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function bitsOfIpv6(address: string): string {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((part) => part.toString(16)).join(':'),
  );
  const [left = '', right] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const end = right === undefined ? [] : groups(right);
  const zeros = Array.from({ length: 8 - groups(left).length - end.length }, () => '0');
  return [...groups(left), ...zeros, ...end]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
