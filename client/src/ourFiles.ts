// Notices the first document that is one of ours. VS Code can start us only for a language as a whole, so every JSON and
// YAML file comes by here: the look must stay cheap.
import * as vscode from 'vscode';
import { recognise } from '../../server/src/core/recognise.ts';

/** Languages that our files are opened as. `properties` and `toml`: a storage.conf that does not lie in `containers/`. */
export const languages = ['json', 'jsonc', 'yaml', 'containers-storage-conf', 'properties', 'toml'] as const;

/** Documents that may be ours. */
export const selector: { readonly scheme: string; readonly language: string }[] = languages.flatMap(
  (language) => ['file', 'untitled'].map((scheme) => ({ scheme, language })),
);

/** Lines that suffice to see what a file is. */
const beginning = new vscode.Range(0, 0, 1500, 0);

/** Calls `start` once, at the first open document that is ours; a failure is told. */
export function whenOneOfOurs(start: () => Promise<void>): vscode.Disposable {
  const listeners: vscode.Disposable[] = [];
  const stop = () => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const look = (document: vscode.TextDocument) => {
    if (listeners.length === 0 || !isOurs(document)) return;
    stop();
    start().catch(() => {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The language server of Stowage did not start. The log says why.'),
      );
    });
  };
  listeners.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  for (const document of vscode.workspace.textDocuments) look(document);
  return { dispose: stop };
}

/** Whether a document is one of ours, by its place or its beginning. */
export function isOurs(document: vscode.TextDocument): boolean {
  if (!languages.some((language) => language === document.languageId)) return false;
  return recognise(document.uri.path, document.getText(beginning), document.languageId) !== undefined;
}
