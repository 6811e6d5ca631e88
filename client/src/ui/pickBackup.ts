// Asks for a backup: those of the usual folder, newest first, or any file.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { bytes } from './amounts.ts';
import { usualFolder } from './pickBackupFolder.ts';

/** `<volume>_<UTC time>.tar`, compressed or not. */
const archiveName = /^(.+)_(\d{8}T\d{6}Z)(?:-\d+)?\.tar(?:\.zst|\.gz)?$/;

/** The manifest that lies beside an archive. */
export function manifestOf(archive: string): string {
  return `${archive}.json`;
}

/** The volume that an archive's name tells; for other tools' archives the name without its endings. */
export function volumeOf(archive: string): string {
  const name = basename(archive);
  return archiveName.exec(name)?.[1] ?? name.replace(/\.(tar(\.\w+)?|tgz)$/, '');
}

/** The path of a backup that the user chose. With a volume, its own backups are offered. */
export async function pickBackup(
  context: vscode.ExtensionContext,
  volume?: string,
): Promise<string | undefined> {
  const folder = usualFolder(context);
  const found = folder === undefined ? [] : await backupsIn(folder, volume);
  if (found.length > 0) {
    const browse = { label: vscode.l10n.t('Another file…'), description: '', path: undefined };
    const title = vscode.l10n.t('Which backup?');
    const answer = await vscode.window.showQuickPick([...found, browse], { title });
    if (answer === undefined || answer.path !== undefined) return answer?.path;
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Which backup?'),
      filters: { [vscode.l10n.t('Backups')]: ['zst', 'gz', 'tgz', 'tar'] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(folder) }),
    })) ?? [];
  return chosen?.fsPath;
}

async function backupsIn(folder: string, volume: string | undefined) {
  const names = await readdir(folder).catch(() => []);
  const ours = names.flatMap((name) => {
    const [, of = '', time = ''] = archiveName.exec(name) ?? [];
    return of === '' || (volume !== undefined && of !== volume) ? [] : [{ name, of, time }];
  });
  ours.sort((a, b) => b.time.localeCompare(a.time));
  return Promise.all(
    ours.map(async ({ name, of, time }) => {
      const path = join(folder, name);
      const size = await stat(path).then(
        ({ size }) => bytes(size),
        () => '',
      );
      return { label: `$(archive) ${of}`, description: `${localTime(time)} · ${size}`, path };
    }),
  );
}

/** `20261122T013000Z` as this place writes a time. */
function localTime(time: string): string {
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return new Date(iso).toLocaleString(vscode.env.language);
}
