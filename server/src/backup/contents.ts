// What a tar holds, seen while it streams by: every entry's name, kind, owner, mode, time, and the SHA-256 of every regular file.
import { createHash, type Hash } from 'node:crypto';
import { plainName } from '../tar/names.ts';
import { type EntryType, type TarEntry, tarReader } from '../tar/read.ts';

/** One entry. Names are raw bytes as latin1 strings, relative to the root; the root itself is the empty name. */
export interface Item {
  readonly name: string;
  readonly type: EntryType;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** A symlink's target as it is, a hard link's as a name relative to the root. */
  readonly link: string;
  readonly major: number;
  readonly minor: number;
  /** Hex, of regular files. */
  readonly sha256?: string;
}

/** By name; where a name comes twice, the later entry counts, as for every tar. */
export type Contents = ReadonlyMap<string, Item>;

export interface ContentsReader {
  /** @throws TarError */
  push(chunk: Buffer): void;
  /** @throws TarError truncated */
  finish(): Contents;
  /** Entries so far. */
  readonly entries: number;
}

/** Reads along with a tar. */
export function contentsReader(): ContentsReader {
  const reader = tarReader();
  const items = new Map<string, Item>();
  let hash: Hash | undefined;
  let entry: TarEntry | undefined;
  return {
    push(chunk) {
      for (const part of reader.push(chunk)) {
        if (part.kind === 'entry') {
          entry = part.entry;
          hash = entry.type === 'file' ? createHash('sha256') : undefined;
        } else if (part.kind === 'data') hash?.update(part.bytes);
        else if (entry) {
          const item = toItem(entry, hash?.digest('hex'));
          items.set(item.name, item);
        }
      }
    },
    finish() {
      reader.finish();
      return items;
    },
    get entries() {
      return items.size;
    },
  };
}

/** Bytes of all regular files. */
export function contentBytes(contents: Contents): number {
  let total = 0;
  for (const { size } of contents.values()) total += size;
  return total;
}

function toItem(entry: TarEntry, sha256: string | undefined): Item {
  const { type, size, mode, uid, gid, mtime, major, minor } = entry;
  const link = type === 'hard-link' ? plainName(entry.link) : type === 'symlink' ? entry.link : '';
  const plain = { name: plainName(entry.path), type, size, mode, uid, gid, mtime, link, major, minor };
  return sha256 === undefined ? plain : { ...plain, sha256 };
}
