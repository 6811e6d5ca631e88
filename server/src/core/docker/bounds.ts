// Ranges of numbers in daemon.json that are not the same in every version of dockerd.
import { atLeast } from '../schema/versions.ts';

/** The version that looks at the range first, where the key is older. (RUN 20.10.24: mtu -1 is taken) */
const checkedSince: Readonly<Record<string, string>> = {
  'daemon#/mtu': '23.0',
  'daemon#/network-diagnostic-port': '28.0',
};

/** Whether a version of dockerd looks at the range of a key. */
export function looksAtRange(pointer: string, docker: string): boolean {
  return atLeast(docker, checkedSince[pointer] ?? '0');
}

/** The least number that a version takes where it is more than the schema's: 20.10 refuses 0 attempts (RUN 20.10.24). */
export function leastOf(pointer: string, docker: string): number | undefined {
  return pointer === 'daemon#/max-download-attempts' && !atLeast(docker, '23.0') ? 1 : undefined;
}
