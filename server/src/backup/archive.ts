// Reads an archive from disk from its first byte to its last: what it holds, and whether that is what its manifest says.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { TarError } from '../tar/header.ts';
import { shown } from '../tar/names.ts';
import { type Contents, contentsReader } from './contents.ts';
import { decompress, ZstdMissing } from './decompress.ts';
import { asFailure, checkCancelled, failure, type Job } from './job.ts';
import { fileSums, type Manifest, ManifestError, nameOf, parseManifest } from './manifest.ts';
import { manifestPath } from './store.ts';

export interface Archive {
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly sha256: string;
  readonly contents: Contents;
  readonly manifest?: Manifest;
}

const CHUNK = 1024 * 1024;

/** The plain tar of an archive. @throws TarError, ZstdMissing */
export function openArchive(
  path: string,
  onRead: (bytes: Buffer) => void = () => undefined,
): AsyncIterable<Buffer> {
  return decompress(counted(createReadStream(path, { highWaterMark: CHUNK }), onRead));
}

async function* counted(
  source: AsyncIterable<Buffer>,
  onRead: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    onRead(chunk);
    yield chunk;
  }
}

/** Reads and checks an archive whole. With a manifest beside it, every sum is compared. @throws EngineError */
export async function inspectArchive(path: string, job: Job): Promise<Archive> {
  const manifest = await readManifest(path, job);
  const archive = await readWhole(path, job, manifest?.archive.size);
  if (!manifest) return archive;
  const wrong = differsFromManifest(archive, manifest);
  if (wrong !== undefined) throw failure(job, 'other', 'archive-changed', { archive: path, what: wrong });
  return { ...archive, manifest };
}

/** Reads an archive whole, without its manifest. @throws EngineError */
export async function readWhole(path: string, job: Job, totalBytes?: number): Promise<Archive> {
  const hash = createHash('sha256');
  const contents = contentsReader();
  let bytesRead = 0;
  let bytesWritten = 0;
  const source = openArchive(path, (chunk) => {
    hash.update(chunk);
    bytesRead += chunk.length;
  });
  try {
    for await (const chunk of source) {
      checkCancelled(job);
      contents.push(chunk);
      bytesWritten += chunk.length;
      const total = totalBytes === undefined ? {} : { totalBytes };
      job.report({
        event: 'progress',
        phase: 'verify',
        bytesRead,
        bytesWritten,
        entries: contents.entries,
        ...total,
      });
    }
    return { path, size: bytesRead, sha256: hash.digest('hex'), contents: contents.finish() };
  } catch (error) {
    throw archiveFailure(error, path, job);
  }
}

/** An error of reading an archive, in the job's words. */
export function archiveFailure(error: unknown, path: string, job: Job): unknown {
  if (error instanceof ZstdMissing) return failure(job, 'too-old', 'needs-zstd', {}, error);
  if (error instanceof TarError && !job.signal.aborted) {
    const id = error.problem === 'unsupported' ? 'archive-unsupported' : 'archive-damaged';
    const reason = error.problem === 'damaged' ? 'other' : error.problem;
    return failure(job, reason, id, { archive: path, detail: error.message }, error);
  }
  const failed = asFailure(job, error, path);
  return failed.reason === 'not-found'
    ? failure(job, 'not-found', 'archive-missing', { archive: path }, error)
    : failed;
}

async function readManifest(archive: string, job: Job): Promise<Manifest | undefined> {
  const path = manifestPath(archive);
  try {
    return parseManifest(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    if (error instanceof ManifestError)
      throw failure(job, 'other', 'manifest-unreadable', { manifest: path, detail: error.message }, error);
    throw asFailure(job, error, path);
  }
}

/** The first thing in which an archive is not what its manifest says. */
function differsFromManifest(archive: Archive, manifest: Manifest): string | undefined {
  const { size, sha256 } = manifest.archive;
  const found = new Map(fileSums(archive.contents).map((file) => [nameOf(file), file]));
  for (const file of manifest.files) {
    const other = found.get(nameOf(file));
    if (!other || other.sha256 !== file.sha256 || other.size !== file.size) return shown(nameOf(file));
    found.delete(nameOf(file));
  }
  const [extra] = found.keys();
  if (extra !== undefined) return shown(extra);
  return archive.size === size && archive.sha256 === sha256 ? undefined : 'SHA-256';
}
