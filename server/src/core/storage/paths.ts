// What containers/storage makes of the paths in storage.conf: which must begin at the root, and when two are the same.
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { namedDriver } from './drivers.ts';

/** Where root's store lies when nothing says otherwise (types/options_linux.go). */
export const defaultRoots = {
  runroot: '/run/containers/storage',
  graphroot: '/var/lib/containers/storage',
} as const;

/**
 * Whether a path that does not begin at the root is refused. The library itself makes runroot and graphroot absolute, but
 * Podman before 4.5 stopped at such a graphroot; overlay wants its stores absolute, and imagestore since there is one, vfs only
 * up to 1.52. (run on Podman 4.3.1 and 5.8.6, and on every version from 1.43 to 1.65)
 */
export function mustBeAbsolute({ pointer }: Bound, root: Bound, version: string): boolean {
  const driver = namedDriver(root);
  switch (pointer) {
    case 'storage#/storage/graphroot':
      return !atLeast(version, '1.46');
    case 'storage#/storage/imagestore':
      if (!atLeast(version, '1.47')) return false;
      return driver === 'overlay' || (driver === 'vfs' && !atLeast(version, '1.53'));
    case 'storage#/storage/options/additionalimagestores/[]':
    case 'storage#/storage/options/additionallayerstores/[]':
      return driver === 'overlay';
    default:
      return false;
  }
}

/** What Go's filepath.Clean makes of an absolute path: no doubled or last slash, no `.` or `..`. */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') kept.pop();
    else if (step !== '' && step !== '.') kept.push(step);
  }
  return `/${kept.join('/')}`;
}
