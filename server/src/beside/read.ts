// What lies around a daemon.json: the version it is written for, and the flags that its dockerd is started with. Reads the file
// system, a few small files each time, so that nothing old is ever held; gives values, which the core takes. Never throws.
import { basename } from 'node:path';
import type { Beside } from '../core/finding.ts';
import { nearestDockerVersion, readDockerVersion } from './dockerVersion.ts';
import { textOf } from './files.ts';
import { type Shown, serviceOf } from './service.ts';

export interface Surroundings {
  /** Folders above which no version is looked for: those of the workspace. */
  readonly stops?: readonly string[];
  /** How a path is shown in messages; as it is by default. */
  readonly shown?: Shown;
  /** Called with the path of a `.docker-version` that says something else. */
  readonly passedOver?: (path: string) => void;
}

/** Whether a file may be a daemon.json, as recognise() has it: only then is something looked for beside it. */
export function mayHaveBeside(path: string): boolean {
  return /daemon[^/\\]*\.json$/i.test(basename(path));
}

/** What the files around `path`, which is absolute, say. */
export function readBeside(
  path: string,
  { stops = [], shown = (one) => one, passedOver }: Surroundings = {},
): Beside {
  const source = nearestDockerVersion(path, stops);
  const versions = source === undefined ? undefined : readDockerVersion(textOf(source) ?? '');
  if (source !== undefined && versions === undefined) passedOver?.(source);
  return { ...(versions && { versions }), ...serviceOf(path, shown) };
}
