// Compresses in blocks on all cores. Each block is a zstd frame or gzip member of its own, which every zstd and gzip reads one after another.
// One-shot calls, for Node's streaming zstd with several workers crashes (ERR_STREAM_PUSH_AFTER_EOF, Node 22.23 and 24.21).
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { inOrder } from './inOrder.ts';

export interface Compression {
  readonly kind: 'zstd' | 'gzip' | 'none';
  readonly level?: number;
}

/** Ends of archive names by compression. */
export const SUFFIXES = { zstd: '.tar.zst', gzip: '.tar.gz', none: '.tar' } as const;

const BLOCK = 4 * 1024 * 1024;
export const AHEAD = Math.min(4, availableParallelism() + 1);

/** Node has zstd from 22.15 on (and 23.8). */
export function zstdHere(): boolean {
  return typeof zlib.zstdCompress === 'function';
}

/** The compressed bytes of a stream. */
export function compress(source: AsyncIterable<Buffer>, how: Compression): AsyncIterable<Buffer> {
  if (how.kind === 'none') return source;
  return inOrder(
    blocks(source),
    AHEAD,
    how.kind === 'zstd' ? zstdBlock(how.level ?? 3) : gzipBlock(how.level ?? 6),
  );
}

function zstdBlock(level: number): (block: Buffer) => Promise<Buffer> {
  const params = {
    [zlib.constants.ZSTD_c_compressionLevel]: level,
    [zlib.constants.ZSTD_c_checksumFlag]: 1,
  };
  return (block) =>
    promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdCompress)(block, {
      params,
      pledgedSrcSize: block.length,
    });
}

function gzipBlock(level: number): (block: Buffer) => Promise<Buffer> {
  return (block) => promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip)(block, { level });
}

async function* blocks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(chunk);
    size += chunk.length;
    if (size < BLOCK) continue;
    yield Buffer.concat(held, size);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held, size);
}
