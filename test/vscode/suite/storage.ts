// Cases of the trusted suite: completing and folding a storage.conf, and a new one from a template.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Case, codeOf, rest, until, workspaceFile } from './harness.ts';

export const storageCases: readonly Case[] = [
  ['completion of storage.conf puts quotes around a boolean', completes],
  ['tables of storage.conf fold', folds],
  ['a new storage.conf is judged before it has a name', fromTemplate],
  ['a new storage.conf is chosen from a list', fromList],
];

/** An editor of the language with a text that is saved nowhere. */
async function editorOf(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'containers-storage-conf', content });
  return vscode.window.showTextDocument(document);
}

async function close(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

async function completes(): Promise<void> {
  const editor = await editorOf(
    '[storage]\ndriver = "overlay"\n\n[storage.options.overlay]\nignore_chown_errors = \n',
  );
  const end = editor.document.lineAt(4).range.end;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    editor.document.uri,
    end,
  );
  const ours = list.items.find(({ label }) => (typeof label === 'string' ? label : label.label) === 'true');
  assert.ok(ours, 'true is not offered');
  const { insertText } = ours;
  assert.equal(typeof insertText === 'string' ? insertText : insertText?.value, '"true"');
  await close();
}

async function folds(): Promise<void> {
  const { document } = await editorOf(
    '# one\n# two\n[storage]\ndriver = "vfs"\n\n# above\n[storage.options]\nsize = "1G"\n',
  );
  const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
    'vscode.executeFoldingRangeProvider',
    document.uri,
  );
  assert.deepEqual(
    ranges.map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [2, 3],
      [6, 7],
    ],
  );
  await close();
}

/** The codes of our diagnostics of the active file. */
function said(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'stowage')
    .map(codeOf);
}

async function fromTemplate(): Promise<void> {
  const document = await vscode.commands.executeCommand<vscode.TextDocument | undefined>(
    'stowage.newStorageConf',
    undefined,
    { template: 'rootless' },
  );
  assert.ok(document);
  assert.deepEqual([document.languageId, document.isUntitled], ['containers-storage-conf', true]);
  assert.deepEqual(said(document.uri), []);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, 'nodev = 1\n');
  assert.ok(await vscode.workspace.applyEdit(edit));
  await until('the finding', () => said(document.uri).includes('unknown-key') || undefined);
  await close();
}

/** By keyboard: the second template is the one for a user without root. */
async function fromList(): Promise<void> {
  await vscode.window.showTextDocument(workspaceFile('docker/daemon.json'));
  const asking = vscode.commands.executeCommand<vscode.TextDocument | undefined>('stowage.newStorageConf');
  await until('the list of templates', rest());
  await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  const document = await asking;
  assert.match(document?.getText() ?? '', /~\/\.config\/containers\/storage\.conf/);
  await close();
}
