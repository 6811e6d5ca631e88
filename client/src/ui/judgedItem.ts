// The item beside the language in the status bar: what the active file of ours is judged for, and why. A click lets the user
// choose. The same look tells menus which open files are ours.
import * as vscode from 'vscode';
import { type JudgedFor, judgedForRequest } from '../../../server/src/lsp/protocol.ts';
import type { Language } from '../language.ts';
import { isOurs, selector } from '../ourFiles.ts';

export class JudgedItem implements vscode.Disposable {
  readonly item = vscode.languages.createLanguageStatusItem('stowage.judgedFor', []);
  readonly #language: Language;
  readonly #listeners: vscode.Disposable[];
  readonly #ours = new Set<string>();

  constructor(language: Language) {
    this.#language = language;
    this.item.name = vscode.l10n.t('Engine version (Stowage)');
    this.item.command = {
      command: 'stowage.chooseEngineVersion',
      title: vscode.l10n.t('Choose Version…'),
    };
    const show = () => void this.#show().catch(() => undefined);
    this.#listeners = [
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#mark(uri, false)),
      language.onDidJudge((uri) => {
        if (uri.toString() === vscode.window.activeTextEditor?.document.uri.toString()) show();
      }),
    ];
    show();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.item.dispose();
  }

  async #show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const ours = document !== undefined && isOurs(document);
    if (document !== undefined) this.#mark(document.uri, ours);
    const judged = ours
      ? await this.#language.ask<JudgedFor>(judgedForRequest, { uri: document.uri.toString() })
      : undefined;
    // Another file became active meanwhile: its own look shows it.
    if (document !== vscode.window.activeTextEditor?.document) return;
    this.item.selector = judged === undefined ? [] : selector;
    if (judged === undefined) return;
    this.item.text = `${judged.engine} ${judged.version} · ${originName(judged.origin)}`;
    this.item.detail = judged.family === 'daemon' && judged.platform === 'windows' ? 'Windows' : '';
  }

  #mark(uri: vscode.Uri, ours: boolean): void {
    if (this.#ours.has(uri.fsPath) === ours) return;
    if (ours) this.#ours.add(uri.fsPath);
    else this.#ours.delete(uri.fsPath);
    void vscode.commands.executeCommand('setContext', 'stowage.files', [...this.#ours]);
  }
}

/** Where a version came from, in few words. */
export function originName(origin: JudgedFor['origin']): string {
  switch (origin) {
    case 'setting':
      return vscode.l10n.t('setting');
    case 'beside':
      return '.docker-version';
    case 'engine':
      return vscode.l10n.t('connected engine');
    case 'newest':
      return vscode.l10n.t('newest known');
  }
}
