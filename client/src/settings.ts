// The settings that this side reads, each with its default; package.json says the same, held together by a test.
// The server's own table is server/src/lsp/settings.ts.
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as vscode from 'vscode';

export const clientSettings = {
  'engines.docker': '',
  'engines.folders': [] as readonly string[],
  'backup.folder': '',
  'backup.compression': 'zstd',
} as const;

/** The value of a text setting; one of another type counts as not set. */
export function textSetting(key: 'engines.docker' | 'backup.folder' | 'backup.compression'): string {
  const value: unknown = vscode.workspace.getConfiguration('stowage').get(key);
  return typeof value === 'string' ? value.trim() : clientSettings[key];
}

/** Folders whose subfolders are volumes, absolute. */
export function volumeFolders(): string[] {
  const value: unknown = vscode.workspace.getConfiguration('stowage').get('engines.folders');
  const folders = Array.isArray(value) ? value : [];
  return folders.filter((folder) => typeof folder === 'string' && folder !== '').map(absolute);
}

/** Where backups go by default, absolute; undefined where the setting is empty. */
export function backupFolder(): string | undefined {
  const folder = textSetting('backup.folder');
  return folder === '' ? undefined : absolute(folder);
}

/** `~/` is the home folder; what is relative lies in the workspace's first folder. */
function absolute(path: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  const base = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return isAbsolute(path) || base === undefined ? path : resolve(base, path);
}
