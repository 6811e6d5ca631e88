// Opens the log of the extension and its jobs.
import type { Services } from './table.ts';

export function showLog({ log }: Services): void {
  log.show(true);
}
