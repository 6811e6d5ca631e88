// PAX extended header records ("27 path=some/name\n"), keys and values as raw bytes in latin1 strings.
import { TarError } from './header.ts';

export type PaxRecords = ReadonlyMap<string, string>;

/** The records in their order; a later one of the same key wins. @throws TarError damaged */
export function parsePax(data: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < data.length) {
    const space = data.indexOf(0x20, at);
    const length = Number(data.toString('latin1', at, Math.max(at, space)));
    if (space < 0 || !Number.isInteger(length) || length <= space - at || at + length > data.length)
      throw new TarError('damaged', 'an extended header holds a record with a wrong length');
    const record = data.toString('latin1', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals < 1 || data[at + length - 1] !== 0x0a)
      throw new TarError('damaged', 'an extended header holds a record that is not key=value');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

/** The bytes of records; each starts with its own length, that number included. */
export function formatPax(records: PaxRecords): Buffer {
  const parts: Buffer[] = [];
  for (const [key, value] of records) {
    const body = ` ${key}=${value}\n`;
    let length = body.length + 1;
    while (String(length).length + body.length !== length) length = String(length).length + body.length;
    parts.push(Buffer.from(`${length}${body}`, 'latin1'));
  }
  return Buffer.concat(parts);
}
