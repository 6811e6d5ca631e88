// What is wrong with the values of `log-opts`. Pure: a bound map in, problems out; the words lie with the rule.
import type { Versions } from '../finding.ts';
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import type { Node } from '../syntax/tree.ts';
import { booleanMeant, valueProblem } from './driverOptions.ts';
import {
  isBadAddress,
  logDriver,
  logOptions,
  logOptionsOf,
  milliseconds,
  readsEmpty,
  stopsDaemon,
} from './logOptions.ts';

export interface LogValueProblem {
  /** `least`: a number that has no upper bound; `interval`: a duration outside of what is allowed. */
  readonly what: 'size' | 'boolean' | 'duration' | 'interval' | 'range' | 'least' | 'listed' | 'address';
  /** It shows when a container starts, not when the daemon does. */
  readonly late: boolean;
  readonly node: Node;
  readonly args: Readonly<Record<string, string>>;
  readonly near: string | undefined;
}

export function logValueProblems(bound: Bound, root: Bound, versions: Versions): LogValueProblem[] {
  const driver = logDriver(root.node);
  if (driver === 'none' || logOptionsOf(driver, versions) === undefined) return [];
  return [...logOptions(bound).values()].flatMap(({ name, value, bound: { definition, node } }) => {
    // A variable is filled in before dockerd sees it.
    if (definition === undefined || /\$|\{\{/.test(value) || !isTaken(definition, versions.docker)) return [];
    const what = problemOf(name, value, definition, driver, versions.docker);
    if (what === undefined) return [];
    const known = (definition['x-values'] ?? []).map((one) => String(one.value));
    return {
      what,
      late: !stopsDaemon(driver, name),
      node,
      args: {
        value: value || '""',
        name,
        driver,
        known: known.map((one) => `\`${one}\``).join(', '),
        least: String(definition.minimum ?? 0),
        most: String(definition.maximum ?? ''),
        example: `\`${String(definition.examples?.[0] ?? definition.default)}\``,
      },
      near: what === 'boolean' ? booleanMeant(value) : what === 'listed' ? nearest(value, known) : undefined,
    };
  });
}

/** Of an option that the version does not know the name is the news; one without effect is parsed all the same. */
export function isTaken({ 'x-since': since, 'x-removed': removed }: Definition, docker: string): boolean {
  return atLeast(docker, since ?? '0') && (removed === undefined || !atLeast(docker, removed));
}

function problemOf(
  name: string,
  value: string,
  definition: Definition,
  driver: string,
  docker: string,
): LogValueProblem['what'] | undefined {
  // The buffer's size has no default that an empty text would stand for.
  if (value === '' && name !== 'max-buffer-size') {
    const read = readsEmpty(driver) && definition.format !== 'url' && name !== 'mode';
    if (!read || name.startsWith('cache-')) return undefined;
  }
  if (definition.format === 'url' && value !== '')
    return isBadAddress(name, value, docker) ? 'address' : undefined;
  if (name === 'syslog-facility' && /^\d+$/.test(value) && Number(value) <= 23) return undefined;
  const problem = valueProblem(definition, value);
  if (problem === 'unsigned') return 'least';
  if (problem === 'number') return definition.maximum === undefined ? 'least' : 'range';
  if (problem !== undefined || definition.format !== 'duration') return problem;
  if (name === 'fluentd-async-reconnect-interval') {
    const time = milliseconds(value);
    return time !== undefined && time !== 0 && (time < 100 || time > 10_000) ? 'interval' : undefined;
  }
  return /timeout$/.test(name) && /^-.*[1-9]/.test(value) ? 'duration' : undefined;
}
