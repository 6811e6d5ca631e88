// Asks where backups go: the usual folder first, any other by the folder dialog, which makes that the usual one.
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { backupFolder } from '../settings.ts';

const lastKey = 'stowage.lastBackupFolder';

/** The folder that backups are looked for and written to first: the setting, else the last one chosen, else one in the home folder. */
export function usualFolder(context: vscode.ExtensionContext): string {
  // Not the workspace, where a backup would soon be committed with the code.
  return backupFolder() ?? context.globalState.get<string>(lastKey) ?? join(homedir(), 'stowage-backups');
}

/** The chosen folder, which exists then; undefined where the user chose none. */
export async function pickBackupFolder(context: vscode.ExtensionContext): Promise<string | undefined> {
  const usual = usualFolder(context);
  const other = vscode.l10n.t('Another folder…');
  const title = vscode.l10n.t('Back up to which folder?');
  const answer = await vscode.window.showQuickPick([usual, other], { title });
  if (answer === usual) await mkdir(usual, { recursive: true });
  if (answer !== other) return answer;
  const openLabel = vscode.l10n.t('Back Up Here');
  const only = { canSelectFiles: false, canSelectFolders: true };
  const [chosen] = (await vscode.window.showOpenDialog({ ...only, title, openLabel })) ?? [];
  if (chosen === undefined) return undefined;
  await context.globalState.update(lastKey, chosen.fsPath);
  return chosen.fsPath;
}
