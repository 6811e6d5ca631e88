// Cases of the trusted suite: which version a file is judged for, how a user chooses it, and how a file is brought to one.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { UpdatePlan } from '../../../server/src/lsp/protocol.ts';
import { type Case, diagnosticsOf, rest, stowage, takePicture, until, workspaceFile } from './harness.ts';

export const versionCases: readonly Case[] = [
  ['the status bar says what a file is judged for, and a command chooses', judgedFor],
  ['a .docker-version counts as soon as it is there', dockerVersion],
  ['a file is updated for a version in one step', updateFor],
];

/** Waits until the status bar says of the active file what matches. */
async function statusSays(wanted: RegExp): Promise<void> {
  const { judged } = await stowage();
  try {
    await until(`the status bar to say ${wanted}`, () => (wanted.test(judged.text) ? true : undefined));
  } catch {
    assert.match(judged.text, wanted);
  }
}

async function judgedFor(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  await vscode.window.showTextDocument(uri);
  await statusSays(/^Docker \d+\.\d+\S* · (newest known|connected engine)$/);
  const { judged } = await stowage();
  assert.equal(judged.command?.command, 'stowage.chooseEngineVersion');
  assert.notDeepEqual(judged.selector, []);
  const choose = (version?: string) =>
    vscode.commands.executeCommand<string | undefined>('stowage.chooseEngineVersion', undefined, { version });
  assert.equal(await choose('24.0'), '24.0');
  await statusSays(/^Docker 24\.0 · setting$/);
  const written = () =>
    vscode.workspace.getConfiguration('stowage', uri).inspect('docker.version')?.workspaceValue;
  assert.equal(written(), '24.0');
  await choose('');
  assert.equal(written(), undefined);
  await statusSays(/ · (newest known|connected engine)$/);

  // By keyboard: the first item lets the version be found, the second is the newest.
  const asking = choose();
  await until('the list of versions', rest());
  await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  assert.equal(await asking, '29.7');
  await statusSays(/^Docker 29\.7 · setting$/);
  await choose('');

  const claim = workspaceFile('kubernetes/orders-claim.yaml');
  await vscode.window.showTextDocument(claim);
  await statusSays(/^Kubernetes 1\.\d+ · newest known$/);
  const storage = workspaceFile('containers/storage.conf');
  await vscode.window.showTextDocument(storage);
  await statusSays(/^containers\/storage 1\.\d+ · newest known$/);
  await vscode.window.showTextDocument(workspaceFile('README.md'));
  await until(
    'the item to go',
    () => (Array.isArray(judged.selector) && judged.selector.length === 0) || undefined,
  );
}

async function dockerVersion(): Promise<void> {
  await vscode.window.showTextDocument(workspaceFile('docker/daemon.json'));
  const file = workspaceFile('.docker-version');
  await vscode.workspace.fs.writeFile(file, Buffer.from('27.5 windows\n'));
  await statusSays(/^Docker 27\.5 · \.docker-version$/);
  assert.equal((await stowage()).judged.detail, 'Windows');
  await takePicture('docker-version');
  await vscode.workspace.fs.delete(file);
  await statusSays(/ · (newest known|connected engine)$/);
}

async function updateFor(): Promise<void> {
  const uri = workspaceFile('old/docker/daemon.json');
  const text = '{\n  // until 2023\n  "storage-driver": "devicemapper",\n  "debug": true,\n}\n';
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  await diagnosticsOf(uri);
  const plan = await vscode.commands.executeCommand<UpdatePlan>('stowage.updateForEngine', uri, {
    version: '28.5',
  });
  assert.deepEqual(
    plan.applied.map(({ code }) => code),
    ['not-strict-json', 'not-strict-json'],
  );
  assert.deepEqual(
    plan.left.map(({ code }) => code),
    ['storage-driver-removed'],
  );
  assert.equal(document.getText(), '{\n  "storage-driver": "devicemapper",\n  "debug": true\n}\n');
  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), text, 'one step back');

  // As a user does it: the version, then what will be applied, then what is left to jump to.
  const asking = vscode.commands.executeCommand<UpdatePlan | undefined>('stowage.updateForEngine');
  const accept = () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  const changed = () => document.getText() !== text || undefined;
  await until('the list of versions', rest());
  await takePicture('update-version');
  await accept();
  await until('the plan', rest());
  assert.equal(changed(), undefined, 'nothing is applied before it was shown');
  await takePicture('update-plan');
  await accept();
  assert.equal((await asking)?.left.length, 1);
  await until('the list of what is left', rest());
  await accept();
  const editor = vscode.window.activeTextEditor;
  await until(
    'the jump',
    () => (editor && document.getText(editor.selection) === '"devicemapper"') || undefined,
  );
  await takePicture('update-left');
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await vscode.workspace.fs.delete(workspaceFile('old'), { recursive: true });
}
