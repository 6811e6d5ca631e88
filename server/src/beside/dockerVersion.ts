// `.docker-version`: one line that says which Docker the files around it are written for, as `.nvmrc` says it of Node.
import { dirname, join } from 'node:path';
import type { Versions } from '../core/finding.ts';
import { exists, textOf } from './files.ts';

export const versionFile = '.docker-version';

/** What a `.docker-version` says: `28.5`, `28.5 windows`; undefined where it says anything else. Pure. */
export function readDockerVersion(text: string): Partial<Versions> | undefined {
  const [, docker, platform] =
    /^\uFEFF?\s*v?(\d+(?:\.\d+){0,2})(?:[ \t]+(linux|windows))?\s*$/.exec(text) ?? [];
  if (docker === undefined) return undefined;
  return {
    docker,
    ...((platform === 'linux' || platform === 'windows') && { platform }),
  };
}

/** The path of the nearest one for a file, in its folder or above, not above a folder of `stops` or one that holds `.git`. */
export function nearestDockerVersion(file: string, stops: readonly string[]): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, versionFile);
    if (textOf(path) !== undefined) return path;
    if (stops.includes(folder) || exists(join(folder, '.git')) || dirname(folder) === folder)
      return undefined;
  }
}
