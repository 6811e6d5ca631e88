// The language client: starts the server's bundle in a process of its own and speaks with it over Node IPC.
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { languages } from './ourFiles.ts';

/** Starts the server; disposing what comes back ends it. `module` is the path of its bundle. */
export async function startLanguageClient(
  module: string,
  log: vscode.LogOutputChannel,
): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    'stowage',
    'Stowage',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: languages.flatMap((language) =>
        ['file', 'untitled'].map((scheme) => ({ scheme, language })),
      ),
      synchronize: { configurationSection: 'stowage' },
      outputChannel: log,
      diagnosticCollectionName: 'stowage',
    },
  );
  await client.start();
  return { dispose: () => void client.stop() };
}
