// Tells that a job failed: what, why, and the log one click away.
import * as vscode from 'vscode';

export async function tellFailure(log: vscode.LogOutputChannel, what: string, why: string): Promise<void> {
  log.error(`${what} ${why}`);
  const show = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(`${what} ${why}`, show)) === show) log.show(true);
}
