// What strings must hold, by the `format` words of the schemas, exactly as the engines read them. Pure: text in, problem id out.
// Where versions of an engine differ, the most generous one counts: a complaint must be true for all of them.
import { cidr, ip } from './addressForms.ts';
import {
  apiVersion,
  bridgeAddress,
  cidrV6,
  dnsAddress,
  dnsSearch,
  dockerIp,
  fwmark,
  genericResource,
  isInt64,
  metricsAddress,
  netipOrEmpty,
  nonEmpty,
  remappedUser,
} from './docker/formats.ts';
import type { Definition } from './schema/definition.ts';
import { atLeast } from './schema/versions.ts';
import { imageStore, layerStore } from './storage/formats.ts';

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
  | 'not-a-user'
  | 'not-a-host'
  | 'empty-name'
  | 'not-an-id-map'
  | 'not-a-layer-store';

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
  'image-store': imageStore,
  'layer-store': layerStore,
  'dns-label': dnsLabel,
  'dns-subdomain': dnsSubdomain,
  'dns-subdomain-or-empty': (text) => (text === '' ? undefined : dnsSubdomain(text)),
  'metrics-address': metricsAddress,
  'bridge-address': bridgeAddress,
  'non-empty': nonEmpty,
  'key-value': keyValue,
  unsigned,
  'shm-size': shmSize,
  'docker-ip': dockerIp,
  'dns-address': dnsAddress,
  'dns-search': dnsSearch,
  fwmark,
  'cidr-v6': cidrV6,
  'api-version': apiVersion,
  'generic-resource': genericResource,
  'userns-remap': remappedUser,
  'netip-or-empty': netipOrEmpty,
  'id-map': idMap,
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

/** Triples of numbers below 2^32, all separated by colons (storage/pkg/idtools/parser.go ParseIDMap, 1.43; RUN Podman 4.3.1). */
function idMap(text: string): FormatProblem | undefined {
  const numbers = text.split(':');
  const fine = numbers.every((one) => /^\d+$/.test(one) && BigInt(one) < 2n ** 32n);
  return fine && numbers.length % 3 === 0 ? undefined : 'not-an-id-map';
}

/** strconv.ParseBool: the storage drivers of containers/storage read their switches with it. */
export function goBool(text: string): FormatProblem | undefined {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text) ? undefined : 'not-a-go-bool';
}

/**
 * strconv.ParseInt with base 8 and 32 bits, which takes a sign and no prefix (containers/storage drivers/overlay/overlay.go:
 * force_mask; run on 1.62 and 1.64).
 */
export function octal(text: string): FormatProblem | undefined {
  const [, sign, digits] = text.match(/^([+-]?)([0-7]+)$/) ?? [];
  if (digits === undefined) return 'not-octal';
  const most = sign === '-' ? 2n ** 31n : 2n ** 31n - 1n;
  return BigInt(`0o${digits}`) <= most ? undefined : 'not-octal';
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

/** A size; before 23.0 only plain digits with points, and an `i` without its `b` was taken (go-units 0.4; RUN 20.10.24). */
export function shmSize(text: string, version: string): FormatProblem | undefined {
  if (atLeast(version, '23.0')) return size(text);
  return /^\d+(?:\.\d+)* ?[kmgtp]?i?b?$/i.test(text) ? undefined : 'not-a-size';
}

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

/** A name, `=` and a value. */
export function keyValue(text: string): FormatProblem | undefined {
  return text.indexOf('=') >= 0 ? undefined : 'not-key-value';
}

/** strconv.ParseUint with base 10 and 64 bits (containers/storage drivers/overlay/overlay.go: inodes; run on 1.62 and 1.64). */
export function unsigned(text: string): FormatProblem | undefined {
  return /^\d+$/.test(text) && BigInt(text) < 2n ** 64n ? undefined : 'not-an-unsigned-integer';
}

/** What Go's strings.TrimSpace leaves: a byte order mark is no blank to it. */
export function trimSpace(text: string): string {
  return text.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  );
}
