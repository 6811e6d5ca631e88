// Where a Chromium or Chrome lies on this machine.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the browser; $STOWAGE_CHROMIUM wins. Undefined where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env['STOWAGE_CHROMIUM'];
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
