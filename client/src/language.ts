// The way to the language server for commands and the status item: they may ask before it runs, and are answered once it does.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { UpdatePlan } from '../../server/src/lsp/protocol.ts';

export class Language implements vscode.Disposable {
  readonly #started = Promise.withResolvers<LanguageClient | undefined>();
  readonly #judged = new vscode.EventEmitter<vscode.Uri>();
  /** The server has judged a document. */
  readonly onDidJudge = this.#judged.event;

  #start: (() => Promise<void>) | undefined;

  /** How the server is started, once. */
  startsWith(start: () => Promise<void>): void {
    let running: Promise<void> | undefined;
    this.#start = () => {
      running ??= start();
      return running;
    };
  }

  /** Starts the server where it does not run yet. @throws what kept it from starting */
  async start(): Promise<void> {
    await this.#start?.();
  }

  /** Called once: with the client when it runs, with undefined where it did not start. */
  started(client: LanguageClient | undefined): void {
    this.#started.resolve(client);
  }

  judged(uri: vscode.Uri): void {
    this.#judged.fire(uri);
  }

  /** The answer to a request; undefined where there is none. Files of ours start the server, as does `askAnyway`. */
  async ask<T>(request: string, params: object): Promise<T | undefined> {
    const client = await this.#started.promise;
    return (await client?.sendRequest<T | null>(request, params)) ?? undefined;
  }

  /** The same where none of our files may be open: the server is started for it; undefined where that fails. */
  async askAnyway<T>(request: string, params: object): Promise<T | undefined> {
    await this.start().catch(() => undefined);
    return this.ask(request, params);
  }

  /** An edit of the server as one of VS Code's. */
  async toEdit(edit: UpdatePlan['edit']): Promise<vscode.WorkspaceEdit | undefined> {
    const client = await this.#started.promise;
    return edit === null ? undefined : client?.protocol2CodeConverter.asWorkspaceEdit(edit);
  }

  dispose(): void {
    this.#judged.dispose();
  }
}
