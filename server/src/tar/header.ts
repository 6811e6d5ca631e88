// The 512-byte header block of a tar: fields as raw bytes (latin1 strings, one character per byte), numbers in octal or base 256.
// Knows ustar, GNU and v7 blocks; nothing here reads contents.

export const BLOCK = 512;

/** The tar itself is at fault; `problem` says how. */
export class TarError extends Error {
  readonly problem: 'truncated' | 'damaged' | 'unsupported';
  constructor(problem: 'truncated' | 'damaged' | 'unsupported', message: string) {
    super(message);
    this.name = 'TarError';
    this.problem = problem;
  }
}

/** Where each field lies: offset and length in bytes (POSIX.1-1988 ustar). */
export const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  major: [329, 8],
  minor: [337, 8],
  prefix: [345, 155],
} as const satisfies Record<string, readonly [number, number]>;

export type Field = keyof typeof FIELDS;

/** The bytes of a text field up to its first NUL. */
export function textField(block: Buffer, field: Field): string {
  const [offset, length] = FIELDS[field];
  const text = block.toString('latin1', offset, offset + length);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Overwrites a text field; the caller has seen that it fits. */
export function setText(block: Buffer, field: Field, text: string): void {
  const [offset, length] = FIELDS[field];
  block.fill(0, offset, offset + length);
  block.write(text, offset, length, 'latin1');
}

/** A number in octal, or in base 256 where the first bit is set (GNU, star). @throws TarError damaged */
export function numberField(block: Buffer, field: Field): number {
  const [offset, length] = FIELDS[field];
  const first = block[offset] ?? 0;
  if (first & 0x80) return base256(block.subarray(offset, offset + length));
  const text = textField(block, field).trim();
  if (text === '') return 0;
  if (!/^[0-7]+$/.test(text)) throw new TarError('damaged', `a header holds no octal number in "${field}"`);
  return Number.parseInt(text, 8);
}

function base256(bytes: Buffer): number {
  const negative = ((bytes[0] ?? 0) & 0x40) !== 0;
  let value = 0n;
  for (const [index, byte] of bytes.entries())
    value = (value << 8n) | BigInt(index === 0 ? byte & (negative ? 0xff : 0x7f) : byte);
  return Number(negative ? BigInt.asIntN(bytes.length * 8, value) : value);
}

/** Writes a number as octal digits and a NUL, in base 256 where it does not fit. */
export function setNumber(block: Buffer, field: Field, value: number): void {
  const [offset, length] = FIELDS[field];
  const digits = value.toString(8);
  if (value >= 0 && digits.length < length) {
    block.write(`${digits.padStart(length - 1, '0')}\0`, offset, length, 'latin1');
    return;
  }
  let rest = BigInt.asUintN(length * 8, BigInt(value));
  for (let index = offset + length - 1; index >= offset; index -= 1) {
    block[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  block[offset] = (block[offset] ?? 0) | 0x80;
}

/** Fills in the checksum that the block's other bytes give. */
export function sealHeader(block: Buffer): Buffer {
  const [offset] = FIELDS.checksum;
  block.write(`${sum(block, false).toString(8).padStart(6, '0')}\0 `, offset, 8, 'latin1');
  return block;
}

/** Whether the checksum holds; old writers added signed bytes, so both sums count. */
export function checksumHolds(block: Buffer): boolean {
  const stated = numberField(block, 'checksum');
  return stated === sum(block, false) || stated === sum(block, true);
}

function sum(block: Buffer, signed: boolean): number {
  const [offset, length] = FIELDS.checksum;
  let total = length * 0x20;
  for (let index = 0; index < BLOCK; index += 1) {
    if (index >= offset && index < offset + length) continue;
    const byte = block[index] ?? 0;
    total += signed && byte > 127 ? byte - 256 : byte;
  }
  return total;
}

/** Bytes between the end of `size` bytes of content and the next header. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
