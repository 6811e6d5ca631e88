// What strings must hold, by the `format` words of the schemas, exactly as the engines read them. Pure: text in, problem id out.
// Where versions of an engine differ, the most generous one counts: a complaint must be true for all of them.
import type { Definition } from './schema/definition.ts';
import { atLeast } from './schema/versions.ts';

/** What is wrong with a text; the words lie with the rule that reports it. */
export type FormatProblem =
  | 'not-a-quantity'
  | 'not-a-go-bool'
  | 'not-octal'
  | 'not-a-size'
  | 'not-a-duration'
  | 'not-an-ip'
  | 'not-a-cidr'
  | 'not-absolute'
  | 'not-a-dns-label'
  | 'not-a-dns-subdomain'
  | 'not-host-port'
  | 'not-key-value'
  | 'not-an-unsigned-integer'
  | 'not-a-domain'
  | 'not-a-mark'
  | 'not-a-cidr-v6'
  | 'link-local'
  | 'not-an-api-version'
  | 'not-a-resource'
  | 'not-a-user';

/** `version` is that of the engine which reads the text. */
type Check = (text: string, version: string) => FormatProblem | undefined;

const checks: Readonly<Record<string, Check>> = {
  quantity,
  'go-bool': goBool,
  octal,
  size,
  duration,
  'duration-or-seconds': durationOrSeconds,
  ip,
  cidr,
  'absolute-path': absolutePath,
  'dns-label': dnsLabel,
  'dns-subdomain': dnsSubdomain,
  'dns-subdomain-or-empty': (text) => (text === '' ? undefined : dnsSubdomain(text)),
  'host-port': hostPort,
  'metrics-address': metricsAddress,
  'key-value': keyValue,
  unsigned,
  'shm-size': size,
  'docker-ip': dockerIp,
  'dns-address': dnsAddress,
  'dns-search': dnsSearch,
  fwmark,
  'cidr-v6': cidrV6,
  'api-version': apiVersion,
  'generic-resource': genericResource,
  'userns-remap': remappedUser,
  'netip-or-empty': netipOrEmpty,
};

/** The formats that are checked; a schema may name others that only document (path, url …). */
export const checkedFormats: readonly string[] = Object.keys(checks);

/** What is wrong with a text at a definition for an engine's version (none: its oldest); listed values are right whatever the format says. */
export function formatProblem(
  definition: Definition | undefined,
  text: string,
  version = '',
): FormatProblem | undefined {
  const check = definition?.format === undefined ? undefined : checks[definition.format];
  if (definition === undefined || check === undefined) return undefined;
  if (definition['x-values']?.some(({ value }) => value === text)) return undefined;
  return text === '' && emptyIsUnset(definition) ? undefined : check(text, version);
}

/**
 * In both configuration files an empty string is a setting that was not made (mergo fills it from the default, docker
 * 29.7.2 config.go:497; storage/pkg/config/config.go forwards what is not empty), but in a list, and where Docker reads a size.
 */
function emptyIsUnset({ pointer, name }: Definition): boolean {
  if (pointer.startsWith('k8s#') || name === '[]') return false;
  return pointer !== 'daemon#/default-shm-size';
}

/**
 * A Kubernetes quantity: an optional sign, decimal digits with at most one point, then a suffix of n u m k M G T P E,
 * Ki to Ei, or a decimal exponent. Blanks around it are cut off before. (apimachinery pkg/api/resource/quantity.go:
 * parseQuantityString, UnmarshalJSON; suffix.go: interpret.)
 */
export function quantity(text: string): FormatProblem | undefined {
  const value = text.trim();
  if (value === '') return 'not-a-quantity';
  const match = /^[+-]?\d*(?:\.\d*)?(.*)$/s.exec(value);
  return /^(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(match?.[1] ?? '-') ? undefined : 'not-a-quantity';
}

/** strconv.ParseBool: the storage drivers of containers/storage read their switches with it. */
export function goBool(text: string): FormatProblem | undefined {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text) ? undefined : 'not-a-go-bool';
}

/** strconv.ParseInt with base 8, which takes a sign and no prefix (containers/storage drivers/overlay/overlay.go: force_mask). */
export function octal(text: string): FormatProblem | undefined {
  return /^[+-]?[0-7]+$/.test(text) ? undefined : 'not-octal';
}

/**
 * A size as docker/go-units reads it (RAMInBytes and FromHumanSize share parseSize, v0.5.0): a number as Go writes them
 * (strconv.ParseFloat: `_` between digits, hexadecimal with an exponent), at most one blank, then b, or k m g t p alone, with
 * b, or with ib, in any case. Negative sizes are refused. (RUN 28.5.2)
 */
export function size(text: string): FormatProblem | undefined {
  const [, sign, decimal, hexadecimal] = goSize.exec(text) ?? [];
  if (decimal === undefined && hexadecimal === undefined) return 'not-a-size';
  const value = decimal === undefined ? 1 : Number(decimal.replaceAll('_', ''));
  return Number.isFinite(value) && (sign !== '-' || value === 0) ? undefined : 'not-a-size';
}

const digits = '\\d+(?:_\\d+)*';
const goSize = new RegExp(
  `^([+-]?)(?:((?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?)|(0x_?[\\da-f]+(?:_[\\da-f]+)*(?:\\.[\\da-f]*)?p[+-]?${digits})) ?(?:b|[kmgtp](?:i?b)?)?$`,
  'i',
);

/** time.ParseDuration: numbers with units from ns to h, strung together, or a bare 0; at most 64 bits of nanoseconds. */
export function duration(text: string): FormatProblem | undefined {
  const [, sign = '', parts = ''] =
    /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (parts === '') return 'not-a-duration';
  const sum = [...parts.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)].reduce(
    (all, [, whole = '', part = '', unit = '']) => all + nanoseconds(whole, part, unitsOfTime[unit] ?? 0n),
    0n,
  );
  return sum < 2n ** 63n || (sign === '-' && sum === 2n ** 63n) ? undefined : 'not-a-duration';
}

const unitsOfTime: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 10n ** 6n,
  s: 10n ** 9n,
  m: 60n * 10n ** 9n,
  h: 3600n * 10n ** 9n,
};

function nanoseconds(whole: string, part: string, unit: bigint): bigint {
  return BigInt(whole || '0') * unit + (BigInt(part || '0') * unit) / 10n ** BigInt(part.length);
}

/** Whole seconds of 64 bits, or what time.ParseDuration takes: builder.history.maxAge of daemon.json. (RUN 28.5.2) */
export function durationOrSeconds(text: string): FormatProblem | undefined {
  if (!/^[+-]?\d+$/.test(text)) return duration(text);
  return isInt64(BigInt(text.replace('+', ''))) ? undefined : 'not-a-duration';
}

/** Whether Go's int64 holds it. */
export function isInt64(value: bigint): boolean {
  return value === BigInt.asIntN(64, value);
}

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

/** A path from the root; a Windows path with its drive counts too. */
export function absolutePath(text: string): FormatProblem | undefined {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(text) ? undefined : 'not-absolute';
}

/** At most 63 of a-z, 0-9 and `-`, with a letter or digit at both ends (apimachinery util/validation: IsDNS1123Label). */
export function dnsLabel(text: string): FormatProblem | undefined {
  return text.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text) ? undefined : 'not-a-dns-label';
}

/** DNS labels joined by points, at most 253 characters in all; the parts may be longer than 63 (IsDNS1123Subdomain). */
export function dnsSubdomain(text: string): FormatProblem | undefined {
  const part = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
  return text.length <= 253 && new RegExp(`^${part}(?:\\.${part})*$`).test(text)
    ? undefined
    : 'not-a-dns-subdomain';
}

/** `host:port`, the host possibly empty or a bracketed IPv6 address (net.SplitHostPort); a port may be a service's name. */
export function hostPort(text: string): FormatProblem | undefined {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text) ? undefined : 'not-host-port';
}

/** Where metrics are served: dockerd looks the host up, so it may not be empty, and a port is a number. (RUN 20.10.24 and 28.5.2) */
export function metricsAddress(text: string): FormatProblem | undefined {
  const [, host = '', port = ''] = /^(\[[^[\]]*\]|[^:[\]]*):(\d+)$/.exec(text) ?? [];
  return host !== '' && Number(port) <= 65535 ? undefined : 'not-host-port';
}

/** A name, `=` and a value. */
export function keyValue(text: string): FormatProblem | undefined {
  return text.indexOf('=') >= 0 ? undefined : 'not-key-value';
}

/** strconv.ParseUint with base 10 (containers/storage drivers/overlay/overlay.go: inodes). */
export function unsigned(text: string): FormatProblem | undefined {
  return /^\d+$/.test(text) ? undefined : 'not-an-unsigned-integer';
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

/** The 128 bits of a valid address. */
function ipv6Bits(address: string): string {
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
  return parts.length <= 2 && parts.every((part) => part !== '') ? undefined : 'not-a-user';
}

/** An address of `host-gateway-ips`: net/netip's form, zones included; an empty one counts as none. */
export function netipOrEmpty(text: string): FormatProblem | undefined {
  return text === '' ? undefined : ip(text);
}

/** What Go's strings.TrimSpace leaves: a byte order mark is no blank to it. */
export function trimSpace(text: string): string {
  return text.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  );
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(text: string): boolean {
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
