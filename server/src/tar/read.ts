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

/** Where a reader stands: what it waits for, and what it has of it. */
interface State {
  mode: Mode;
  /** Bytes of the block that is gathered in `held`. */
  need: number;
  held: Buffer;
  meta: MetaBlock[];
  header: Buffer;
  metaSize: number;
  /** Bytes of content, then of padding, that are still to come. */
  left: number;
  padding: number;
  parts: TarPart[];
}

/** A reader for one tar. */
export function tarReader(): TarReader {
  const none = Buffer.alloc(0);
  const state: State = {
    mode: 'header',
    need: BLOCK,
    held: none,
    meta: [],
    header: none,
    metaSize: 0,
    left: 0,
    padding: 0,
    parts: [],
  };
  return {
    push(chunk) {
      state.parts = [];
      for (let at = 0; at < chunk.length; ) at += take(state, chunk.subarray(at));
      return state.parts;
    },
    finish() {
      if (state.mode !== 'trailer')
        throw new TarError('truncated', 'the archive stops before its end mark: its last files are missing');
    },
  };
}

/** Takes what it can from the start of the bytes, and says how many those were. */
function take(state: State, bytes: Buffer): number {
  if (state.mode === 'data') {
    const content = bytes.subarray(0, state.left);
    state.parts.push({ kind: 'data', bytes: content });
    state.left -= content.length;
    if (state.left === 0) closeEntry(state);
    return content.length;
  }
  if (state.mode === 'padding') {
    const skipped = Math.min(state.padding, bytes.length);
    state.padding -= skipped;
    if (state.padding === 0) expect(state, 'header', BLOCK);
    return skipped;
  }
  if (state.mode === 'trailer') {
    if (!isZero(bytes)) throw new TarError('damaged', 'something follows the end of the archive');
    return bytes.length;
  }
  const piece = bytes.subarray(0, state.need - state.held.length);
  // Always a copy: an entry outlives the chunk that it came in.
  state.held = Buffer.concat([state.held, piece]);
  if (state.held.length === state.need) {
    const block = state.held;
    state.held = Buffer.alloc(0);
    onBlock(state, block);
  }
  return piece.length;
}

function expect(state: State, mode: Mode, bytes: number): void {
  state.mode = mode;
  state.need = bytes;
}

function onBlock(state: State, block: Buffer): void {
  if (state.mode === 'header') onHeader(state, block);
  else if (state.mode === 'meta') {
    const { header, metaSize } = state;
    state.meta.push({ type: textField(header, 'type'), header, data: block.subarray(0, metaSize) });
    expect(state, 'header', BLOCK);
  } else if (state.mode === 'sparse') {
    state.header = Buffer.concat([state.header, block]);
    if (block[504] !== 1) openEntry(state);
  } else {
    if (!isZero(block)) throw new TarError('damaged', 'a single zero block stands between entries');
    state.mode = 'trailer';
  }
}

function onHeader(state: State, block: Buffer): void {
  if (isZero(block)) {
    if (state.meta.some(({ type }) => type !== 'g'))
      throw new TarError('truncated', 'the archive ends after an extended header');
    expect(state, 'second-zero', BLOCK);
    return;
  }
  if (!checksumHolds(block)) throw new TarError('damaged', 'the checksum of a header does not hold');
  state.header = block;
  const type = textField(block, 'type');
  if (META_TYPES.has(type)) {
    const size = numberField(block, 'size');
    if (size < 0 || size > META_LIMIT)
      throw new TarError('damaged', 'an extended header is larger than any real one');
    state.metaSize = size;
    if (size > 0) expect(state, 'meta', size + paddingOf(size));
    else state.meta.push({ type, header: block, data: Buffer.alloc(0) });
  } else if (type === 'S' && block[482] === 1) expect(state, 'sparse', BLOCK);
  else openEntry(state);
}

function openEntry(state: State): void {
  const entry = toEntry(state.header, state.meta);
  state.parts.push({ kind: 'entry', entry });
  state.meta = [];
  state.left = entry.size;
  state.padding = paddingOf(entry.size);
  if (state.left === 0) closeEntry(state);
  else state.mode = 'data';
}

function closeEntry(state: State): void {
  state.parts.push({ kind: 'close' });
  if (state.padding > 0) state.mode = 'padding';
  else expect(state, 'header', BLOCK);
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
