// Reads small files and lists folders. Nothing here throws: what cannot be read is not there.
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';

/** Larger files are no units and no lists of variables, bytes. */
const largest = 256 * 1024;

/** The text of a regular file; '' where something else has the name (a link to /dev/null masks a unit); undefined where nothing has. */
export function textOf(path: string): string | undefined {
  try {
    const { size } = lstatSync(path);
    if (size > largest) return '';
    const found = statSync(path);
    return found.isFile() && found.size <= largest ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    return exists(path) && error instanceof Error ? '' : undefined;
  }
}

/** Whether a name is taken, by a dangling link too. */
export function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The names in a folder, none where there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
