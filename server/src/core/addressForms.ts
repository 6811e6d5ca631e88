// Addresses and networks as Go's net and net/netip read them.
import type { FormatProblem } from './formats.ts';

/** An IPv4 or IPv6 address as net/netip reads it: no leading zeros in IPv4, a zone is allowed after IPv6. */
export function ip(text: string): FormatProblem | undefined {
  return isIpv4(text) || isIpv6(text.replace(/(?<=:.*)%.+$/, '')) ? undefined : 'not-an-ip';
}

/** An address, a slash and the length of the prefix (net.ParseCIDR); bits behind the prefix may be set. */
export function cidr(text: string): FormatProblem | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const most = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
  return rest.length === 0 && /^(?:0|[1-9]\d{0,2})$/.test(length) && Number(length) <= most
    ? undefined
    : 'not-a-cidr';
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const ending = isIpv4(last);
  const plain = ending ? groups.slice(0, -1) : groups;
  if (ending && text.endsWith('::')) return false;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (ending ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

/** The 128 bits of a valid address. */
export function ipv6Bits(address: string): string {
  const plain = address.replace(/[\d.]+$/, (last) => {
    if (!isIpv4(last)) return last;
    const [a = 0, b = 0, c = 0, d = 0] = last.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...new Array<string>(gap).fill('0'), ...right]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}
