// The documents that show an effective storage configuration: read-only, asked of the language server, with links to the files
// that values come from. Asked anew on Refresh and when a storage.conf is saved.
import * as vscode from 'vscode';
import {
  type EffectiveStorageAnswer,
  type EffectiveStorageParams,
  effectiveStorageRequest,
} from '../../../server/src/lsp/protocol.ts';
import type { Language } from '../language.ts';

export const effectiveScheme = 'stowage-effective';

/** What a document is of; its name says so in the tab, its folder gives it the language. */
export function effectiveUri(params: EffectiveStorageParams, name: string): vscode.Uri {
  const path = `/containers/storage.conf.d/${name.replaceAll('/', '-')}.conf`;
  return vscode.Uri.from({ scheme: effectiveScheme, path, query: JSON.stringify(params) });
}

export class EffectiveStorageDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider
{
  readonly #language: Language;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #answers = new Map<string, EffectiveStorageAnswer>();
  readonly #registered: vscode.Disposable;

  constructor(language: Language) {
    this.#language = language;
    this.#registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(effectiveScheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: effectiveScheme }, this),
      vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
        if (languageId === 'containers-storage-conf') this.refresh();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#answers.delete(uri.toString())),
    );
  }

  /** The last answer for a document. */
  answer(uri: vscode.Uri): EffectiveStorageAnswer | undefined {
    return this.#answers.get(uri.toString());
  }

  /** Asks anew for every document that is open. */
  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === effectiveScheme) this.#changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const params: EffectiveStorageParams = JSON.parse(uri.query);
    const answer = await this.#language.askAnyway<EffectiveStorageAnswer>(effectiveStorageRequest, params);
    if (answer === undefined)
      return `# ${vscode.l10n.t('The language server of Stowage did not start. The log says why.')}\n`;
    this.#answers.set(uri.toString(), answer);
    return answer.text;
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.answer(uri)?.links ?? []).map(({ range: { start, end }, uri: file, line }) => {
      const target = vscode.Uri.parse(file).with({ fragment: `L${line}` });
      return new vscode.DocumentLink(
        new vscode.Range(start.line, start.character, end.line, end.character),
        target,
      );
    });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
