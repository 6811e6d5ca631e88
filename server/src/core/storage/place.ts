// Where a storage.conf or one of its drop-ins lies, and who reads it there. By the path alone: pure.
import type { Bound } from '../schema/bind.ts';
import { type Node, type Span, target } from '../syntax/tree.ts';

/** The directory that holds it: of the distribution, of the administrator, of one user, or none that is read. */
export type StorageHome = 'usr' | 'etc' | 'user' | 'unknown';

/** Why a file is read by nobody, wherever it is installed. */
export type Unread = 'user-folder' | 'subfolder' | 'not-a-uid';

export interface StoragePlace {
  readonly role: 'main' | 'drop-in';
  readonly home: StorageHome;
  /** `root`, `rootless`, or both; a file in a home directory belongs to its user. */
  readonly readers: 'root' | 'rootless' | 'all';
  /** The one user who reads it: `storage.rootless.conf.d/1000`. */
  readonly uid?: number;
  /** Set where no version reads it. */
  readonly unread?: Unread;
  /** It lies in the very place, not below a copy of a root. */
  readonly live: boolean;
}

const pattern =
  /^(.*?)(?:^|\/)containers\/(?:storage\.conf|storage(\.rootful|\.rootless)?\.conf\.d\/(?:([^/]+)\/)?[^/]*\.conf)$/;

/**
 * The place that a path names, or undefined where it is none. Folders inside a folder of drop-ins are not entered, but for
 * `storage.rootless.conf.d/<UID>`; a home directory has `storage.conf.d` only (storage/pkg/configfile/parse.go:246-308,
 * containers/storage 1.63 to 1.65).
 */
export function storagePlace(path: string): StoragePlace | undefined {
  const found = path.match(pattern);
  if (found === null) return undefined;
  const [, above = '', special, inner] = found;
  const home = homeOf(above);
  const uid = special === '.rootless' && /^[1-9]\d{0,9}$/.test(inner ?? '') ? Number(inner) : undefined;
  const unread = unreadWhy(home, special, inner, uid);
  return {
    role: /\/?storage\.conf$/.test(path) && !path.includes('.conf.d/') ? 'main' : 'drop-in',
    home,
    readers: readersOf(above, home, special),
    ...(uid !== undefined && { uid }),
    ...(unread !== undefined && { unread }),
    live: isLive(above, home),
  };
}

/** FreeBSD has both system directories below /usr/local. */
function homeOf(above: string): StorageHome {
  const folder = `/${above}`;
  if (folder.endsWith('/.config')) return 'user';
  if (folder.endsWith('/etc')) return 'etc';
  return /\/usr(\/local)?\/share$/.test(folder) ? 'usr' : 'unknown';
}

function readersOf(above: string, home: StorageHome, special: string | undefined): StoragePlace['readers'] {
  if (special !== undefined) return special === '.rootful' ? 'root' : 'rootless';
  if (home !== 'user') return 'all';
  return /(^|\/)root\/\.config$/.test(above) ? 'root' : 'rootless';
}

function unreadWhy(
  home: StorageHome,
  special: string | undefined,
  inner: string | undefined,
  uid: number | undefined,
): Unread | undefined {
  if (home === 'user' && special !== undefined) return 'user-folder';
  if (inner === undefined || uid !== undefined) return undefined;
  return special === '.rootless' ? 'not-a-uid' : 'subfolder';
}

function isLive(above: string, home: StorageHome): boolean {
  if (home === 'user') return /^((\/var)?\/home\/[^/]+|\/root|\/Users\/[^/]+)\/\.config$/.test(above);
  return /^(\/etc|\/usr\/share|\/usr\/local\/(etc|share))$/.test(above);
}

/** The first header or key of a file, where what is said of the whole file is shown. */
export function firstWritten(root: Bound): Span | undefined {
  const map = target(root.node);
  const [first] = map.kind === 'map' ? map.entries : [];
  return first && (headerIn(first.value) ?? first.key.span);
}

/** `[storage.options]` opens `storage` as well, which has no header of its own then. */
function headerIn(node: Node): Span | undefined {
  const table = target(node);
  if (table.kind !== 'map') return undefined;
  const [own] = table.headers ?? [];
  const [first] = table.entries;
  return own ?? (first && headerIn(first.value));
}
