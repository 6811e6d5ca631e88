// Reads a tar as it streams by, in raw bytes: every entry with its header blocks, contents in pieces, and the proof that it is whole.
// A tar that ends before its two zero blocks, or whose headers do not add up, throws TarError; nothing is guessed.
import { BLOCK, checksumHolds, numberField, paddingOf, TarError, textField } from './header.ts';
import { parsePax } from './pax.ts';

export type EntryType =
  | 'file'
  | 'hard-link'
  | 'symlink'
  | 'char'
  | 'block'
  | 'directory'
  | 'fifo'
  | 'sparse'
  | 'other';

/** A block that belongs to the entry after it: PAX records (`x`, `g`) or a GNU long name (`L`, `K`). */
export interface MetaBlock {
  readonly type: string;
  readonly header: Buffer;
  /** Without the padding. */
  readonly data: Buffer;
}

/** One entry. `path` and `link` are raw bytes as latin1 strings, as the archive has them. */
export interface TarEntry {
  readonly path: string;
  readonly link: string;
  readonly type: EntryType;
  /** Bytes of content that follow. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970, cut to whole ones. */
  readonly mtime: number;
  /** The nanoseconds above `mtime`. */
  readonly mtimeNanos: number;
  readonly major: number;
  readonly minor: number;
  readonly meta: readonly MetaBlock[];
  /** The header block itself, with GNU's sparse maps where they follow it. */
  readonly header: Buffer;
}

export type TarPart =
  | { readonly kind: 'entry'; readonly entry: TarEntry }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  /** The content of the entry before is whole. */
  | { readonly kind: 'close' };

export interface TarReader {
  /** The parts that this chunk completes. @throws TarError */
  push(chunk: Buffer): TarPart[];
  /** Call at the end of the stream. @throws TarError truncated, where the two zero blocks are missing */
  finish(): void;
}

/** Extended headers above this are no honest tar (names and attributes are kilobytes). */
const META_LIMIT = 8 * 1024 * 1024;
const META_TYPES = new Set(['x', 'g', 'L', 'K', 'X']);

type Mode = 'header' | 'meta' | 'sparse' | 'data' | 'padding' | 'second-zero' | 'trailer';

/** A reader for one tar. */
export function tarReader(): TarReader {
  let mode: Mode = 'header';
  let need = BLOCK;
  let held: Buffer = Buffer.alloc(0);
  let meta: MetaBlock[] = [];
  let header: Buffer = Buffer.alloc(0);
  let metaSize = 0;
  let left = 0;
  let padding = 0;
  let parts: TarPart[] = [];

  const expect = (next: Mode, bytes: number) => {
    mode = next;
    need = bytes;
  };
  const openEntry = () => {
    const entry = toEntry(header, meta);
    parts.push({ kind: 'entry', entry });
    meta = [];
    left = entry.size;
    padding = paddingOf(entry.size);
    if (left === 0) closeEntry();
    else mode = 'data';
  };
  const closeEntry = () => {
    parts.push({ kind: 'close' });
    if (padding > 0) mode = 'padding';
    else expect('header', BLOCK);
  };
  const onBlock = (block: Buffer) => {
    if (mode === 'header') onHeader(block);
    else if (mode === 'meta') {
      meta.push({ type: textField(header, 'type'), header, data: block.subarray(0, metaSize) });
      expect('header', BLOCK);
    } else if (mode === 'sparse') {
      header = Buffer.concat([header, block]);
      if (block[504] !== 1) openEntry();
    } else {
      if (!isZero(block)) throw new TarError('damaged', 'a single zero block stands between entries');
      mode = 'trailer';
    }
  };
  const onHeader = (block: Buffer) => {
    if (isZero(block)) {
      if (meta.some(({ type }) => type !== 'g'))
        throw new TarError('truncated', 'the archive ends after an extended header');
      expect('second-zero', BLOCK);
      return;
    }
    if (!checksumHolds(block)) throw new TarError('damaged', 'the checksum of a header does not hold');
    header = block;
    const type = textField(block, 'type');
    if (META_TYPES.has(type)) {
      metaSize = numberField(block, 'size');
      if (metaSize < 0 || metaSize > META_LIMIT)
        throw new TarError('damaged', 'an extended header is larger than any real one');
      if (metaSize > 0) expect('meta', metaSize + paddingOf(metaSize));
      else meta.push({ type, header, data: Buffer.alloc(0) });
    } else if (type === 'S' && block[482] === 1) expect('sparse', BLOCK);
    else openEntry();
  };

  return {
    push(chunk) {
      parts = [];
      let at = 0;
      while (at < chunk.length) {
        if (mode === 'data') {
          const bytes = chunk.subarray(at, at + left);
          parts.push({ kind: 'data', bytes });
          at += bytes.length;
          left -= bytes.length;
          if (left === 0) closeEntry();
        } else if (mode === 'padding') {
          const skipped = Math.min(padding, chunk.length - at);
          at += skipped;
          padding -= skipped;
          if (padding === 0) expect('header', BLOCK);
        } else if (mode === 'trailer') {
          if (!isZero(chunk.subarray(at)))
            throw new TarError('damaged', 'something follows the end of the archive');
          at = chunk.length;
        } else {
          const piece = chunk.subarray(at, at + need - held.length);
          // Always a copy: an entry outlives the chunk that it came in.
          held = Buffer.concat([held, piece]);
          at += piece.length;
          if (held.length === need) {
            const block = held;
            held = Buffer.alloc(0);
            onBlock(block);
          }
        }
      }
      return parts;
    },
    finish() {
      if (mode !== 'trailer')
        throw new TarError('truncated', 'the archive stops before its end mark: its last files are missing');
    },
  };
}

function isZero(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

function toEntry(header: Buffer, meta: readonly MetaBlock[]): TarEntry {
  const records = new Map<string, string>();
  let longName: string | undefined;
  let longLink: string | undefined;
  for (const { type, data } of meta) {
    if (type === 'L') longName = cString(data);
    else if (type === 'K') longLink = cString(data);
    else for (const [key, value] of parsePax(data)) records.set(key, value);
  }
  const path = records.get('path') ?? longName ?? ustarName(header);
  const type = entryType(header, path, records);
  const [mtime, mtimeNanos] = time(records.get('mtime'), header);
  return {
    path: records.get('GNU.sparse.name') ?? path,
    link: records.get('linkpath') ?? longLink ?? textField(header, 'link'),
    type,
    size: contentSize(type, records.get('size'), header),
    mode: numberField(header, 'mode') & 0o7777,
    uid: whole(records.get('uid')) ?? numberField(header, 'uid'),
    gid: whole(records.get('gid')) ?? numberField(header, 'gid'),
    mtime,
    mtimeNanos,
    major: type === 'char' || type === 'block' ? numberField(header, 'major') : 0,
    minor: type === 'char' || type === 'block' ? numberField(header, 'minor') : 0,
    meta,
    header,
  };
}

function ustarName(header: Buffer): string {
  const name = textField(header, 'name');
  const prefix = isPosix(header) ? textField(header, 'prefix') : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** POSIX headers have a prefix field; GNU's (`ustar  `) use those bytes otherwise. */
export function isPosix(header: Buffer): boolean {
  return header.toString('latin1', 257, 263) === 'ustar\0';
}

function entryType(header: Buffer, path: string, records: ReadonlyMap<string, string>): EntryType {
  const flag = textField(header, 'type');
  if (flag === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.'))) return 'sparse';
  if (flag === '' || flag === '0' || flag === '7') return path.endsWith('/') ? 'directory' : 'file';
  const types: Readonly<Record<string, EntryType>> = {
    '1': 'hard-link',
    '2': 'symlink',
    '3': 'char',
    '4': 'block',
    '5': 'directory',
    '6': 'fifo',
  };
  return types[flag] ?? 'other';
}

/** Links, devices and directories have no content, whatever their size field says. */
function contentSize(type: EntryType, stated: string | undefined, header: Buffer): number {
  if (type !== 'file' && type !== 'sparse' && type !== 'other') return 0;
  const size = whole(stated) ?? numberField(header, 'size');
  if (!Number.isSafeInteger(size) || size < 0)
    throw new TarError('damaged', 'an entry has an impossible size');
  return size;
}

function whole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw new TarError('damaged', 'an extended header holds no number where one belongs');
  return Number(text);
}

/** PAX times are decimal with any number of digits after the point; negative ones count towards zero from below. */
function time(text: string | undefined, header: Buffer): [number, number] {
  if (text === undefined) return [numberField(header, 'mtime'), 0];
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (!found) throw new TarError('damaged', 'an extended header holds no time where one belongs');
  const seconds = Number(found[2]);
  const nanos = Number((found[3] ?? '').padEnd(9, '0').slice(0, 9));
  if (found[1] === '') return [seconds, nanos];
  return nanos === 0 ? [-seconds, 0] : [-seconds - 1, 1_000_000_000 - nanos];
}

function cString(data: Buffer): string {
  const text = data.toString('latin1');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
