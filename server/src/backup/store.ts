// Backups in a folder: their names, the marks of unfinished ones, the list. A file without `.partial` is a whole backup.
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Manifest, parseManifest } from './manifest.ts';

export const PARTIAL = '.partial';

/** One backup in a folder. Without a readable manifest the name alone tells. */
export interface StoredBackup {
  readonly archive: string;
  readonly volume: string;
  /** RFC 3339. */
  readonly time: string;
  /** Bytes of the archive. */
  readonly size: number;
  readonly manifest?: Manifest;
}

/** Milliseconds after which nobody is still between the last two steps of a backup. */
const RENAME_TAKES = 600_000;

const NAME = /^(.+)_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(\.tar(?:\.zst|\.gz)?)$/s;

/** The backups that lie in a folder, newest first. @throws where the folder cannot be read */
export async function listBackups(folder: string): Promise<StoredBackup[]> {
  const found = await Promise.all(
    (await fs.readdir(folder)).map(async (name): Promise<StoredBackup[]> => {
      const parts = NAME.exec(name);
      if (!parts) return [];
      const [, volume = '', y, mo, d, h, mi, s] = parts;
      const archive = join(folder, name);
      const { size } = await fs.stat(archive);
      const manifest = await manifestOf(archive);
      const time = `${y}-${mo}-${d}T${h}:${mi}:${s}Z`;
      return [{ archive, volume, time, size, ...(manifest ? { manifest } : {}) }];
    }),
  );
  return found.flat().sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
}

async function manifestOf(archive: string): Promise<Manifest | undefined> {
  return readManifest(manifestPath(archive));
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    return parseManifest(await fs.readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The archive's name with `.json` behind it. */
export function manifestPath(archive: string): string {
  return `${archive}.json`;
}

/** A name that no backup in the folder has yet: a second later where two fall into the same one. */
export async function freeName(folder: string, volume: string, now: Date, suffix: string): Promise<string> {
  const taken = new Set(await fs.readdir(folder));
  for (let time = now.getTime(); ; time += 1000) {
    const stamp = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
    const base = `${volume}_${stamp}`;
    const names = [`${base}${suffix}`, `${base}${suffix}.json`];
    if (!names.some((name) => taken.has(name) || taken.has(`${name}${PARTIAL}`)))
      return join(folder, `${base}${suffix}`);
  }
}

/** Who writes a `.partial`: enough to see later whether that job still lives. */
export function jobMark(): string {
  return `${JSON.stringify({ job: { pid: process.pid, host: hostname() } })}\n`;
}

/**
 * Clears away what killed jobs left in a folder. Jobs that live, and those of other machines, are let alone.
 * A backup that was killed between its last two steps is whole and verified: it gets its name.
 */
export async function sweepPartials(folder: string): Promise<void> {
  const names = new Set(await fs.readdir(folder));
  for (const name of names) {
    if (!name.endsWith(PARTIAL)) continue;
    const path = join(folder, name);
    const final = path.slice(0, -PARTIAL.length);
    if (name.endsWith(`.json${PARTIAL}`)) await sweepMarked(path, final);
    else if (NAME.test(name.slice(0, -PARTIAL.length))) {
      const manifest = await manifestOf(final);
      if (manifest) await finishRename(path, final, manifest.archive.size);
    }
  }
}

/** The mark of a job, or the manifest that took its place once the archive was verified. */
async function sweepMarked(path: string, final: string): Promise<void> {
  const archive = `${final.slice(0, -'.json'.length)}${PARTIAL}`;
  const manifest = await readManifest(path);
  if (manifest && (await isOld(path))) {
    const whole = await fs.stat(archive).catch(() => undefined);
    if (whole?.size === manifest.archive.size) {
      await fs.rename(path, final);
      await fs.rename(archive, archive.slice(0, -PARTIAL.length));
      return;
    }
  }
  // A mark or manifest that was cut short by a kill tells nobody's name: by its age its writer is gone.
  const nameless = !manifest && readMark(path) === undefined && (await isOld(path));
  if (!nameless && !ownerIsDead(path)) return;
  await fs.rm(archive, { force: true });
  await fs.rm(path, { force: true });
}

async function isOld(path: string): Promise<boolean> {
  return Date.now() - (await fs.stat(path)).mtimeMs > RENAME_TAKES;
}

/** A young one may be a living job's, just between its last two steps. */
async function finishRename(path: string, final: string, expectedSize: number): Promise<void> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.size === expectedSize && (await isOld(path))) await fs.rename(path, final);
}

function ownerIsDead(path: string): boolean {
  const job = readMark(path);
  return job !== undefined && job.host === hostname() && !isAlive(job.pid);
}

function readMark(path: string): { readonly pid: number; readonly host: unknown } | undefined {
  try {
    const mark: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof mark !== 'object' || mark === null || !('job' in mark)) return undefined;
    const job = mark.job;
    if (typeof job !== 'object' || job === null || !('pid' in job) || !('host' in job)) return undefined;
    return typeof job.pid === 'number' ? { pid: job.pid, host: job.host } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine still runs; one that we may not signal does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
