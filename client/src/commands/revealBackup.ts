// Reveal Backup: shows an archive where it lies: in the explorer where the workspace holds it, else in the system's file
// manager; in a browser, which has none, its manifest is opened.
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { manifestPath } from '../../../server/src/backup/store.ts';
import { pickBackup } from '../ui/pickBackup.ts';
import type { Services } from './table.ts';

export async function revealBackup({ context }: Services, archive?: string): Promise<void> {
  const chosen = archive ?? (await pickBackup(context));
  if (chosen === undefined) return;
  const uri = vscode.Uri.file(chosen);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else if (existsSync(manifestPath(chosen))) {
    await vscode.window.showTextDocument(vscode.Uri.file(manifestPath(chosen)));
  } else {
    await vscode.window.showInformationMessage(chosen);
  }
}
