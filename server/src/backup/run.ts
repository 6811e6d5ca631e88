// Makes one backup: read, pack, write under `.partial`, read back, compare, manifest, rename. On failure or cancel nothing is kept.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Engine, EngineError, type Loss, type Volume } from '../engine/port.ts';
import { TarError } from '../tar/header.ts';
import { shown } from '../tar/names.ts';
import { readWhole } from './archive.ts';
import { type Compression, compress, SUFFIXES, zstdHere } from './compress.ts';
import { type Contents, contentBytes, contentsReader } from './contents.ts';
import { asFailure, checkCancelled, failure, type Job, type JobWordId, warn } from './job.ts';
import {
  describeUsers,
  describeVolume,
  fileSums,
  formatManifest,
  type Incomplete,
  jsonName,
  nameOf,
} from './manifest.ts';
import { freeName, jobMark, manifestPath, PARTIAL, sweepPartials } from './store.ts';

export interface BackupRequest {
  readonly engine: Engine;
  readonly volume: string;
  /** Made where it is missing. */
  readonly folder: string;
  readonly compression: Compression;
}

/** A backup that can be made: nothing is written yet. */
export interface BackupPlan extends BackupRequest {
  readonly found: Volume;
}

export interface BackupResult {
  readonly archive: string;
  /** Of the archive. */
  readonly bytes: number;
  readonly entries: number;
  readonly incomplete: readonly Incomplete[];
}

/** Looks whether the backup can be made. @throws EngineError with the reason why not */
export async function planBackup(request: BackupRequest, job: Job): Promise<BackupPlan> {
  if (request.compression.kind === 'zstd' && !zstdHere()) throw failure(job, 'too-old', 'needs-zstd');
  const found = await request.engine.inspect(request.volume);
  if (!request.engine.can.has('read'))
    throw failure(job, 'unsupported', 'engine-cannot', { engine: request.engine.id });
  return { ...request, found };
}

/** Makes the backup that was planned. @throws EngineError; then nothing of it is left */
export async function runBackup(plan: BackupPlan, job: Job): Promise<BackupResult> {
  const { engine, volume, folder } = plan;
  job.report({ event: 'start', job: 'backup', volume, engine: engine.id });
  try {
    await fs.mkdir(folder, { recursive: true });
    await sweepPartials(folder);
    return await makeBackup(plan, await reserve(plan), job);
  } catch (error) {
    throw asFailure(job, error, folder);
  }
}

/** The path of the archive. The mark beside it tells whose the unfinished files are, should this process be killed. */
async function reserve(plan: BackupPlan): Promise<string> {
  for (;;) {
    const archive = await freeName(plan.folder, plan.volume, new Date(), SUFFIXES[plan.compression.kind]);
    try {
      await writeSynced(`${manifestPath(archive)}${PARTIAL}`, jobMark(), 'wx');
      return archive;
    } catch (error) {
      // Another job took the name a moment ago.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function makeBackup(plan: BackupPlan, archive: string, job: Job): Promise<BackupResult> {
  const manifest = manifestPath(archive);
  const started = new Date().toISOString();
  const made = [`${manifest}${PARTIAL}`];
  try {
    const written = await writeArchive(plan, `${archive}${PARTIAL}`, made, job);
    const entries = written.contents.size;
    await verifyWritten(`${archive}${PARTIAL}`, written, job);
    job.report({ event: 'verified', archive, bytes: written.size, entries });
    const text = await manifestText(plan, archive, written, started);
    await writeSynced(`${manifest}${PARTIAL}`, text, 'w');
    checkCancelled(job);
    // The archive gets its name last: with it, the backup is whole.
    await fs.rename(`${manifest}${PARTIAL}`, manifest);
    made.push(manifest);
    // After a power cut there may be a manifest without its archive, never the reverse.
    await syncFolder(dirname(archive));
    await fs.rename(`${archive}${PARTIAL}`, archive);
    made.push(archive);
    await syncFolder(dirname(archive));
    const incomplete = summarise(written.lost);
    for (const loss of incomplete) warnLost(loss, job);
    return { archive, bytes: written.size, entries, incomplete };
  } catch (error) {
    // One that cannot be removed must neither keep the others nor hide the cause.
    await Promise.allSettled(made.map((path) => fs.rm(path, { force: true })));
    throw error;
  }
}

interface Written {
  readonly size: number;
  readonly sha256: string;
  readonly contents: Contents;
  readonly lost: readonly Loss[];
}

async function writeArchive(plan: BackupPlan, path: string, made: string[], job: Job): Promise<Written> {
  const hash = createHash('sha256');
  const contents = contentsReader();
  const lost: Loss[] = [];
  let bytesRead = 0;
  let size = 0;
  const file = await fs.open(path, 'wx', 0o600);
  made.push(path);
  async function* observed(): AsyncGenerator<Buffer> {
    const source = await plan.engine.read(plan.volume, job.signal, (loss) => lost.push(loss));
    for await (const chunk of source as AsyncIterable<Buffer>) {
      checkCancelled(job);
      contents.push(chunk);
      bytesRead += chunk.length;
      job.report({
        event: 'progress',
        phase: 'read',
        bytesRead,
        bytesWritten: size,
        entries: contents.entries,
      });
      yield chunk;
    }
  }
  try {
    for await (const packed of compress(observed(), plan.compression)) {
      await file.writeFile(packed);
      hash.update(packed);
      size += packed.length;
    }
    const whole = contents.finish();
    await file.sync();
    return { size, sha256: hash.digest('hex'), contents: whole, lost };
  } catch (error) {
    throw error instanceof TarError || (error instanceof EngineError && error.reason === 'truncated')
      ? failure(job, 'truncated', 'read-truncated', { volume: plan.volume, detail: error.message }, error)
      : error;
  } finally {
    await file.close();
  }
}

/** What lies on the disk must be what was read: every byte of the archive, every file in it. */
async function verifyWritten(path: string, written: Written, job: Job): Promise<void> {
  const read = await readWhole(path, job, written.size).catch((error: unknown) => {
    throw job.signal.aborted ? error : failure(job, 'other', 'read-back-differs', { archive: path }, error);
  });
  const same =
    read.sha256 === written.sha256 &&
    read.contents.size === written.contents.size &&
    [...written.contents.values()].every((item) => {
      const other = read.contents.get(item.name);
      return other !== undefined && other.sha256 === item.sha256 && other.type === item.type;
    });
  if (!same) throw failure(job, 'other', 'read-back-differs', { archive: path });
}

async function manifestText(
  plan: BackupPlan,
  archive: string,
  written: Written,
  started: string,
): Promise<string> {
  const { engine, found, compression } = plan;
  const state = await engine.probe();
  return formatManifest({
    version: 1,
    archive: {
      name: basename(archive),
      size: written.size,
      sha256: written.sha256,
      compression: compression.kind,
    },
    volume: describeVolume(found),
    engine: {
      kind: engine.kind,
      product: state.state === 'ready' ? state.product : engine.kind,
      version: state.state === 'ready' ? state.version : '',
    },
    read: { through: engine.kind === 'folder' ? 'files' : 'archive-api', loses: engine.loses },
    usedBy: describeUsers(found.usedBy),
    started,
    ended: new Date().toISOString(),
    entries: written.contents.size,
    contentBytes: contentBytes(written.contents),
    incomplete: summarise(written.lost),
    files: fileSums(written.contents),
  });
}

/** Names enough to find them again; the count tells the rest. */
const NAMES_KEPT = 100;

function summarise(lost: readonly Loss[]): Incomplete[] {
  const ids = [...new Set(lost.map(({ id }) => id))];
  return ids.map((id) => {
    const names = lost.filter((loss) => loss.id === id).map(({ name }) => jsonName(name));
    return { id, count: names.length, names: names.slice(0, NAMES_KEPT) };
  });
}

const LOST_WORDS: Readonly<Record<string, JobWordId>> = { sockets: 'lost-sockets' };

function warnLost({ id, count, names }: Incomplete, job: Job): void {
  const word = LOST_WORDS[id];
  const [first] = names;
  if (word && first) warn(job, word, { count: String(count), name: shown(nameOf(first)) });
}

async function writeSynced(path: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  const file = await fs.open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    // On a full disk a file can be made and not be filled.
    if (flags === 'wx') await fs.rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** A rename is safe from a power cut only when its folder is synced; where folders cannot be opened (Windows) the system sees to it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
