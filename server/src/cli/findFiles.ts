// The files under what was named: folders are searched for names that could be ours, links are not followed.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Found {
  readonly files: readonly string[];
  /** Files that were named themselves. */
  readonly named: ReadonlySet<string>;
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

const passedOver = new Set(['.git', 'node_modules', '.hg', '.svn']);

/** Files in the order in which they were named, folders sorted by name. */
export function findFiles(paths: readonly string[]): Found {
  const files: string[] = [];
  const named = new Set<string>();
  const errors: { file: string; message: string }[] = [];
  const search = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = folder === '.' ? entry.name : join(folder, entry.name);
      if (entry.isFile() && /\.(json|ya?ml|conf)$/i.test(entry.name)) files.push(path);
      if (entry.isDirectory() && !passedOver.has(entry.name)) attempt(path, () => search(path));
    }
  };
  const attempt = (file: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      errors.push({ file, message: error instanceof Error ? error.message : String(error) });
    }
  };
  for (const path of paths) {
    attempt(path, () => {
      if (statSync(path).isDirectory()) return search(path);
      named.add(path);
      files.push(path);
    });
  }
  return { files: [...new Set(files)], named, errors };
}
