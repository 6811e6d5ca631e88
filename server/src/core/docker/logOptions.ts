// What dockerd's log drivers make of `log-opts`, and when they look at them.
// Source: daemon/logger/factory.go:134-152 and each driver (moby 29.7); RUN 20.10.24 and 28.5.2.
import type { Versions } from '../finding.ts';
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { allowedValues } from '../schema/describe.ts';
import { definitionAt } from '../schema/load.ts';
import { atLeast } from '../schema/versions.ts';
import { type Entry, entry, get, type Node, target, text } from '../syntax/tree.ts';

/** The log driver that a daemon.json chooses; an empty name is the default. */
export function logDriver(root: Node): string {
  return text(get(root, 'log-driver')) || 'json-file';
}

/** The options of a built-in driver that this version on this system has; undefined of plugins and of drivers that went. */
export function logOptionsOf(driver: string, versions: Versions): Definition | undefined {
  const cases = definitionAt('daemon#/log-opts')?.['x-variants']?.cases ?? {};
  const there = allowedValues(definitionAt('daemon#/log-driver'), versions.docker, versions.platform);
  return there.some(({ value }) => value === driver) && Object.hasOwn(cases, driver)
    ? cases[driver]
    : undefined;
}

/** Drivers that take options of any name: the first is never checked, the second has no check, the third's lets all pass. */
const takesAll: readonly string[] = ['none', 'etwlogs', 'logentries'];

export function takesAnyName(driver: string): boolean {
  return takesAll.includes(driver);
}

/** Drivers that look at values only when a container starts; the others do it when the daemon starts. */
const readLate: readonly string[] = ['json-file', 'local', 'journald', 'gcplogs', 'splunk', 'logentries'];

/** Whether a bad value stops the daemon, and not just containers: what all drivers share is read first. */
export function stopsDaemon(driver: string, name: string): boolean {
  return ['mode', 'max-buffer-size', 'cache-disabled'].includes(name) || !readLate.includes(driver);
}

/** Drivers that take an empty string for a value, where others take it for none. RUN 28.5.2. */
export function readsEmpty(driver: string): boolean {
  return ['json-file', 'local', 'gelf', 'splunk'].includes(driver);
}

/** An option with a text as its value. */
export interface LogOption {
  readonly name: string;
  readonly value: string;
  readonly entry: Entry;
  readonly bound: Bound;
}

/** The options of a bound `log-opts`, the last where a name is written twice. */
export function logOptions({ node, children }: Bound): ReadonlyMap<string, LogOption> {
  return new Map(
    children.flatMap((bound) => {
      const value = text(bound.node);
      const { entry: own } = bound;
      if (value === undefined || own === undefined || entry(node, String(own.key.value)) !== own) return [];
      const name = String(own.key.value);
      return [[name, { name, value, entry: own, bound }] as const];
    }),
  );
}

/** Whether `log-opts` holds anything: dockerd checks driver and options at its start only then. */
export function hasLogOptions(root: Node): boolean {
  const options = get(root, 'log-opts');
  return options?.kind === 'map' && options.entries.length > 0;
}

/** Whether an address is one that its driver refuses. In doubt, and of other options, false. */
export function isBadAddress(name: string, value: string, docker: string): boolean {
  const port = value.match(/^(?:[a-z+]+:\/\/)?(?:[^/?#[\]]*|\[[^\]]*\]):([^/?#:]*)/i)?.[1] ?? '';
  switch (name) {
    case 'gelf-address':
      return !/^(?:udp|tcp):\/\/(?:[^/?#[\]:]*|\[[^\]]*\]):\d*(?:[/?#].*)?$/i.test(value);
    case 'syslog-address':
      return (
        !/^(?:udp|tcp|tcp\+tls|unix|unixgram):/i.test(value) ||
        (/^(?:udp|tcp)/i.test(value) && value.includes('://') && !/^\d*$/.test(port))
      );
    case 'splunk-url':
      return !/^https?:\/\/[^/?#]+\/?$/i.test(value);
    case 'fluentd-address': {
      const scheme = value.match(/^([a-z][a-z\d+.-]*):\/\//i)?.[1]?.toLowerCase() ?? 'tcp';
      const strict = atLeast(docker, '28.0');
      const known = strict ? ['tcp', 'tls', 'unix'] : ['tcp', 'tls', 'unix', 'udp', 'unixgram', 'tcp+tls'];
      if (!known.includes(scheme)) return true;
      if (scheme.startsWith('unix')) return strict && /^unix:\/\/$/i.test(value);
      const path = strict && /^(?:[a-z]+:\/\/)?[^/]+\/./i.test(value);
      return path || !/^\d*$/.test(port) || (strict && Number(port) > 65535);
    }
    default:
      return false;
  }
}

/** Milliseconds of a duration as Go writes it, of positive whole parts. */
export function milliseconds(value: string): number | undefined {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (value !== '0' && (parts.length === 0 || parts.map(([all]) => all).join('') !== value)) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** The texts of a map but for those of some names, to be written anew; undefined where something else than texts is in it. */
export function textsBut(
  node: Node | undefined,
  gone: (name: string) => boolean,
): Record<string, string> | undefined {
  const map = node && target(node);
  if (map?.kind !== 'map') return undefined;
  const kept = map.entries.filter(({ key }) => !gone(String(key.value)));
  const pairs = kept.map(({ key, value }) => [String(key.value), text(value)] as const);
  return pairs.every((pair): pair is readonly [string, string] => pair[1] !== undefined)
    ? Object.fromEntries(pairs)
    : undefined;
}
