// New storage.conf…: one of the templates in an editor of its own; where it is saved, the user says.
import * as vscode from 'vscode';
import { storageLanguage } from '../../../server/src/core/recognise.ts';
import { type Templates, templateRequest } from '../../../server/src/lsp/protocol.ts';
import type { Services } from './table.ts';

export interface TemplateOptions {
  /** Asked where it is not given. */
  readonly template?: string;
}

/** Gives the document that was opened, or undefined where the user chose none. */
export async function newStorageConf(
  { language }: Services,
  options?: TemplateOptions,
): Promise<vscode.TextDocument | undefined> {
  const known = await language.askAnyway<Templates>(templateRequest, {});
  if (known === undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The language server of Stowage did not start. The log says why.'),
    );
    return undefined;
  }
  const items = known.templates.map(({ name, title, about, text }) => ({
    label: title,
    detail: about,
    name,
    text,
  }));
  const title = vscode.l10n.t('New storage.conf for containers/storage {0}', known.version);
  const chosen =
    options?.template === undefined
      ? await vscode.window.showQuickPick(items, { title, matchOnDetail: true })
      : items.find(({ name }) => name === options.template);
  if (chosen === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument({
    language: storageLanguage,
    content: chosen.text,
  });
  await vscode.window.showTextDocument(document);
  return document;
}
