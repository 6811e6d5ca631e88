// Explain Effective Storage Configuration: what containers/storage takes from all its files on this machine, in a read-only
// document. Only reads, so it works in Restricted Mode too.
import * as vscode from 'vscode';
import { recognise } from '../../../server/src/core/recognise.ts';
import type { EffectiveStorageParams } from '../../../server/src/lsp/protocol.ts';
import { effectiveUri } from '../ui/effectiveStorage.ts';
import type { Services } from './table.ts';

export interface ExplainOptions {
  readonly uri?: vscode.Uri;
  /** Asked where it is not given and the file does not tell; 0 is root. */
  readonly uid?: number;
  /** A folder that holds a copy of a machine's files; this machine where missing. */
  readonly root?: string;
}

/** Gives the document, or undefined where the user chose nobody. */
export async function explainStorage(
  { explanations }: Services,
  options: ExplainOptions = {},
): Promise<vscode.TextDocument | undefined> {
  const about = options.uri ?? vscode.window.activeTextEditor?.document.uri;
  const uid = options.uid ?? userOf(about) ?? (await pickUser());
  if (uid === undefined) return undefined;
  const version = vscode.workspace
    .getConfiguration('stowage', about)
    .get<string>('containersStorage.version', '');
  const { root } = options;
  const params: EffectiveStorageParams = {
    uid,
    ...(/^\d+(\.\d+){0,2}$/.test(version) && { version }),
    ...(root !== undefined && { root }),
  };
  const who = uid === 0 ? 'root' : String(uid);
  const uri = effectiveUri(params, vscode.l10n.t('Effective storage configuration of {0}', who));
  const open = vscode.workspace.textDocuments.some((one) => one.uri.toString() === uri.toString());
  if (open) explanations.refresh();
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  if (explanations.answer(uri)?.read === 0) void offerNew();
  return document;
}

/** Draws all explanations anew. */
export function refreshStorage({ explanations }: Services): void {
  explanations.refresh();
}

/** Where the system has no numbers for users, root. */
function currentUser(): number {
  return process.getuid?.() ?? 0;
}

/** The one user that a file in the place it is read from can be about. */
function userOf(uri: vscode.Uri | undefined): number | undefined {
  const place = uri?.scheme === 'file' ? recognise(uri.path, '')?.place : undefined;
  if (place?.live !== true) return undefined;
  if (place.readers === 'root') return 0;
  const user = currentUser();
  return place.uid ?? (place.readers === 'rootless' && user !== 0 ? user : undefined);
}

async function pickUser(): Promise<number | undefined> {
  const user = currentUser();
  const root = { label: 'root', description: vscode.l10n.t('rootful'), uid: 0 };
  const me = {
    label: vscode.l10n.t('User {0}', user),
    description: vscode.l10n.t('this user, rootless'),
    uid: user,
  };
  const other = {
    label: vscode.l10n.t('Another user…'),
    description: vscode.l10n.t('rootless'),
    uid: undefined,
  };
  const rows = user === 0 ? [root, other] : [me, root, other];
  const title = vscode.l10n.t('Whose storage configuration?');
  const chosen = await vscode.window.showQuickPick(rows, { title });
  if (chosen === undefined || chosen.uid !== undefined) return chosen?.uid;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The number of the user, as `id -u` prints it'),
    validateInput: (text) =>
      /^[1-9]\d{0,8}$/.test(text) ? undefined : vscode.l10n.t('A number such as 1000 is expected.'),
  });
  return typed === undefined ? undefined : Number(typed);
}

async function offerNew(): Promise<void> {
  const command = 'stowage.newStorageConf';
  const known = await vscode.commands.getCommands(true);
  const make = vscode.l10n.t('New storage.conf');
  const said = vscode.l10n.t('There is no storage.conf for this user, so the built-in defaults count.');
  const answer = await vscode.window.showInformationMessage(said, ...(known.includes(command) ? [make] : []));
  if (answer === make) await vscode.commands.executeCommand(command);
}
