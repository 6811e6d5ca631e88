// The suite in Restricted Mode: files are checked, engines are not asked.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { JobOutcome } from '../../../client/src/jobOutcome.ts';
import { explainsStorage } from './effective.ts';
import { diagnosticsOf, runCases, stowage, takePicture, workspaceFile } from './harness.ts';

export function run(): Promise<void> {
  return runCases([
    ['the folder is not trusted', notTrusted],
    ['files are checked', filesAreChecked],
    ['the effective storage configuration is explained', explainsStorage],
    ['engines are not asked', enginesAreNotAsked],
    ['no job starts', noJobStarts],
  ]);
}

async function notTrusted(): Promise<void> {
  assert.equal(vscode.workspace.isTrusted, false);
}

async function filesAreChecked(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  await vscode.window.showTextDocument(uri);
  assert.ok((await diagnosticsOf(uri)).length > 0);
}

async function noJobStarts(): Promise<void> {
  const archive = workspaceFile('no-such-archive.tar').fsPath;
  const outcome = await vscode.commands.executeCommand<JobOutcome>('stowage.verifyBackup', undefined, {
    archive,
  });
  assert.equal(outcome.outcome, 'failed');
  assert.match(outcome.outcome === 'failed' ? outcome.message : '', /Restricted Mode/);
}

async function enginesAreNotAsked(): Promise<void> {
  await vscode.commands.executeCommand('stowage.volumes.focus');
  const { volumes } = await stowage();
  assert.deepEqual(await volumes.getChildren(), []);
  await takePicture('restricted');
}
