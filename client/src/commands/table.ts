// Every command of the extension, by id; package.json says the same, held together by a test.
import * as vscode from 'vscode';
import type { Language } from '../language.ts';
import type { EngineHub } from '../tree/engineHub.ts';
import type { TreeNode } from '../tree/volumesTree.ts';
import type { EffectiveStorageDocuments } from '../ui/effectiveStorage.ts';
import { type BackUpOptions, backUpVolume } from './backUpVolume.ts';
import { chooseEngineVersion, type VersionOptions } from './chooseEngineVersion.ts';
import { copyVolumeName } from './copyVolumeName.ts';
import { type ExplainOptions, explainStorage, refreshStorage } from './explainStorage.ts';
import { newStorageConf, type TemplateOptions } from './newStorageConf.ts';
import { refreshVolumes } from './refreshVolumes.ts';
import { type RestoreOptions, restoreBackup, restoreVolume } from './restoreVolume.ts';
import { revealBackup } from './revealBackup.ts';
import { showLog } from './showLog.ts';
import { updateForEngine } from './updateForEngine.ts';
import { verifyBackup } from './verifyBackup.ts';

/** What every command may use. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly hub: EngineHub;
  readonly language: Language;
  readonly explanations: EffectiveStorageDocuments;
}

type Options = BackUpOptions & RestoreOptions & VersionOptions & TemplateOptions & ExplainOptions;

const commands: Readonly<
  Record<string, (services: Services, node?: TreeNode, options?: Options) => unknown>
> = {
  'stowage.backUpVolume': backUpVolume,
  'stowage.restoreVolume': restoreVolume,
  'stowage.restoreBackup': (services, _node, options) => restoreBackup(services, options),
  'stowage.verifyBackup': (services, _node, options) => verifyBackup(services, options?.archive),
  'stowage.revealBackup': (services, _node, options) => revealBackup(services, options?.archive),
  'stowage.refreshVolumes': refreshVolumes,
  'stowage.copyVolumeName': (_services, node) => copyVolumeName(node),
  'stowage.chooseEngineVersion': (services, _node, options) => chooseEngineVersion(services, options),
  'stowage.updateForEngine': (services, _node, options) => updateForEngine(services, options),
  'stowage.newStorageConf': (services, _node, options) => newStorageConf(services, options),
  'stowage.explainStorage': (services, _node, options) => explainStorage(services, options),
  'stowage.refreshStorage': refreshStorage,
  'stowage.showLog': showLog,
};

export function registerCommands(services: Services): vscode.Disposable[] {
  return Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, (first?: TreeNode | vscode.Uri, second?: Options) => {
      // VS Code passes a node of the tree, or the file of an editor's tab, then what else is selected; only our own callers
      // pass options.
      const options = Array.isArray(second) || second === null ? undefined : second;
      return first instanceof vscode.Uri
        ? run(services, undefined, { ...(typeof options?.version === 'string' && options), uri: first })
        : run(services, first, options);
    }),
  );
}
