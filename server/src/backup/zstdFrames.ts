// Cuts a zstd stream into its frames (RFC 8878, section 3.1): small ones whole, large ones as pieces.
// A stream that stops inside a frame throws: the end of the data is known from the data, never guessed.
import { TarError } from '../tar/header.ts';

export interface WholeFrame {
  readonly bytes: Buffer;
  readonly contentSize: number;
}

export type Frame = WholeFrame | { readonly pieces: AsyncIterable<Buffer> };

/** Frames that say they hold more are streamed and not held in memory. */
const WHOLE_LIMIT = 64 * 1024 * 1024;

/** The frames in order; skippable ones are left out. The pieces of a large one must be read before the next is asked for. */
export async function* zstdFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const queue = byteQueue(source);
  while (!(await queue.ended())) {
    const magic = await queue.take(4);
    if (magic.readUInt32LE(0) >>> 4 === 0x184d2a5) {
      for (let left = (await queue.take(4)).readUInt32LE(0); left > 0; )
        left -= (await queue.some(left)).length;
      continue;
    }
    if (magic.readUInt32LE(0) !== 0xfd2fb528)
      throw new TarError('damaged', 'something that is no zstd frame stands between the frames');
    const head = await readFrameHeader(queue, magic);
    const pieces = framePieces(queue, head);
    if (head.contentSize === undefined || head.contentSize > WHOLE_LIMIT) {
      yield { pieces };
      continue;
    }
    const held: Buffer[] = [];
    for await (const piece of pieces) held.push(piece);
    yield { bytes: Buffer.concat(held), contentSize: head.contentSize };
  }
}

interface FrameHeader {
  readonly bytes: Buffer;
  readonly contentSize: number | undefined;
  readonly checksum: boolean;
}

async function readFrameHeader(queue: ByteQueue, magic: Buffer): Promise<FrameHeader> {
  const descriptor = await queue.take(1);
  const flags = descriptor[0] ?? 0;
  const single = (flags & 0x20) !== 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const before = await queue.take((single ? 0 : 1) + dictionaryBytes);
  const size = await queue.take(sizeBytes);
  const value = size.reduceRight((total, byte) => total * 256 + byte, 0);
  return {
    bytes: Buffer.concat([magic, descriptor, before, size]),
    contentSize: sizeBytes === 0 ? undefined : sizeBytes === 2 ? value + 256 : value,
    checksum: (flags & 4) !== 0,
  };
}

async function* framePieces(queue: ByteQueue, head: FrameHeader): AsyncGenerator<Buffer> {
  yield head.bytes;
  for (let last = false; !last; ) {
    const header = await queue.take(3);
    const bits = header.readUIntLE(0, 3);
    last = (bits & 1) === 1;
    const type = (bits >> 1) & 3;
    if (type === 3) throw new TarError('damaged', 'a zstd block is of a kind that does not exist');
    // A run-length block (type 1) is one byte, whatever length it stands for.
    yield Buffer.concat([header, await queue.take(type === 1 ? 1 : bits >> 3)]);
  }
  if (head.checksum) yield await queue.take(4);
}

interface ByteQueue {
  ended(): Promise<boolean>;
  /** @throws TarError truncated */
  take(bytes: number): Promise<Buffer>;
  /** Between one and `most` bytes. @throws TarError truncated */
  some(most: number): Promise<Buffer>;
}

function byteQueue(source: AsyncIterable<Buffer>): ByteQueue {
  const parts = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const fill = async () => {
    const { value, done } = await parts.next();
    if (done) return false;
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  };
  const take = async (bytes: number) => {
    while (held.length < bytes)
      if (!(await fill())) throw new TarError('truncated', 'the compressed data stops inside a frame');
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
  return {
    ended: async () => {
      while (held.length === 0) if (!(await fill())) return true;
      return false;
    },
    take,
    some: async (most) => {
      if (held.length === 0 && !(await fill())) return take(1);
      return take(Math.min(most, held.length));
    },
  };
}
