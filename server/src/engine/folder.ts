// A folder whose subfolders are volumes. An engine's own `volumes` folder (every subfolder holds `_data`) is read as what it is, and never written.
import { readdirSync, statSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { TarError } from '../tar/header.ts';
import { readFolder } from './folderRead.ts';
import { writeFolder } from './folderWrite.ts';
import {
  type Ability,
  type Engine,
  EngineError,
  type EngineState,
  type Volume,
  type VolumeEvent,
} from './port.ts';

/** The engine `folder=PATH`. Never throws here: a folder that is missing shows in probe(). */
export function openFolder(path: string): Engine {
  const root = resolve(path);
  const rescued = isEngineFolder(root);
  const abilities: Ability[] = rescued ? ['events', 'read'] : ['events', 'read', 'write', 'create', 'remove'];
  const contents = (volume: string) => join(root, checkedName(volume), rescued ? '_data' : '');
  const inspect = async (volume: string): Promise<Volume> => {
    if (!(await isFolder(contents(volume))))
      throw new EngineError('not-found', `${root} holds no volume "${volume}"`);
    return {
      name: volume,
      driver: rescued ? 'local' : 'folder',
      options: rescued ? await savedOptions(join(root, volume, 'opts.json')) : {},
      labels: {},
      mountpoint: contents(volume),
      usedBy: [],
    };
  };
  const refuseWriting = () => {
    if (rescued)
      throw new EngineError(
        'read-only',
        `${root} belongs to an engine: it is only read, so that nothing in it breaks`,
      );
  };
  return {
    id: `folder=${path}`,
    kind: 'folder',
    can: new Set(abilities),
    loses: process.getuid?.() === 0 ? ['xattrs', 'sparse'] : ['xattrs', 'sparse', 'owners'],
    probe: () => probe(root),
    list: async () => {
      const names = await translated(volumeNames(root));
      const found = await Promise.all(
        names.map((name) => (rescued ? inspectOrNone(inspect, name) : inspect(name))),
      );
      return found.filter((volume) => volume !== undefined);
    },
    watch: (signal) => watch(root, signal),
    inspect: (volume) => translated(inspect(volume)),
    create: async ({ name }) => {
      refuseWriting();
      await translated(fs.mkdir(contents(name), 0o755));
    },
    remove: async (volume) => {
      refuseWriting();
      await inspect(volume);
      await translated(fs.rm(contents(volume), { recursive: true }));
    },
    read: async (volume, signal, lost = () => undefined) => {
      await inspect(volume);
      return Readable.from(translatedParts(readFolder(contents(volume), signal, lost)), {
        objectMode: false,
      });
    },
    write: async (volume, tar, signal) => {
      refuseWriting();
      await inspect(volume);
      await translated(writeFolder(contents(volume), tar, signal));
    },
    close: async () => undefined,
  };
}

/** Docker and Podman keep each volume's contents in `NAME/_data`; loose files beside (metadata.db) do not count. */
function isEngineFolder(root: string): boolean {
  try {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return (
      folders.length > 0 && folders.every(({ name }) => statSync(join(root, name, '_data')).isDirectory())
    );
  } catch {
    return false;
  }
}

function checkedName(volume: string): string {
  if (
    volume === '' ||
    volume === '.' ||
    volume === '..' ||
    basename(volume) !== volume ||
    volume.includes('\0')
  )
    throw new EngineError('not-found', `"${volume}" cannot be the name of a volume in a folder`);
  return volume;
}

async function volumeNames(root: string): Promise<string[]> {
  const entries = await fs.readdir(root, { withFileTypes: true });
  // Hidden folders (.git, .cache) are tools' own; names that are not UTF-8 cannot be asked for by name.
  const named = ({ name }: { name: string }) => !name.startsWith('.') && !name.includes('\ufffd');
  return entries
    .filter((entry) => entry.isDirectory() && named(entry))
    .map(({ name }) => name)
    .sort();
}

async function inspectOrNone(inspect: (name: string) => Promise<Volume>, name: string) {
  try {
    return await inspect(name);
  } catch (error) {
    if (error instanceof EngineError && error.reason === 'not-found') return undefined;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await fs.lstat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw translate(error);
  }
}

async function probe(root: string): Promise<EngineState> {
  try {
    const stat = await fs.stat(root);
    if (!stat.isDirectory()) return { state: 'down', reason: 'not-found', detail: `${root} is not a folder` };
    await fs.access(root, fs.constants.R_OK | fs.constants.X_OK);
    return { state: 'ready', version: '1', product: 'folder', root };
  } catch (error) {
    const { reason, message } = translate(error);
    return { state: 'down', reason, detail: message };
  }
}

async function* watch(root: string, signal: AbortSignal): AsyncGenerator<VolumeEvent> {
  try {
    for await (const { filename } of fs.watch(root, { signal }))
      yield filename === null ? { kind: 'resync' } : { kind: 'changed', volume: filename };
  } catch (error) {
    if (!signal.aborted) throw translate(error);
  }
}

/** What Docker's local driver writes beside `_data`, in the words of `docker volume create --opt`. */
async function savedOptions(path: string): Promise<Record<string, string>> {
  try {
    const saved: unknown = JSON.parse(await fs.readFile(path, 'utf8'));
    if (typeof saved !== 'object' || saved === null) return {};
    const names: Readonly<Record<string, string>> = {
      MountType: 'type',
      MountOpts: 'o',
      MountDevice: 'device',
    };
    const found = Object.entries(saved).flatMap(([key, value]: [string, unknown]) => {
      const name = names[key];
      return name !== undefined && typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
    });
    return Object.fromEntries(found);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return {};
    throw translate(error);
  }
}

async function* translatedParts(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* parts;
  } catch (error) {
    throw translate(error);
  }
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translate(error);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function translate(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TarError)
    return new EngineError(error.problem === 'damaged' ? 'other' : error.problem, message, { cause: error });
  const reasons: Readonly<Record<string, EngineError['reason']>> = {
    ENOENT: 'not-found',
    EEXIST: 'exists',
    EACCES: 'denied',
    EPERM: 'denied',
    EROFS: 'read-only',
    ENOSPC: 'no-space',
    EDQUOT: 'no-space',
    ABORT_ERR: 'cancelled',
  };
  return new EngineError(reasons[codeOf(error) ?? ''] ?? 'other', message, { cause: error });
}
