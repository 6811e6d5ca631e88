// What texts of daemon.json must hold, where only dockerd reads them so.
import { cidr, ip, ipv6Bits, isIpv4, isIpv6 } from '../addressForms.ts';
import type { FormatProblem } from '../formats.ts';
import { atLeast } from '../schema/versions.ts';

/** Where metrics are served: dockerd looks the host up, so it may not be empty, and a port is a number. (RUN 20.10.24 and 28.5.2) */
export function metricsAddress(text: string): FormatProblem | undefined {
  const colon = text.lastIndexOf(':');
  const port = text.slice(colon + 1);
  const right = hostPort(text) === undefined && colon > 0 && /^\d+$/.test(port) && Number(port) <= 65535;
  return right ? undefined : 'not-host-port';
}

/** `host:port`, the host possibly empty or a bracketed IPv6 address (net.SplitHostPort); a port may be a service's name. */
export function hostPort(text: string): FormatProblem | undefined {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text) ? undefined : 'not-host-port';
}

/** The default bridge's own address: of IPv4, and not the first or last of its network, which nothing can have. (RUN 28.5.2) */
export function bridgeAddress(text: string): FormatProblem | undefined {
  const [address = '', length = ''] = text.split('/');
  if (cidr(text) !== undefined || !isIpv4(address)) return 'not-a-cidr';
  const host = 32 - Number(length);
  const value = address.split('.').reduce((all, part) => all * 256 + Number(part), 0) % 2 ** host;
  return host >= 2 && (value === 0 || value === 2 ** host - 1) ? 'not-a-host' : undefined;
}

/** Any text but an empty one. */
export function nonEmpty(text: string): FormatProblem | undefined {
  return text === '' ? 'empty-name' : undefined;
}

/** An address as dockerd keeps it: without a zone up to 28 (net.IP), with one from 29.0 on (netip.Addr). (RUN 28.5.2) */
export function dockerIp(text: string, version: string): FormatProblem | undefined {
  return text.includes('%') && !atLeast(version, '29.0') ? 'not-an-ip' : ip(text);
}

/** An entry of `dns`: up to 24 blanks around it are cut off and it may not be empty (opts.ValidateIPAddress). */
export function dnsAddress(text: string, version: string): FormatProblem | undefined {
  if (!atLeast(version, '25.0')) return dockerIp(text.trim(), version);
  return text === '' ? undefined : dockerIp(text, version);
}

/** A search domain with a letter in it, or a single point; odd colons are taken too (daemon/pkg/opts/opts.go:311, 29.7; RUN 28.5.2). */
export function dnsSearch(text: string): FormatProblem | undefined {
  const [domain = ''] = /[^ ].*[^ ]|[^ ]/s.exec(text) ?? [];
  const [, name = ''] = searchDomain.exec(domain) ?? [];
  const right = name !== '' && name.length < 255 && /[a-z]/i.test(domain);
  return domain === '.' || right ? undefined : 'not-a-domain';
}

const searchLabel = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';

const searchDomain = new RegExp(
  `^(:{0,2}${searchLabel}(?::?\\.:?${searchLabel})*)\\.?[\\t\\n\\f\\r ]*$`,
  'i',
);

/** A firewall mark and perhaps a mask, each 32 bits, with Go's prefixes for other bases (config_linux.go:312, 29.7). */
export function fwmark(text: string): FormatProblem | undefined {
  const parts = text.split('/');
  const right = (part: string) =>
    /^(?:0x[\da-f]+|0b[01]+|0o?[0-7]+|0|[1-9]\d*)$/i.test(part) && markValue(part) < 2 ** 32;
  return parts.length <= 2 && parts.every(right) ? undefined : 'not-a-mark';
}

function markValue(part: string): number {
  return Number(/^0\d/.test(part) ? `0o${part.slice(1)}` : part);
}

/** An IPv6 network that is not multicast and shares nothing with fe80::/64 unless it is that (bridge_linux.go:256, 29.7; RUN 28.5.2). */
export function cidrV6(text: string): FormatProblem | undefined {
  const [address = '', length = ''] = text.split('/');
  if (cidr(text) !== undefined || !isIpv6(address)) return 'not-a-cidr-v6';
  const bits = Number(length);
  const value = ipv6Bits(address);
  if (value.startsWith('11111111') || value.startsWith(`${'0'.repeat(80)}${'1'.repeat(16)}`))
    return 'not-a-cidr-v6';
  const local = ipv6Bits('fe80::');
  const common = Math.min(bits, 64);
  const clashes = value.slice(0, common) === local.slice(0, common);
  return clashes && !(bits === 64) ? 'link-local' : undefined;
}

/** `1.24` or newer, without a `v` (daemon/server/middleware/version.go, 29.7). */
export function apiVersion(text: string): FormatProblem | undefined {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  return major === '1' && Number(minor) >= 24 ? undefined : 'not-an-api-version';
}

/** `NAME=value` with one `=`; a whole number is a count and may not be negative (swarmkit api/genericresource/parse.go; RUN 28.5.2). */
export function genericResource(text: string): FormatProblem | undefined {
  const [, value, more] = text.split('=');
  if (value === undefined || more !== undefined) return 'not-a-resource';
  const count = /^[+-]?\d+$/.test(value.trim()) ? BigInt(value.trim().replace('+', '')) : 0n;
  return count < 0n && isInt64(count) ? 'not-a-resource' : undefined;
}

/** `user[:group]`, each a name or a number; whether they exist only the host knows (daemon/config/config_linux.go; RUN 28.5.2). */
export function remappedUser(text: string): FormatProblem | undefined {
  const parts = text.split(':');
  // A host that makes the default user just then looks no group up.
  if (parts[0] === 'default' && parts.length === 2) return undefined;
  return parts.length <= 2 && parts.every((part) => part !== '') ? undefined : 'not-a-user';
}

/** An address of `host-gateway-ips`: net/netip's form, zones included; an empty one counts as none. */
export function netipOrEmpty(text: string): FormatProblem | undefined {
  return text === '' ? undefined : ip(text);
}

/** Whether Go's int64 holds it. */
export function isInt64(value: bigint): boolean {
  return value === BigInt.asIntN(64, value);
}
