// The manifest beside an archive: what the backup is, how it was made, and the sums that prove it. Version 1; fields are only ever added.
import type { User, Volume } from '../engine/port.ts';
import type { Contents } from './contents.ts';

/** A name in JSON: as text, or where its bytes are not UTF-8, in base 64. */
export type JsonName = { readonly path: string } | { readonly pathBase64: string };

export type FileSum = JsonName & { readonly size: number; readonly sha256: string };

/** Something that could not be kept: an id of the doors' words, how often, and the first names. */
export interface Incomplete {
  readonly id: string;
  readonly count: number;
  readonly names: readonly JsonName[];
}

export interface Manifest {
  readonly version: 1;
  readonly archive: {
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
    readonly compression: string;
  };
  readonly volume: {
    readonly name: string;
    readonly driver: string;
    readonly options: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
    /** Options whose value looks like a secret and was left out. */
    readonly secretOptions: readonly string[];
  };
  readonly engine: { readonly kind: string; readonly product: string; readonly version: string };
  /** How the contents were read, and what this way never keeps. */
  readonly read: { readonly through: string; readonly loses: readonly string[] };
  readonly usedBy: readonly {
    readonly id: string;
    readonly name: string;
    readonly running: boolean;
    readonly done: string;
  }[];
  readonly started: string;
  readonly ended: string;
  readonly entries: number;
  /** Bytes of all regular files. */
  readonly contentBytes: number;
  readonly incomplete: readonly Incomplete[];
  readonly files: readonly FileSum[];
}

/** Thrown by parseManifest; `message` says which field is wrong. */
export class ManifestError extends Error {}

export function jsonName(name: string): JsonName {
  const bytes = Buffer.from(name, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { path: text } : { pathBase64: bytes.toString('base64') };
}

export function nameOf(name: JsonName): string {
  return 'path' in name
    ? Buffer.from(name.path, 'utf8').toString('latin1')
    : Buffer.from(name.pathBase64, 'base64').toString('latin1');
}

/** The sums of all regular files, in the order of the archive. */
export function fileSums(contents: Contents): FileSum[] {
  return [...contents.values()].flatMap(({ name, size, sha256 }) =>
    sha256 === undefined ? [] : [{ ...jsonName(name), size, sha256 }],
  );
}

const SECRET = /pass|secret|token|credential|private|api_?key|access_?key/i;

/** The volume as the manifest tells it: option values that look like secrets stay out (`o=username=a,password=b` loses its password). */
export function describeVolume(volume: Volume): Manifest['volume'] {
  const secretOptions: string[] = [];
  const options: Record<string, string> = {};
  for (const [key, value] of Object.entries(volume.options)) {
    const kept = SECRET.test(key) ? [] : value.split(',').filter((part) => !SECRET.test(part));
    if (SECRET.test(key) || kept.length < value.split(',').length) secretOptions.push(key);
    if (kept.length > 0) options[key] = kept.join(',');
  }
  return { name: volume.name, driver: volume.driver, options, labels: { ...volume.labels }, secretOptions };
}

export function describeUsers(users: readonly User[]): Manifest['usedBy'] {
  return users.map(({ id, name, running }) => ({ id, name, running, done: 'nothing' }));
}

/** The bytes of a manifest: one line per file, so that it can be read and compared by people too. */
export function formatManifest(manifest: Manifest): string {
  const { files, ...rest } = manifest;
  const head = JSON.stringify(rest, undefined, 2).replace(/\n\}$/, '');
  const lines = files.map((file) => `    ${JSON.stringify(file)}`);
  return `${head},\n  "files": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** A manifest from its text, every field looked at. @throws ManifestError */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ManifestError(error instanceof Error ? error.message : 'not JSON');
  }
  const top = record(value, 'the manifest');
  if (top['version'] !== 1)
    throw new ManifestError(`version is ${JSON.stringify(top['version'])}, this Stowage reads 1`);
  const archive = record(top['archive'], 'archive');
  const volume = record(top['volume'], 'volume');
  const engine = record(top['engine'], 'engine');
  const read = record(top['read'], 'read');
  return {
    version: 1,
    archive: {
      name: textAt(archive, 'name'),
      size: count(archive, 'size'),
      sha256: sha(archive),
      compression: textAt(archive, 'compression'),
    },
    volume: {
      name: textAt(volume, 'name'),
      driver: textAt(volume, 'driver'),
      options: texts(volume['options'], 'volume.options'),
      labels: texts(volume['labels'], 'volume.labels'),
      secretOptions: list(volume['secretOptions'], 'volume.secretOptions').map(String),
    },
    engine: {
      kind: textAt(engine, 'kind'),
      product: textAt(engine, 'product'),
      version: textAt(engine, 'version'),
    },
    read: { through: textAt(read, 'through'), loses: list(read['loses'], 'read.loses').map(String) },
    usedBy: list(top['usedBy'], 'usedBy').map((one) => {
      const user = record(one, 'usedBy');
      return {
        id: textAt(user, 'id'),
        name: textAt(user, 'name'),
        running: user['running'] === true,
        done: textAt(user, 'done'),
      };
    }),
    started: textAt(top, 'started'),
    ended: textAt(top, 'ended'),
    entries: count(top, 'entries'),
    contentBytes: count(top, 'contentBytes'),
    incomplete: list(top['incomplete'], 'incomplete').map((one) => {
      const lost = record(one, 'incomplete');
      const names = list(lost['names'], 'incomplete.names').map((name) =>
        toName(record(name, 'incomplete.names')),
      );
      return { id: textAt(lost, 'id'), count: count(lost, 'count'), names };
    }),
    files: list(top['files'], 'files').map((one) => {
      const file = record(one, 'files');
      return { ...toName(file), size: count(file, 'size'), sha256: sha(file) };
    }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ManifestError(`${where} is not an object`);
  return value as Fields;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ManifestError(`${where} is not a list`);
  return value;
}

function textAt(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== 'string') throw new ManifestError(`${key} is not a text`);
  return value;
}

function count(fields: Fields, key: string): number {
  const value = fields[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new ManifestError(`${key} is not a count`);
  return value;
}

function sha(fields: Fields): string {
  const value = textAt(fields, 'sha256');
  if (!/^[0-9a-f]{64}$/.test(value)) throw new ManifestError('sha256 is not a SHA-256 in hex');
  return value;
}

function texts(value: unknown, where: string): Record<string, string> {
  const entries = Object.entries(record(value, where));
  return Object.fromEntries(
    entries.map(([key, one]) => {
      if (typeof one !== 'string') throw new ManifestError(`${where}.${key} is not a text`);
      return [key, one];
    }),
  );
}

function toName(fields: Fields): JsonName {
  return typeof fields['pathBase64'] === 'string'
    ? { pathBase64: fields['pathBase64'] }
    : { path: textAt(fields, 'path') };
}
