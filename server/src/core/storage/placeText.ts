// What hover says of a key of storage.conf because of where the file lies: who reads it, and who does not get the key. Pure.
import type { FileKind } from '../finding.ts';
import { type Locale, type WordId, word } from '../locale.ts';
import { atLeast } from '../schema/versions.ts';
import type { StoragePlace } from './place.ts';

/** Lines of Markdown; none where the path tells nothing. */
export function placeLines(
  { place }: FileKind,
  version: string,
  path: readonly (string | number)[],
  locale: Locale | undefined,
): string[] {
  if (place === undefined) return [];
  const merges = atLeast(version, '1.63');
  const readers = readersOf(place, merges);
  const say = (id: WordId) => word(locale, id, { uid: String(place.uid ?? ''), version });
  const lines = readers === undefined ? [] : [`- ${say('place-read-by')}: ${say(readers)}`];
  const shared = place.role === 'main' && place.readers === 'all' && place.home !== 'unknown';
  if (shared && !merges && path.length > 1 && !isInherited(path))
    lines.push(`- ${say('place-not-inherited')}`);
  return lines;
}

function readersOf({ role, home, readers, uid, unread }: StoragePlace, merges: boolean): WordId | undefined {
  if (unread !== undefined || (role === 'drop-in' && !merges)) return 'place-nobody';
  if (uid !== undefined) return 'place-uid';
  if (home === 'user' && readers === 'root' && !merges) return 'place-root-xdg';
  if (readers === 'root') return 'place-root';
  if (home === 'user') return 'place-owner';
  if (readers === 'rootless') return 'place-rootless';
  if (home === 'unknown') return undefined;
  return role === 'main' ? 'place-main' : 'place-all';
}

/** What users without a file of their own got of the system's up to 1.62 (storage/types/options.go:287-369 at 1.62). */
function isInherited([, name, option, inner]: readonly (string | number)[]): boolean {
  if (name === 'driver' || name === 'driver_priority' || name === 'rootless_storage_path') return true;
  if (name !== 'options' || option === undefined) return name === 'options';
  return option === 'pull_options' || option === 'ignore_chown_errors' || inner === 'ignore_chown_errors';
}
