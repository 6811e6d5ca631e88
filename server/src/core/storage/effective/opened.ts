// One file as a loader opens it, and what a loader gives back.
import { type FileRead, readFile } from './fileValues.ts';
import type { Values } from './merge.ts';
import type { ListedFile, PresentFile, Stop, StorageQuestion } from './types.ts';

export interface Loaded {
  readonly read: readonly ListedFile[];
  readonly values: Values;
  /** Up to 1.62: what users without root get of the file of the system when their own sets no graphroot. */
  readonly inherited?: Values;
  readonly stop?: Stop;
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
