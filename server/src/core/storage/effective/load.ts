// What a loader reads, in order, and what the files say together, before defaults are filled in. Pure.
import { loadOld } from './loadOld.ts';
import { addFile, type Values } from './merge.ts';
import { fileAt, type Loaded, tryFile } from './opened.ts';
import { dropInsOf, foldersOf, hasDropIns, join } from './places.ts';
import type { ListedFile, PresentFile, StorageQuestion } from './types.ts';

export function load(question: StorageQuestion): Loaded {
  return hasDropIns(question.version) ? loadNew(question) : loadOld(question);
}

/** storage/pkg/configfile/parse.go:162-244, the same in containers/storage 1.63 to 1.65. */
function loadNew(question: StorageQuestion): Loaded {
  const { env, version } = question;
  const values: Values = new Map();
  const appending = new Map<string, boolean>();
  const read: ListedFile[] = [];
  const files = filesInOrder(question);
  for (const [index, file] of files.entries()) {
    if ('missing' in file) {
      const { missing, variable } = file;
      return { read, values: new Map(), stop: { reason: 'missing', file: missing, variable } };
    }
    if (file.state === 'dangling') continue;
    if (file.state === 'denied') {
      read.push({ path: file.path, passedOver: 'denied' });
      continue;
    }
    read.push({ path: file.path });
    const tried = tryFile(file, version);
    if ('stop' in tried) {
      const unreached = files.slice(index + 1).flatMap((one) => ('path' in one ? [one.path] : []));
      return { read, values: new Map(), stop: tried.stop, unreached };
    }
    addFile(values, appending, file.path, tried.read.values);
  }
  return { read, values };

  function filesInOrder(of: StorageQuestion): (PresentFile | { missing: string; variable: string })[] {
    const named = env['CONTAINERS_STORAGE_CONF'];
    const last = env['CONTAINERS_STORAGE_CONF_OVERRIDE'];
    const byVariable = (path: string | undefined, variable: string) => {
      if (!path) return [];
      const there = fileAt(of, path);
      return [there === undefined || there.state === 'dangling' ? { missing: path, variable } : there];
    };
    return [
      ...(named ? byVariable(named, 'CONTAINERS_STORAGE_CONF') : [...mainFile(of), ...dropInsOf(of)]),
      ...byVariable(last, 'CONTAINERS_STORAGE_CONF_OVERRIDE'),
    ];
  }
}

function mainFile(question: StorageQuestion): PresentFile[] {
  const found = foldersOf(question)
    .flatMap((folder) => fileAt(question, join(folder, 'storage.conf')) ?? [])
    .find(({ state }) => state !== 'dangling');
  return found === undefined ? [] : [found];
}
