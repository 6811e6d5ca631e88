// Undoes what the first bytes say: zstd, gzip, or nothing. A stream that stops early throws.
// zstd is taken frame by frame, for Node's own stream (22.15 to 24.21) ends in silence after the first frame and at a cut.
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { TarError } from '../tar/header.ts';
import { AHEAD, zstdHere } from './compress.ts';
import { type Settled, settle, valueOrThrow } from './inOrder.ts';
import { type WholeFrame, zstdFrames } from './zstdFrames.ts';

export type Packing = 'zstd' | 'gzip' | 'none';

/** Thrown where this Node cannot read zstd. */
export class ZstdMissing extends Error {}

/** What a stream is packed with, by its first bytes. */
export function packingOf(start: Buffer): Packing {
  if (start.length >= 2 && start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start.length < 4) return 'none';
  const magic = start.readUInt32LE(0);
  // 0x184D2A5x is a skippable frame, as pzstd and seekable archives begin.
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : 'none';
}

/** The plain bytes. @throws TarError truncated or damaged, ZstdMissing */
export async function* decompress(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const parts = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < 4) {
    const { value, done } = await parts.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const whole = startingWith(start, parts);
  const packing = packingOf(start);
  if (packing === 'none') yield* whole;
  else if (packing === 'gzip') yield* through(whole, zlib.createGunzip());
  else if (zstdHere()) yield* unzstd(whole);
  else throw new ZstdMissing();
}

async function* startingWith(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* through(source: AsyncIterable<Buffer>, unpack: zlib.Gunzip | zlib.ZstdDecompress) {
  try {
    // The callback is for the pipeline's sake: its error reaches us through the iteration.
    yield* pipeline(source, unpack, () => undefined) as AsyncIterable<Buffer>;
  } catch (error) {
    throw asTarError(error);
  }
}

async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const running: Promise<Settled<Buffer>>[] = [];
  for await (const frame of zstdFrames(source)) {
    if ('bytes' in frame) {
      running.push(settle(unpackWhole(frame)));
      if (running.length >= AHEAD) yield valueOrThrow(await running.shift());
      continue;
    }
    while (running.length > 0) yield valueOrThrow(await running.shift());
    yield* through(frame.pieces, zlib.createZstdDecompress());
  }
  while (running.length > 0) yield valueOrThrow(await running.shift());
}

async function unpackWhole({ bytes, contentSize }: WholeFrame): Promise<Buffer> {
  const unpack = promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);
  try {
    const plain = await unpack(bytes, { maxOutputLength: Math.max(1, contentSize) });
    if (plain.length === contentSize) return plain;
  } catch (error) {
    throw asTarError(error);
  }
  throw new TarError('damaged', 'a zstd frame does not hold what its header says');
}

function asTarError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'Z_BUF_ERROR') return new TarError('truncated', 'the compressed data stops early');
  return typeof error.code === 'string' && /^(Z_|ZSTD_|ERR_BUFFER_TOO_LARGE)/.test(error.code)
    ? new TarError('damaged', `the compressed data is damaged (${error.message})`)
    : error;
}
