// Reads files that lie beside the repository: real configuration files that tests use where they are at hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const shared = resolve(repository, '../shared');

export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

/** The files of a folder under `../shared` (`corpus/k8s`), folders below it included. Absent: says so in one line and gives none. */
export function corpusFiles(folder: string): CorpusFile[] {
  const path = join(shared, folder);
  if (existsSync(path)) return filesIn(path);
  console.log(`left out: ../shared/${folder} is not here`);
  return [];
}

/** The text of a single file under `../shared`, or undefined where it is absent. */
export function sharedText(name: string): string | undefined {
  const path = join(shared, name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  console.log(`left out: ../shared/${name} is not here`);
  return undefined;
}

/** The files below a folder of the repository, names relative to it. */
export function repositoryFiles(folder: string): CorpusFile[] {
  return filesIn(join(repository, folder));
}

function filesIn(path: string): CorpusFile[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: file.slice(path.length + 1), text: readFileSync(file, 'utf8') }));
}
