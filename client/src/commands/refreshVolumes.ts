// Asks every engine again.
import type { Services } from './table.ts';

export function refreshVolumes({ hub }: Services): void {
  hub.refresh();
}
