// Restores an archive: verified first, written, read back and compared. A new volume that fails is removed again.
// Replacing keeps a verified undo backup until the new content is proven; on failure or cancel the old content comes back.

import * as fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Engine, EngineError, type Volume, type VolumeSpec } from '../engine/port.ts';
import { mapTar } from '../tar/map.ts';
import { archiveName, below, plainName, shown } from '../tar/names.ts';
import { type Archive, archiveFailure, inspectArchive, openArchive } from './archive.ts';
import { compareContents, type Difference, targetOf } from './compare.ts';
import { zstdHere } from './compress.ts';
import { type Contents, contentBytes, contentsReader, type Item } from './contents.ts';
import { asFailure, checkCancelled, failure, type Job, warn } from './job.ts';
import { planBackup, runBackup } from './run.ts';
import { manifestPath } from './store.ts';
import { type TopChoice, topFolder } from './top.ts';

export interface RestoreRequest {
  readonly engine: Engine;
  readonly archive: string;
  /** Without it, the name in the manifest. */
  readonly into?: string;
  readonly replace: boolean;
  /** What to do with a single folder at the top of another tool's archive; without it, by its name. */
  readonly top?: TopChoice;
  /** Where the old content is kept while it is replaced. */
  readonly undoFolder: string;
}

/** A restore that can be made: the archive is verified, nothing is changed yet. */
export interface RestorePlan extends RestoreRequest {
  readonly verified: Archive;
  readonly spec: VolumeSpec;
  /** The volume that is replaced. */
  readonly existing?: Volume;
  readonly folder: string;
  readonly expected: Contents;
}

export interface RestoreResult {
  readonly volume: string;
  readonly bytes: number;
  readonly entries: number;
  /** Ids of what this engine could not write. */
  readonly incomplete: readonly string[];
}

/** Verifies the archive and looks whether it can be restored. @throws EngineError with the reason why not */
export async function planRestore(request: RestoreRequest, job: Job): Promise<RestorePlan> {
  const { engine } = request;
  if (!engine.can.has('write') || !engine.can.has('create'))
    throw failure(job, 'read-only', 'engine-cannot', { engine: engine.id });
  // What is known from the names is refused before gigabytes are read.
  if (request.into !== undefined) await existingOrRefuse(request, request.into, job);
  const verified = await inspectArchive(request.archive, job);
  const name = request.into ?? verified.manifest?.volume.name;
  if (name === undefined) throw failure(job, 'other', 'needs-name', { archive: request.archive });
  const existing = await existingOrRefuse(request, name, job);
  if (!verified.manifest) warn(job, 'no-manifest', { archive: request.archive });
  const top = verified.manifest ? { folder: '' } : topFolder(verified.contents, request.top);
  if ('doubt' in top && top.doubt !== undefined)
    warn(job, top.folder === '' ? 'top-folder-kept' : 'top-folder-dropped', { folder: shown(top.doubt) });
  const expected = checkedContents(verified.contents, top.folder, request.archive, job);
  const spec = existing ? specOf(existing) : specFrom(verified, engine, name);
  return { ...request, verified, spec, folder: top.folder, expected, ...(existing ? { existing } : {}) };
}

async function existingOrRefuse(
  request: RestoreRequest,
  name: string,
  job: Job,
): Promise<Volume | undefined> {
  const existing = await inspectOrNone(request.engine, name);
  if (!existing) return undefined;
  if (!request.replace) throw failure(job, 'exists', 'volume-exists', { volume: name });
  if (existing.usedBy.length > 0) {
    const users = existing.usedBy.map((user) => user.name).join(', ');
    throw failure(job, 'in-use', 'volume-in-use', { volume: name, users });
  }
  // Removing such a volume does not empty it: its files lie where its options point.
  if (existing.options['device'] !== undefined || !request.engine.can.has('remove'))
    throw failure(job, 'unsupported', 'volume-elsewhere', { volume: name });
  return existing;
}

async function inspectOrNone(engine: Engine, name: string): Promise<Volume | undefined> {
  try {
    return await engine.inspect(name);
  } catch (error) {
    if (error instanceof EngineError && error.reason === 'not-found') return undefined;
    throw error;
  }
}

function specOf({ name, driver, options, labels }: Volume): VolumeSpec {
  return { name, driver, options, labels };
}

/** Drivers and options mean something to the kind of engine that they came from only; labels to all. */
function specFrom({ manifest }: Archive, engine: Engine, name: string): VolumeSpec {
  if (!manifest) return { name };
  const { driver, options, labels } = manifest.volume;
  return manifest.engine.kind === engine.kind ? { name, driver, options, labels } : { name, labels };
}

/** What the volume shall hold, by names relative to its root. @throws EngineError where the archive holds what no volume can */
function checkedContents(contents: Contents, top: string, archive: string, job: Job): Contents {
  const refuse = (detail: string) => failure(job, 'unsupported', 'archive-unsupported', { archive, detail });
  const placed = new Map<string, Item>();
  for (const item of contents.values()) {
    const name = below(item.name, top);
    if (name === undefined) continue;
    if (item.type === 'sparse' || item.type === 'other') throw refuse(`${item.type}: ${shown(item.name)}`);
    if (name === '' && item.type !== 'directory') throw refuse(`${item.type}: ./`);
    if (item.type !== 'hard-link') placed.set(name, { ...item, name });
    else {
      const link = below(item.link, top);
      if (
        link === undefined ||
        !contents.has(item.link) ||
        contents.get(targetOf(contents, item.name))?.type === 'hard-link'
      )
        throw refuse(`hard link: ${shown(item.name)} → ${shown(item.link)}`);
      placed.set(name, { ...item, name, link });
    }
  }
  return placed;
}

/** Restores what was planned. @throws EngineError; then the engine holds what it held before */
export async function runRestore(plan: RestorePlan, job: Job): Promise<RestoreResult> {
  try {
    checkCancelled(job);
    const incomplete = plan.existing ? await replaceVolume(plan, job) : await fillNew(plan, job);
    for (const id of incomplete)
      warn(job, id === 'owners' ? 'lost-owners' : 'lost-times', { volume: plan.spec.name });
    const { expected } = plan;
    return { volume: plan.spec.name, bytes: contentBytes(expected), entries: expected.size, incomplete };
  } catch (error) {
    throw asFailure(job, error, plan.archive);
  }
}

async function fillNew(plan: RestorePlan, job: Job): Promise<string[]> {
  const { engine, spec } = plan;
  await engine.create(spec);
  try {
    await expectEmpty(plan, job);
    return await fill(plan, job);
  } catch (error) {
    // Files that we did not write: somebody else made the volume a moment ago. Only where they lie elsewhere is it ours.
    const theirs =
      error instanceof EngineError && error.reason === 'exists' && spec.options?.['device'] === undefined;
    if (theirs) throw error;
    // What failed is told either way; that the volume could not be removed again is told besides.
    try {
      await engine.remove(spec.name);
    } catch (left) {
      warn(job, 'new-volume-left', {
        volume: spec.name,
        detail: left instanceof Error ? left.message : String(left),
      });
    }
    throw error;
  }
}

/** A new volume whose options point at a place that holds files already must not be written over. */
async function expectEmpty({ engine, spec }: RestorePlan, job: Job): Promise<void> {
  const found = await readContents(engine, spec.name, job, undefined);
  if ([...found.keys()].some((name) => name !== ''))
    throw failure(job, 'exists', 'volume-not-empty', { volume: spec.name });
}

async function replaceVolume(plan: RestorePlan, job: Job): Promise<string[]> {
  const { engine, spec } = plan;
  const undoPlan = await planBackup(
    {
      engine,
      volume: spec.name,
      folder: plan.undoFolder,
      compression: { kind: zstdHere() ? 'zstd' : 'gzip', level: 1 },
    },
    job,
  );
  const undo = await runBackup(undoPlan, { ...job, report: undoReport(job) });
  job.report({
    event: 'kept',
    archive: undo.archive,
    message: job.say('undo-kept', { archive: undo.archive }),
  });
  let incomplete: string[];
  try {
    checkCancelled(job);
    await engine.remove(spec.name);
    await engine.create(spec);
    incomplete = await fill(plan, job);
  } catch (error) {
    await putBack(plan, undo.archive, job);
    throw error;
  }
  // The new content is proven: that its undo backup cannot be removed does not undo it.
  await Promise.allSettled(
    [manifestPath(undo.archive), undo.archive].map((path) => fs.rm(path, { force: true })),
  );
  return incomplete;
}

/** The undo backup is a part of this job: its start and end are not the job's. */
function undoReport(job: Job): Job['report'] {
  return (event) => {
    if (event.event === 'progress' || event.event === 'warning') job.report(event);
  };
}

/** Undoes what was begun; cancelling does not stop this. */
async function putBack(plan: RestorePlan, undo: string, job: Job): Promise<void> {
  const { engine, spec } = plan;
  const unstoppable: Job = { ...job, signal: new AbortController().signal };
  try {
    if (await inspectOrNone(engine, spec.name)) {
      // Refused before it was emptied (a container took hold of it): then it still is as it was.
      if (
        compareContents(
          (await inspectArchive(undo, unstoppable)).contents,
          await readContents(engine, spec.name, unstoppable),
        ).length === 0
      ) {
        warn(job, 'old-content-back', { volume: spec.name });
        return;
      }
      await engine.remove(spec.name);
    }
    await engine.create(spec);
    const verified = await inspectArchive(undo, unstoppable);
    await fill({ ...plan, archive: undo, verified, folder: '', expected: verified.contents }, unstoppable);
    warn(job, 'old-content-back', { volume: spec.name });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const taken = error instanceof EngineError && error.reason === 'in-use';
    warn(job, taken ? 'volume-taken' : 'old-content-lost', { volume: spec.name, archive: undo, detail });
  }
}

/** Writes the contents and reads them back. Gives the ids of what could not be kept; any other difference throws. */
async function fill(plan: RestorePlan, job: Job): Promise<string[]> {
  const { engine, spec, expected } = plan;
  await engine.write(spec.name, Readable.from(placedTar(plan, job), { objectMode: false }), job.signal);
  checkCancelled(job);
  const found = await readContents(engine, spec.name, job, plan.verified.size);
  const differences = compareContents(expected, found);
  const lost = new Set(differences.flatMap((difference) => lostBy(difference, engine) ?? []));
  const wrong = differences.find((difference) => lostBy(difference, engine) === undefined);
  if (wrong)
    throw failure(job, 'other', 'restore-differs', {
      volume: spec.name,
      name: wrong.name || './',
      what: wrong.what,
    });
  return [...lost];
}

/** Owners where this process may not give files away, times everywhere: their loss is told and does not undo a restore. */
function lostBy({ what }: Difference, engine: Engine): 'owners' | 'times' | undefined {
  if (what === 'time') return 'times';
  return what === 'owner' && engine.loses.includes('owners') ? 'owners' : undefined;
}

async function* placedTar(plan: RestorePlan, job: Job): AsyncGenerator<Buffer> {
  let bytesRead = 0;
  let bytesWritten = 0;
  const source = openArchive(plan.archive, (chunk) => {
    bytesRead += chunk.length;
  });
  let entries = 0;
  const placed = mapTar(source, (entry, name) => {
    const to = below(name, plan.folder);
    if (to === undefined) return undefined;
    entries += 1;
    const link = entry.type === 'hard-link' ? (below(plainName(entry.link), plan.folder) ?? '') : entry.link;
    return { path: archiveName(to, entry.type === 'directory'), link };
  });
  try {
    for await (const chunk of placed) {
      checkCancelled(job);
      bytesWritten += chunk.length;
      const counts = { bytesRead, bytesWritten, entries, totalBytes: plan.verified.size };
      job.report({ event: 'progress', phase: 'write', ...counts });
      yield chunk;
    }
  } catch (error) {
    throw archiveFailure(error, plan.archive, job);
  }
}

async function readContents(
  engine: Engine,
  volume: string,
  job: Job,
  totalBytes?: number,
): Promise<Contents> {
  const contents = contentsReader();
  let bytesRead = 0;
  for await (const chunk of (await engine.read(volume, job.signal)) as AsyncIterable<Buffer>) {
    checkCancelled(job);
    contents.push(chunk);
    bytesRead += chunk.length;
    const total = totalBytes === undefined ? {} : { totalBytes };
    job.report({
      event: 'progress',
      phase: 'check',
      bytesRead,
      bytesWritten: 0,
      entries: contents.entries,
      ...total,
    });
  }
  return contents.finish();
}
