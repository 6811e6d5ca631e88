// Asks for a version of the engine that a file is for, and writes the setting that chooses it.
import * as vscode from 'vscode';
import { type JudgedFor, judgedForRequest } from '../../../server/src/lsp/protocol.ts';
import type { Language } from '../language.ts';
import { isOurs } from '../ourFiles.ts';

export interface OurFile {
  readonly document: vscode.TextDocument;
  readonly judged: JudgedFor;
}

/** The file that a command is about: the named one, else the active one. Says so where it is none of ours. */
export async function ourFile(language: Language, uri?: vscode.Uri): Promise<OurFile | undefined> {
  const document =
    uri === undefined
      ? vscode.window.activeTextEditor?.document
      : await vscode.workspace.openTextDocument(uri);
  const judged =
    document !== undefined && isOurs(document)
      ? await language.ask<JudgedFor>(judgedForRequest, { uri: document.uri.toString() })
      : undefined;
  if (document !== undefined && judged !== undefined) return { document, judged };
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Open a daemon.json, a storage.conf or a Kubernetes storage manifest first.'),
  );
  return undefined;
}

/** '' where the version is to be found, undefined where the user chose nothing. */
export async function pickVersion(
  { engine, known, knownIn, version, family }: JudgedFor,
  title: string,
  automatic: boolean,
): Promise<string | undefined> {
  const found =
    family === 'daemon'
      ? vscode.l10n.t('what .docker-version says, else the connected engine, else the newest known')
      : vscode.l10n.t('the newest known');
  const none = { label: vscode.l10n.t('Automatic'), description: found, version: '' };
  const now = /^\d+\.\d+/.exec(version)?.[0];
  const numbers = known.toReversed().map((one, index) => ({
    label: `${engine} ${one}`,
    description: [
      ...(knownIn[one] === undefined ? [] : [knownIn[one]]),
      ...(index === 0 ? [vscode.l10n.t('newest known')] : []),
      ...(one === now ? [vscode.l10n.t('this file now')] : []),
    ].join(' · '),
    version: one,
  }));
  const items = automatic ? [none, ...numbers] : numbers;
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.version;
}

/** Writes the setting where it counts for the file: in the folder of a workspace with several, in the workspace, else for the user. '' takes it away. */
export async function writeVersion({ document, judged }: OurFile, version: string): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inside = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  const target =
    folders.length === 0
      ? vscode.ConfigurationTarget.Global
      : inside && folders.length > 1
        ? vscode.ConfigurationTarget.WorkspaceFolder
        : vscode.ConfigurationTarget.Workspace;
  const settings = vscode.workspace.getConfiguration(undefined, document.uri);
  const user = settings.inspect<string>(judged.setting)?.globalValue;
  // An empty one is needed only where the user's own would count otherwise.
  const cleared = user && target !== vscode.ConfigurationTarget.Global ? '' : undefined;
  await settings.update(judged.setting, version === '' ? cleared : version, target);
}
