// Engine versions: which are known, and how they compare.
import type { Family, Versions } from '../finding.ts';

/** The newest versions whose rules are known here: what a file is judged for when nothing says otherwise. */
export const newest: Versions = {
  docker: '29.7',
  containersStorage: '1.65',
  kubernetes: '1.37',
  platform: 'linux',
};

/** Which version a family is judged by. */
export const versionOf: Readonly<Record<Family, Exclude<keyof Versions, 'platform'>>> = {
  daemon: 'docker',
  storage: 'containersStorage',
  k8s: 'kubernetes',
};

/** The versions that a user may choose from, the oldest first: those whose differences the schemas know. */
export const knownVersions: Readonly<Record<Family, readonly string[]>> = {
  daemon: [
    ...['20.10', '23.0', '24.0', '25.0', '26.0', '26.1'],
    ...minors(27, 0, 5),
    ...minors(28, 0, 5),
    ...minors(29, 0, 7),
  ],
  storage: minors(1, 43, 65),
  k8s: minors(1, 20, 37),
};

function minors(major: number, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${major}.${from + index}`);
}

/**
 * The Podman that has a version of containers/storage in it, as the go.mod of its last release says. None has 1.63 and later yet;
 * Debian builds Podman 5.8 with 1.64.
 */
const podmans: Readonly<Record<string, string>> = {
  '1.43': '4.3',
  '1.45': '4.4',
  '1.46': '4.5',
  '1.48': '4.6',
  '1.50': '4.7',
  '1.51': '4.8, 4.9',
  '1.53': '5.0',
  '1.54': '5.1',
  '1.55': '5.2',
  '1.56': '5.3',
  '1.57': '5.4',
  '1.58': '5.5',
  '1.59': '5.6',
  '1.61': '5.7',
  '1.62': '5.8',
  '1.64': '5.8 (Debian)',
};

/** The programs by which users know a version of a family's engine better than by its own number: `Podman 5.8`. */
export function knownIn(family: Family): Readonly<Record<string, string>> {
  if (family !== 'storage') return {};
  return Object.fromEntries(
    Object.entries(podmans).map(([version, podman]) => [version, `Podman ${podman}`]),
  );
}

/** What the engine of each family is called. */
export const engineNames: Readonly<Record<Family, string>> = {
  daemon: 'Docker',
  storage: 'containers/storage',
  k8s: 'Kubernetes',
};

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; missing parts count as 0, a leading `v` and suffixes are passed over. */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` is `bound` or newer. */
export function atLeast(version: string, bound: string): boolean {
  return compareVersions(version, bound) >= 0;
}

/** Every key of a file asks; the versions that schemas and settings name are few. */
const read = new Map<string, readonly number[]>();

function parts(version: string): readonly number[] {
  const known = read.get(version);
  if (known !== undefined) return known;
  const numbers = (version.match(/\d+(\.\d+)*/)?.[0] ?? '').split('.').map(Number);
  read.set(version, numbers);
  return numbers;
}
