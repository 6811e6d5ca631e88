// Asks for a backup: those of the usual folder, newest first, or any file.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { listBackups } from '../../../server/src/backup/store.ts';
import { bytes } from './amounts.ts';
import { usualFolder } from './pickBackupFolder.ts';

/** The volume that an archive's name tells; for other tools' archives the name without its endings. */
export function volumeOf(archive: string): string {
  return basename(archive).replace(/(_\d{8}T\d{6}Z)?\.(tar(\.\w+)?|tgz)$/, '');
}

/** The path of a backup that the user chose. With a volume, its own backups are offered. */
export async function pickBackup(
  context: vscode.ExtensionContext,
  volume?: string,
): Promise<string | undefined> {
  const folder = usualFolder(context);
  const found = await backupsIn(folder, volume);
  const title = vscode.l10n.t('Which backup?');
  if (found.length > 0) {
    const browse = { label: vscode.l10n.t('Another file…'), path: undefined };
    const answer = await vscode.window.showQuickPick([...found, browse], { title });
    if (answer === undefined || answer.path !== undefined) return answer?.path;
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      filters: { [vscode.l10n.t('Backups')]: ['zst', 'gz', 'tgz', 'tar'] },
      ...(existsSync(folder) ? { defaultUri: vscode.Uri.file(folder) } : {}),
    })) ?? [];
  return chosen?.fsPath;
}

/** A folder that is not there yet holds no backups. */
async function backupsIn(folder: string, volume: string | undefined) {
  const backups = await listBackups(folder).catch(() => []);
  return backups
    .filter((backup) => volume === undefined || backup.volume === volume)
    .map(({ archive, volume: name, time, size }) => ({
      label: `$(archive) ${name}`,
      description: `${new Date(time).toLocaleString(vscode.env.language)} · ${bytes(size)}`,
      path: archive,
    }));
}
