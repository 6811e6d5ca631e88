// Explain Effective Storage Configuration in a real VS Code, on a small copy of a machine's files.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until, workspaceFile } from './harness.ts';

/** Shows the values of two files, links to their lines, and follows a change. */
export async function explainsStorage(): Promise<void> {
  const root = workspaceFile('machine');
  const main = vscode.Uri.joinPath(root, 'etc/containers/storage.conf');
  const dropIn = vscode.Uri.joinPath(root, 'etc/containers/storage.rootful.conf.d/10.conf');
  await vscode.workspace.fs.writeFile(main, Buffer.from('[storage]\ndriver = "overlay"\ngraphroot = "/a"\n'));
  await vscode.workspace.fs.writeFile(dropIn, Buffer.from('[storage]\ngraphroot = "/b"\n'));
  const explain = () =>
    vscode.commands.executeCommand<vscode.TextDocument>('stowage.explainStorage', undefined, {
      uid: 0,
      root: root.fsPath,
    });
  const document = await explain();
  assert.equal(document.languageId, 'containers-storage-conf');
  assert.match(document.getText(), /^driver = "overlay" # \/etc\/containers\/storage\.conf:2$/m);
  assert.match(
    document.getText(),
    /^graphroot = "\/b" # \/etc\/containers\/storage\.rootful\.conf\.d\/10\.conf:2, .*"\/a" \(\/etc\/containers\/storage\.conf:3\)$/m,
  );
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    document.uri,
  );
  assert.ok(links.some(({ target }) => target?.path === dropIn.path && target.fragment === 'L2'));
  await vscode.workspace.fs.writeFile(dropIn, Buffer.from('[storage]\ngraphroot = "/c"\n'));
  await vscode.commands.executeCommand('stowage.refreshStorage');
  await until('the new value', () => document.getText().includes('graphroot = "/c"') || undefined);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await vscode.workspace.fs.delete(root, { recursive: true });
}
