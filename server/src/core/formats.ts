// What strings must hold, by the `format` words of the schemas, exactly as the engines read them. Pure: text in, problem id out.
// Where versions of an engine differ, the most generous one counts: a complaint must be true for all of them.
import type { Definition } from './schema/definition.ts';

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
  | 'not-an-unsigned-integer';

type Check = (text: string) => FormatProblem | undefined;

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
  'key-value': keyValue,
  unsigned,
};

/** The formats that are checked; a schema may name others that only document (path, url …). */
export const checkedFormats: readonly string[] = Object.keys(checks);

/** What is wrong with a text at a definition; listed values are right whatever the format says. */
export function formatProblem(definition: Definition | undefined, text: string): FormatProblem | undefined {
  const check = definition?.format === undefined ? undefined : checks[definition.format];
  if (definition === undefined || check === undefined) return undefined;
  if (definition['x-values']?.some(({ value }) => value === text)) return undefined;
  return text === '' && emptyIsUnset(definition) ? undefined : check(text);
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
 * A size as docker/go-units reads it (RAMInBytes and FromHumanSize share parseSize, v0.5.0): a number, at most one blank,
 * then b, or k m g t p alone, with b, or with ib, in any case. Negative sizes are refused.
 */
export function size(text: string): FormatProblem | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?) ?(?:b|[kmgtp](?:i?b)?)?$/i.exec(text);
  return match !== null && Number(match[1]) >= 0 ? undefined : 'not-a-size';
}

/** time.ParseDuration: numbers with units from ns to h, strung together, or a bare 0. */
export function duration(text: string): FormatProblem | undefined {
  const right = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
  return right ? undefined : 'not-a-duration';
}

/** Whole seconds, or what time.ParseDuration takes: builder.history.maxAge of daemon.json. (RUN 28.5.2) */
export function durationOrSeconds(text: string): FormatProblem | undefined {
  return /^[+-]?\d+$/.test(text) ? undefined : duration(text);
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

/** A name, `=` and a value. */
export function keyValue(text: string): FormatProblem | undefined {
  return text.indexOf('=') >= 0 ? undefined : 'not-key-value';
}

/** strconv.ParseUint with base 10 (containers/storage drivers/overlay/overlay.go: inodes). */
export function unsigned(text: string): FormatProblem | undefined {
  return /^\d+$/.test(text) ? undefined : 'not-an-unsigned-integer';
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
