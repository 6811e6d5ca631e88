// What both suites use: a list of named cases run one after the other, and waiting for what VS Code does by itself.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Stowage } from '../../../client/src/extension.ts';

export type Case = readonly [name: string, run: () => Promise<void>];

/** Runs all cases and rejects where one failed: VS Code's contract for a test module. */
export async function runCases(cases: readonly Case[]): Promise<void> {
  const failed: string[] = [];
  for (const [name, run] of cases) {
    try {
      await run();
      say(`ok ${name}`);
    } catch (error) {
      failed.push(name);
      say(`not ok ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
}

/** A line that the one who started us prints. */
export function say(line: string): void {
  console.log(`[stowage] ${line}`);
}

/** Asks for a picture of the window and waits until it is there; nothing where nobody takes pictures. */
export async function takePicture(name: string): Promise<void> {
  const folder = process.env['STOWAGE_TEST_ARTIFACTS'] ?? '';
  if (folder === '') return;
  say(`picture ${name}`);
  await until(`the picture ${name}`, () => existsSync(join(folder, `${name}.png`)) || undefined);
}

/** Asks again and again until there is an answer; waits for VS Code, not for a time. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  throw new Error(`waited in vain for ${what}`);
}

export function workspaceFile(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** What activate() gave. */
export async function stowage(): Promise<Stowage> {
  const extension = vscode.extensions.getExtension<Stowage>('stowage.stowage');
  if (extension === undefined) throw new Error('the extension is not there');
  return extension.isActive ? extension.exports : extension.activate();
}

/** Our diagnostics of a file, once there are any. */
export function diagnosticsOf(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return until(`diagnostics of ${uri.path}`, () => {
    const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'stowage');
    return ours.length > 0 ? ours : undefined;
  });
}

/** The rule's id of a diagnostic. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Answers when it was asked twenty times: the workbench has no event for "painted". */
export function rest(): () => true | undefined {
  let asked = 0;
  return () => (++asked > 20 ? true : undefined);
}
