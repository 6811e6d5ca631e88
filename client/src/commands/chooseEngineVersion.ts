// Choose Engine Version…: which version the active file is judged for, written as a setting of the workspace.
import * as vscode from 'vscode';
import { ourFile, pickVersion, writeVersion } from '../ui/engineVersion.ts';
import type { Services } from './table.ts';

export interface VersionOptions {
  readonly uri?: vscode.Uri;
  /** Asked where it is not given; '' lets it be found. */
  readonly version?: string;
}

/** Gives the version that was written, or undefined where the user chose none. */
export async function chooseEngineVersion(
  { language }: Services,
  options?: VersionOptions,
): Promise<string | undefined> {
  const file = await ourFile(language, options?.uri);
  if (file === undefined) return undefined;
  const title = vscode.l10n.t('Which {0} is this file for?', file.judged.engine);
  const version = options?.version ?? (await pickVersion(file.judged, title, true));
  if (version !== undefined) await writeVersion(file, version);
  return version;
}
