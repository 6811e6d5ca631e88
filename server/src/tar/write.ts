// Writes tar headers: entries of our own, and entries that were read with another path or link; all else in them stays as it was.
import { BLOCK, paddingOf, sealHeader, setNumber, setText, textField } from './header.ts';
import { formatPax, parsePax } from './pax.ts';
import { type EntryType, isPosix, type MetaBlock, type TarEntry } from './read.ts';

/** What a header of our own says; see TarEntry for units. */
export type NewEntry = Omit<TarEntry, 'meta' | 'header'>;

const FLAGS: Readonly<Record<Exclude<EntryType, 'sparse' | 'other'>, string>> = {
  file: '0',
  'hard-link': '1',
  symlink: '2',
  char: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/** The two zero blocks that end an archive. */
export const END = Buffer.alloc(2 * BLOCK);

/** What fills the last block of `size` bytes of content. */
export function padding(size: number): Buffer {
  return Buffer.alloc(paddingOf(size));
}

/** The header blocks of a new entry: ustar, with PAX records for what does not fit and for parts of a second. */
export function headerOf(entry: NewEntry & { readonly type: keyof typeof FLAGS }): Buffer {
  const header = Buffer.alloc(BLOCK);
  setNumber(header, 'mode', entry.mode);
  setNumber(header, 'uid', entry.uid);
  setNumber(header, 'gid', entry.gid);
  setNumber(header, 'size', entry.size);
  setNumber(header, 'mtime', entry.mtime);
  setText(header, 'type', FLAGS[entry.type]);
  header.write('ustar\x0000', 257, 'latin1');
  setNumber(header, 'major', entry.major);
  setNumber(header, 'minor', entry.minor);
  const records = new Map<string, string>();
  if (entry.mtimeNanos > 0 && entry.mtime >= 0)
    records.set('mtime', `${entry.mtime}.${String(entry.mtimeNanos).padStart(9, '0')}`);
  placePath(header, entry.path, records);
  placeLink(header, entry.link, records);
  return assemble(withRecords([], records), sealed(header));
}

/** The header blocks of an entry that was read, byte for byte, or with another path or link target. */
export function headerWith(entry: TarEntry, path: string, link: string): Buffer {
  if (path === entry.path && link === entry.link) return assemble(entry.meta, entry.header);
  const header = Buffer.from(entry.header);
  const records = new Map<string, string>();
  let meta = [...entry.meta];
  if (path !== entry.path) {
    meta = without(meta, 'path', 'L');
    placePath(header, path, records);
  }
  if (link !== entry.link) {
    meta = without(meta, 'linkpath', 'K');
    placeLink(header, link, records);
  }
  return assemble(withRecords(meta, records), sealed(header));
}

function placePath(header: Buffer, path: string, records: Map<string, string>): void {
  if (isPosix(header)) setText(header, 'prefix', '');
  if (path.length <= 100) {
    setText(header, 'name', path);
    return;
  }
  const slash = isPosix(header) ? path.indexOf('/', path.length - 101) : -1;
  if (slash > 0 && slash <= 155 && slash < path.length - 1) {
    setText(header, 'prefix', path.slice(0, slash));
    setText(header, 'name', path.slice(slash + 1));
    return;
  }
  setText(header, 'name', path.slice(0, 100));
  records.set('path', path);
}

function placeLink(header: Buffer, link: string, records: Map<string, string>): void {
  setText(header, 'link', link.slice(0, 100));
  if (link.length > 100) records.set('linkpath', link);
}

function without(meta: readonly MetaBlock[], key: string, longType: string): MetaBlock[] {
  return meta
    .filter(({ type }) => type !== longType)
    .flatMap((block) => {
      if (block.type !== 'x') return [block];
      const records = parsePax(block.data);
      if (!records.delete(key)) return [block];
      return records.size === 0 ? [] : [paxBlock(block.header, formatPax(records))];
    });
}

function withRecords(meta: readonly MetaBlock[], records: ReadonlyMap<string, string>): MetaBlock[] {
  if (records.size === 0) return [...meta];
  const existing = meta.find(({ type }) => type === 'x');
  const merged = new Map([...(existing ? parsePax(existing.data) : []), ...records]);
  const block = paxBlock(existing?.header ?? newPaxHeader(), formatPax(merged));
  return existing ? meta.map((one) => (one === existing ? block : one)) : [...meta, block];
}

function newPaxHeader(): Buffer {
  const header = Buffer.alloc(BLOCK);
  setText(header, 'name', 'PaxHeaders/entry');
  setNumber(header, 'mode', 0o644);
  setNumber(header, 'uid', 0);
  setNumber(header, 'gid', 0);
  setNumber(header, 'mtime', 0);
  setText(header, 'type', 'x');
  header.write('ustar\x0000', 257, 'latin1');
  return header;
}

function paxBlock(header: Buffer, data: Buffer): MetaBlock {
  const own = Buffer.from(header);
  setNumber(own, 'size', data.length);
  return { type: textField(own, 'type'), header: sealHeader(own), data };
}

function assemble(meta: readonly MetaBlock[], header: Buffer): Buffer {
  const blocks = meta.flatMap((block) => [block.header, block.data, padding(block.data.length)]);
  return Buffer.concat([...blocks, header]);
}

/** Only the first block of a header carries a checksum; sparse maps may follow it. */
function sealed(header: Buffer): Buffer {
  sealHeader(header.subarray(0, BLOCK));
  return header;
}
