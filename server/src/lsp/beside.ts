// What lies around open documents on the disk, for this door: which files are watched, and URIs made paths.
import { fileURLToPath } from 'node:url';
import type { DidChangeWatchedFilesRegistrationOptions, InitializeParams } from 'vscode-languageserver';
import { versionFile } from '../beside/dockerVersion.ts';
import { mayHaveBeside, readBeside } from '../beside/read.ts';
import type { Beside } from '../core/finding.ts';

/** What a client that can is asked to watch. Files outside of its folders are read again when a document is opened or saved. */
export const watched: DidChangeWatchedFilesRegistrationOptions = {
  watchers: [versionFile, 'docker.service', 'docker.service.d/*.conf', 'override.conf'].map((name) => ({
    globPattern: `**/${name}`,
  })),
};

/** The folders of the workspace: no version is looked for above them. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

/** What files near a document say; nothing of one that does not lie on this disk. A `.docker-version` that does not fit is logged once. */
export function besideReader(log: (message: string) => void): (uri: string, stops: string[]) => Beside {
  const told = new Set<string>();
  const passedOver = (path: string) => {
    if (!told.has(path))
      log(`${path}: one line such as "28.5" or "28.5 windows" expected, it is passed over`);
    told.add(path);
  };
  return (uri, stops) => {
    const path = pathOf(uri);
    return path === undefined || !mayHaveBeside(path) ? {} : readBeside(path, { stops, passedOver });
  };
}

function pathOf(uri: string): string | undefined {
  try {
    // A folder's URI may end with a slash, a path does not.
    return uri.startsWith('file:') ? fileURLToPath(uri).replace(/(?<=.)[\\/]$/, '') : undefined;
  } catch {
    return undefined;
  }
}
