// Asks where backups go: the folder of the setting or the last one first, any other by the folder dialog.
import * as vscode from 'vscode';
import { backupFolder } from '../settings.ts';

const lastKey = 'stowage.lastBackupFolder';

/** The folder that backups are looked for and written to first: the setting, else the last one chosen. */
export function usualFolder(context: vscode.ExtensionContext): string | undefined {
  return backupFolder() ?? context.globalState.get<string>(lastKey);
}

export async function pickBackupFolder(context: vscode.ExtensionContext): Promise<string | undefined> {
  const usual = usualFolder(context);
  if (usual !== undefined) {
    const other = vscode.l10n.t('Another folder…');
    const title = vscode.l10n.t('Back up to which folder?');
    const answer = await vscode.window.showQuickPick([usual, other], { title });
    if (answer !== other) return answer;
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Back up to which folder?'),
      openLabel: vscode.l10n.t('Back Up Here'),
      ...(usual === undefined ? {} : { defaultUri: vscode.Uri.file(usual) }),
    })) ?? [];
  if (chosen === undefined) return undefined;
  await context.globalState.update(lastKey, chosen.fsPath);
  return chosen.fsPath;
}
