// One file as a loader opens it, and what a loader gives back.
import { type FileRead, readFile } from './fileValues.ts';
import type { Values } from './merge.ts';
import type { ListedFile, PresentFile, Stop, StorageQuestion } from './types.ts';

export interface Loaded {
  readonly read: readonly ListedFile[];
  readonly values: Values;
  /** Up to 1.62: what was read before the file that counts, of which only folders are taken that this one does not set. */
  readonly inherited?: Values;
  /** Up to 1.58: the file must set both folders. */
  readonly strict?: true;
  /** Up to 1.62: no file was decoded, and STORAGE_DRIVER and STORAGE_OPTS are looked at only then. */
  readonly deaf?: true;
  readonly stop?: Stop;
  /** Files that would have been read had the tool not stopped. */
  readonly unreached?: readonly string[];
}

/** A file that could not be read where the tool would stop, or what it says. */
export type Tried = { readonly stop: Stop } | { readonly read: FileRead };

/** Reads a file that the loader opens; where it decodes, what it says. */
export function tryFile({ path, text, state }: PresentFile, version: string): Tried {
  if (state === 'folder') return { stop: { reason: 'folder', file: path } };
  const read = readFile(text ?? '', version);
  const { refused } = read;
  return refused === undefined ? { read } : { stop: { reason: 'refused', file: path, ...refused } };
}

export function fileAt({ files }: StorageQuestion, path: string): PresentFile | undefined {
  return files.find((file) => file.path === path);
}
