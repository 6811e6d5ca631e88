// The door to VS Code: wires the parts together and starts each only when it is needed. Until one of our files is open or
// the view is looked at, nothing runs but a cheap look at what the user opens.
import * as vscode from 'vscode';
import { registerCommands } from './commands/table.ts';
import { Language } from './language.ts';
import { whenOneOfOurs } from './ourFiles.ts';
import { EngineHub } from './tree/engineHub.ts';
import { VolumesTree } from './tree/volumesTree.ts';
import { EffectiveStorageDocuments } from './ui/effectiveStorage.ts';
import { JudgedItem } from './ui/judgedItem.ts';

/** What tests look at; other extensions should not rely on it. */
export interface Stowage {
  readonly volumes: VolumesTree;
  /** What the status bar says of the active file. */
  readonly judged: vscode.LanguageStatusItem;
}

export function activate(context: vscode.ExtensionContext): Stowage {
  const log = vscode.window.createOutputChannel('Stowage', { log: true });
  const hub = new EngineHub(log);
  const volumes = new VolumesTree(hub);
  const view = vscode.window.createTreeView('stowage.volumes', { treeDataProvider: volumes });
  context.subscriptions.push(log, hub, volumes, view);
  const language = new Language();
  const judged = new JudgedItem(language);
  const explanations = new EffectiveStorageDocuments(language);
  context.subscriptions.push(language, judged, explanations);
  language.startsWith(async () => {
    // Loaded only now: a window in which none of our files is opened does not pay for it.
    const { startLanguageClient } = await import('./languageClient.ts');
    const module = context.asAbsolutePath('server/dist/language-server.js');
    try {
      context.subscriptions.push(await startLanguageClient({ module, log, hub, language }));
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      language.started(undefined);
      throw error;
    }
  });
  context.subscriptions.push(...registerCommands({ context, log, hub, language, explanations }));
  context.subscriptions.push(whenOneOfOurs(() => language.start()));
  return { volumes, judged: judged.item };
}
