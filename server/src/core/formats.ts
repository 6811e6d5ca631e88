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
import { isNameProblem, type NameProblem, nameForms } from './kubernetes/nameForms.ts';
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
  | 'has-backsteps'
  | 'not-a-time'
  | 'not-relative'
  | 'begins-with-dots'
  | NameProblem
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
  | 'empty-name';

/** Problems that rules of their own speak of. */
export type SpokenElsewhere = NameProblem | 'not-a-quantity' | 'not-a-go-bool';

/** Whether another rule than malformed-value speaks of a problem. */
export function isSpokenElsewhere(problem: FormatProblem): problem is SpokenElsewhere {
  return problem === 'not-a-quantity' || problem === 'not-a-go-bool' || isNameProblem(problem);
}

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
  'unix-path': (text) => (text === '' || text.startsWith('/') ? undefined : 'not-absolute'),
  'no-backsteps': withoutBacksteps,
  'relative-path': relativePath,
  'file-in-volume': fileInVolume,
  'rfc3339-time': rfc3339Time,
  ...nameForms,
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
  if (text === '' && definition['x-empty'] === true) return undefined;
  return text === '' && emptyIsUnset(definition) ? undefined : check(text, version);
}

/** What is wrong with a text by the name of a format. */
export function problemIn(format: string, text: string): FormatProblem | undefined {
  return checks[format]?.(text, '');
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

/** No part of a path is `..` (core/validation.go: validatePathNoBacksteps, 1.37). */
export function withoutBacksteps(text: string): FormatProblem | undefined {
  return text.split('/').includes('..') ? 'has-backsteps' : undefined;
}

/** A path that neither begins at the root nor leads out of its folder (core/validation.go: validateLocalDescendingPath, 1.37). */
export function relativePath(text: string): FormatProblem | undefined {
  return text.startsWith('/') ? 'not-relative' : withoutBacksteps(text);
}

/** The same for files that the kubelet writes, which keeps names that begin with `..` for itself (ValidateLocalNonReservedPath, 1.37). */
export function fileInVolume(text: string): FormatProblem | undefined {
  return relativePath(text) ?? (text.startsWith('..') ? 'begins-with-dots' : undefined);
}

/** A time as JSON has it for Go: RFC 3339 (apimachinery pkg/apis/meta/v1/time.go: UnmarshalJSON). */
export function rfc3339Time(text: string): FormatProblem | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/.exec(text);
  const [year, month, day, hour, minute, second, , offset] = (parts ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return 'not-a-time';
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= days;
  const isClock = (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60 && !((offset ?? 0) > 60);
  return isDate && isClock ? undefined : 'not-a-time';
}

/** A name, `=` and a value. */
export function keyValue(text: string): FormatProblem | undefined {
  return text.indexOf('=') >= 0 ? undefined : 'not-key-value';
}

/** strconv.ParseUint with base 10 (containers/storage drivers/overlay/overlay.go: inodes). */
export function unsigned(text: string): FormatProblem | undefined {
  return /^\d+$/.test(text) ? undefined : 'not-an-unsigned-integer';
}

/** What Go's strings.TrimSpace leaves: a byte order mark is no blank to it. */
export function trimSpace(text: string): string {
  return text.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  );
}
