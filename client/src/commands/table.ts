// Every command of the extension, by id; package.json says the same, held together by a test.
import * as vscode from 'vscode';
import type { EngineHub } from '../tree/engineHub.ts';
import type { TreeNode } from '../tree/volumesTree.ts';
import { type BackUpOptions, backUpVolume } from './backUpVolume.ts';
import { copyVolumeName } from './copyVolumeName.ts';
import { refreshVolumes } from './refreshVolumes.ts';
import { type RestoreOptions, restoreBackup, restoreVolume } from './restoreVolume.ts';
import { revealBackup } from './revealBackup.ts';
import { showLog } from './showLog.ts';
import { verifyBackup } from './verifyBackup.ts';

/** What every command may use. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly hub: EngineHub;
}

const commands: Readonly<
  Record<string, (services: Services, node?: TreeNode, options?: BackUpOptions & RestoreOptions) => unknown>
> = {
  'stowage.backUpVolume': backUpVolume,
  'stowage.restoreVolume': restoreVolume,
  'stowage.restoreBackup': (services, _node, options) => restoreBackup(services, options),
  'stowage.verifyBackup': (services, _node, options) => verifyBackup(services, options?.archive),
  'stowage.revealBackup': (services, _node, options) => revealBackup(services, options?.archive),
  'stowage.refreshVolumes': refreshVolumes,
  'stowage.copyVolumeName': (_services, node) => copyVolumeName(node),
  'stowage.showLog': showLog,
};

export function registerCommands(services: Services): vscode.Disposable[] {
  return Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, (node?: TreeNode, options?: BackUpOptions & RestoreOptions) =>
      // VS Code passes the node, then all selected ones; only our own callers pass options.
      run(services, node, Array.isArray(options) ? undefined : options),
    ),
  );
}
