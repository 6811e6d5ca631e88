// The way to the language server for commands and the status item: they may ask before it runs, and are answered once it does.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { UpdatePlan } from '../../server/src/lsp/protocol.ts';

export class Language implements vscode.Disposable {
  readonly #started = Promise.withResolvers<LanguageClient | undefined>();
  readonly #judged = new vscode.EventEmitter<vscode.Uri>();
  /** The server has judged a document. */
  readonly onDidJudge = this.#judged.event;

  readonly #wanted = new vscode.EventEmitter<void>();
  /** Somebody needs the server though none of our files is open. */
  readonly onDidWant = this.#wanted.event;

  /** Called once: with the client when it runs, with undefined where it did not start. */
  started(client: LanguageClient | undefined): void {
    this.#started.resolve(client);
  }

  judged(uri: vscode.Uri): void {
    this.#judged.fire(uri);
  }

  /** Starts the server where it does not run yet. */
  want(): void {
    this.#wanted.fire();
  }

  /** The answer to a request; undefined where there is none. Only for files of ours, or after `want`: nothing else starts the server. */
  async ask<T>(request: string, params: object): Promise<T | undefined> {
    const client = await this.#started.promise;
    return (await client?.sendRequest<T | null>(request, params)) ?? undefined;
  }

  /** An edit of the server as one of VS Code's. */
  async toEdit(edit: UpdatePlan['edit']): Promise<vscode.WorkspaceEdit | undefined> {
    const client = await this.#started.promise;
    return edit === null ? undefined : client?.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  dispose(): void {
    this.#judged.dispose();
    this.#wanted.dispose();
  }
}
