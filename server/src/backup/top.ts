// Other tools' archives often hold the volume below a folder (`docker run … tar czf x.tgz /data`): finds that folder.
import type { Contents } from './contents.ts';

/** Mount points that tools and their guides use; elsewhere a single folder may well be the volume's own. */
const USUAL = new Set([
  'data',
  'dbdata',
  'vackup-volume',
  'volume',
  'volume-data',
  'vol',
  '_data',
  'source',
  'backup-volume',
]);

export type TopChoice = 'drop' | 'keep' | undefined;

export interface Top {
  /** The folder that becomes the root; empty where the archive's own root is it. */
  readonly folder: string;
  /** A single folder that could be either: the caller says what was done with it. */
  readonly doubt?: string;
}

/**
 * The folder that stands for the volume's root. An archive with a root entry (`./`) has none. One whose first folder lies
 * deeper (`var/lib/mysql/` with no `var/`) can only be a path; a single folder at the top counts when its name is a usual mount point.
 */
export function topFolder(contents: Contents, choice: TopChoice): Top {
  const names = [...contents.keys()];
  if (choice === 'keep' || contents.has('') || names.length === 0) return { folder: '' };
  const folder = commonFolder(contents, names);
  if (folder === '') return { folder };
  if (choice === 'drop' || folder.includes('/')) return { folder };
  return USUAL.has(folder) ? { folder, doubt: folder } : { folder: '', doubt: folder };
}

/** The highest folder entry that all others lie below. */
function commonFolder(contents: Contents, names: readonly string[]): string {
  const shortest = names.reduce((least, name) => (name.length < least.length ? name : least));
  if (contents.get(shortest)?.type !== 'directory') return '';
  return names.every((name) => name === shortest || name.startsWith(`${shortest}/`)) ? shortest : '';
}
