// The suite in a trusted folder, a copy of examples/: what a newcomer does in the first minutes.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { followJob } from '../../../client/src/job.ts';
import type { JobOutcome } from '../../../client/src/jobOutcome.ts';
import type { VolumeNode } from '../../../client/src/tree/volumesTree.ts';
import { explainsStorage } from './effective.ts';
import {
  codeOf,
  diagnosticsOf,
  rest,
  runCases,
  stowage,
  takePicture,
  until,
  workspaceFile,
} from './harness.ts';
import { storageCases } from './storage.ts';
import { versionCases } from './versions.ts';

/** Whether DOCKER_HOST is an engine of ours, with the volumes of shopDocker.ts. */
const withDocker = process.env['STOWAGE_TEST_DOCKER'] === '1';
const backups = process.env['STOWAGE_TEST_BACKUPS'] ?? '';
let archive = '';

export function run(): Promise<void> {
  return runCases([
    ['nothing runs before one of our files is open', nothingBefore],
    ['daemon.json gets its diagnostics', diagnosticsAppear],
    ['hover explains a key', hoverExplains],
    ['completion offers keys', completionOffers],
    ['a quick fix repairs a key', quickFix],
    ['a setting counts at once', settingCounts],
    ...versionCases,
    ['storage.conf is a language of its own', storageConf],
    ['the effective storage configuration is explained', explainsStorage],
    ...storageCases,
    ['the tree shows the folder of volumes', treeShows],
    ...(withDocker ? [['the tree shows the volumes of Docker', dockerShows] as const] : []),
    ['one window shows diagnostics and volumes', overview],
    ['the tree follows a new volume by itself', treeFollows],
    ['an address that is none is told in the tree', wrongAddress],
    ['a backup is written and verified', backUp],
    ['a cancelled backup leaves nothing', cancel],
    ['a backup comes back as a new volume', restore],
    ...(withDocker ? [['a volume of Docker goes out and comes back', dockerRoundTrip] as const] : []),
  ]);
}

async function nothingBefore(): Promise<void> {
  const uri = workspaceFile('notes.json');
  await vscode.workspace.fs.writeFile(uri, Buffer.from('{ "debug": 1, "name": "not ours", }'));
  await vscode.window.showTextDocument(uri);
  await stowage();
  assert.deepEqual(
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'stowage'),
    [],
  );
  await vscode.workspace.fs.delete(uri);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function diagnosticsAppear(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  await vscode.window.showTextDocument(uri);
  const found = await diagnosticsOf(uri);
  const codes = found.map(codeOf);
  assert.ok(codes.includes('storage-opt-removed') && codes.includes('key-ignored'), codes.join());
  for (const { code } of found) {
    assert.ok(typeof code === 'object' && code.target.path.includes('docs/rules/'), JSON.stringify(code));
  }
}

async function hoverExplains(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    await positionOf(uri, 'live-restore'),
  );
  const text = hovers.flatMap(({ contents }) =>
    contents.map((part) => (typeof part === 'string' ? part : part.value)),
  );
  assert.match(text.join('\n'), /live-restore|contain/i);
}

async function completionOffers(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    (await positionOf(uri, '"live-restore"')).translate(0, 1),
  );
  const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  assert.ok(
    labels.some((label) => label.includes('max-concurrent-downloads')),
    labels.slice(0, 20).join(),
  );
}

async function quickFix(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  const wrong = (await diagnosticsOf(uri)).find((one) => codeOf(one) === 'key-ignored');
  assert.ok(wrong);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    wrong.range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  const fix = actions.find(({ title, edit }) => edit !== undefined && title.includes('registry-mirrors'));
  assert.ok(fix?.edit, actions.map(({ title }) => title).join());
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
  const document = await vscode.workspace.openTextDocument(uri);
  assert.match(document.getText(), /"registry-mirrors": \["https:/);
  await until('the finding to go', () => {
    const left = vscode.languages.getDiagnostics(uri).some((one) => codeOf(one) === 'key-ignored');
    return left ? undefined : true;
  });
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

async function settingCounts(): Promise<void> {
  const uri = workspaceFile('docker/daemon.json');
  const settings = vscode.workspace.getConfiguration('stowage', uri);
  const exposed = () =>
    vscode.languages.getDiagnostics(uri).some((found) => codeOf(found) === 'metrics-addr-exposed');
  await until('the finding', () => exposed() || undefined);
  await settings.update('rules', { 'metrics-addr-exposed': 'off' }, vscode.ConfigurationTarget.Workspace);
  await until('the finding to go', () => !exposed() || undefined);
  await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
  await until('the finding to come back', () => exposed() || undefined);
}

async function storageConf(): Promise<void> {
  const uri = workspaceFile('containers/storage.conf');
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, 'containers-storage-conf');
  await vscode.window.showTextDocument(document);
  assert.ok((await diagnosticsOf(uri)).length > 0);
}

/** The volumes below an engine, as the tree gives them. */
async function volumeNodes(kind: 'folder' | 'docker' = 'folder'): Promise<VolumeNode[]> {
  const { volumes } = await stowage();
  const engines = await volumes.getChildren();
  const engine = engines.find((node) => node.watch.engine.kind === kind);
  assert.ok(engine, `${kind} is not in the tree`);
  return (await volumes.getChildren(engine)).filter((node) => node.kind === 'volume');
}

async function treeShows(): Promise<void> {
  await vscode.commands.executeCommand('stowage.volumes.focus');
  await vscode.commands.executeCommand('workbench.action.increaseViewSize');
  const names = (await volumeNodes()).map(({ volume }) => volume.name);
  assert.deepEqual(names, ['orders-db', 'shop-uploads']);
}

async function dockerShows(): Promise<void> {
  const { volumes } = await stowage();
  const items = (await volumeNodes('docker')).map((node) => volumes.getTreeItem(node));
  assert.deepEqual(
    items.map(({ label, description }) => [label, description]),
    [
      ['shop_media', 'local'],
      ['shop_redis', 'local · in use by shop-redis-1'],
      ['shop_search', 'local · in use by shop-search-1'],
    ],
  );
}

async function overview(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const uri = workspaceFile('docker/daemon.json');
  const editor = await vscode.window.showTextDocument(uri);
  const at = await positionOf(uri, '"overlay2.override');
  editor.selection = new vscode.Selection(at, at);
  await diagnosticsOf(uri);
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('editor.action.showHover');
  await until('the window to come to rest', rest());
  await takePicture('overview');
}

async function treeFollows(): Promise<void> {
  await vscode.workspace.fs.createDirectory(workspaceFile('volumes/mail-queue'));
  await until('the new volume', async () =>
    (await volumeNodes()).some(({ volume }) => volume.name === 'mail-queue') ? true : undefined,
  );
}

async function wrongAddress(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('stowage');
  const { volumes } = await stowage();
  const docker = async () =>
    (await volumes.getChildren()).find(({ watch }) => watch.engine.kind === 'docker');
  await settings.update('engines.docker', 'banana', vscode.ConfigurationTarget.Workspace);
  const item = await until('the wrong address', async () => {
    const node = await docker();
    return node?.watch.engine.id === 'docker=banana' ? volumes.getTreeItem(node) : undefined;
  });
  assert.match(String(item.description), /stowage\.engines\.docker/);
  assert.match(String(item.tooltip), /stowage\.engines\.docker.*\n.*banana/);
  await settings.update('engines.docker', undefined, vscode.ConfigurationTarget.Workspace);
  await until('the setting to go', async () =>
    (await docker())?.watch.engine.id === 'docker=banana' ? undefined : true,
  );
}

async function backUp(): Promise<void> {
  const node = (await volumeNodes()).find(({ volume }) => volume.name === 'shop-uploads');
  const outcome = await vscode.commands.executeCommand<JobOutcome>('stowage.backUpVolume', node, {
    folder: backups,
  });
  assert.equal(outcome.outcome, 'done', JSON.stringify(outcome));
  const names = readdirSync(backups);
  const written = names.find((name) => /^shop-uploads_\d{8}T\d{6}Z\.tar\.zst$/.test(name));
  assert.ok(written, names.join());
  assert.ok(names.includes(`${written}.json`), names.join());
  archive = join(backups, written);
  const verified = await vscode.commands.executeCommand<JobOutcome>('stowage.verifyBackup', undefined, {
    archive,
  });
  assert.equal(verified.outcome, 'done', JSON.stringify(verified));
}

/** Cancels at the first bytes that are reported: much is still to come. */
async function cancel(): Promise<void> {
  const node = (await volumeNodes()).find(({ volume }) => volume.name === 'mail-queue');
  assert.ok(node);
  const file = workspaceFile('volumes/mail-queue/spool').fsPath;
  writeFileSync(file, '');
  truncateSync(file, 4 * 1024 ** 3);
  const folder = join(backups, 'cancelled');
  mkdirSync(folder);
  const log = vscode.window.createOutputChannel('Stowage tests', { log: true });
  const cancelling = new vscode.CancellationTokenSource();
  const outcome = await followJob(
    ['backup', 'mail-queue', '--engine', node.watch.engine.id, '--to', folder],
    { context: { asAbsolutePath: (path) => join(extensionPath(), path) }, log },
    { report: () => cancelling.cancel() },
    cancelling.token,
  );
  log.dispose();
  assert.ok(cancelling.token.isCancellationRequested, 'no progress was reported');
  assert.deepEqual(outcome, { outcome: 'cancelled', warnings: [] });
  assert.deepEqual(readdirSync(folder), []);
}

function extensionPath(): string {
  return vscode.extensions.getExtension('stowage.stowage')?.extensionPath ?? '';
}

async function restore(): Promise<void> {
  const [node] = await volumeNodes();
  assert.ok(node);
  const options = { archive, into: 'shop-uploads-restored' };
  const outcome = await vscode.commands.executeCommand<JobOutcome>('stowage.restoreVolume', node, options);
  assert.equal(outcome.outcome, 'done', JSON.stringify(outcome));
  const file = '2026/11/red apple.txt';
  const path = (volume: string) => workspaceFile(`volumes/${volume}/${file}`).fsPath;
  assert.ok(existsSync(path('shop-uploads-restored')));
  assert.deepEqual(readFileSync(path('shop-uploads-restored')), readFileSync(path('shop-uploads')));
  await until('the restored volume in the tree', async () =>
    (await volumeNodes()).some(({ volume }) => volume.name === 'shop-uploads-restored') ? true : undefined,
  );
}

async function dockerRoundTrip(): Promise<void> {
  const node = (await volumeNodes('docker')).find(({ volume }) => volume.name === 'shop_media');
  assert.ok(node);
  const options = { archive, into: 'shop_uploads' };
  const outcome = await vscode.commands.executeCommand<JobOutcome>('stowage.restoreVolume', node, options);
  assert.equal(outcome.outcome, 'done', JSON.stringify(outcome));
  const restored = await until('the restored volume in the tree', async () =>
    (await volumeNodes('docker')).find(({ volume }) => volume.name === 'shop_uploads'),
  );
  const back = await vscode.commands.executeCommand<JobOutcome>('stowage.backUpVolume', restored, {
    folder: backups,
  });
  assert.equal(back.outcome, 'done', JSON.stringify(back));
  const manifest = (name: string) => JSON.parse(readFileSync(join(backups, name), 'utf8'));
  const [before, after] = ['shop-uploads_', 'shop_uploads_'].map((start) =>
    readdirSync(backups).find((name) => name.startsWith(start) && name.endsWith('.json')),
  );
  assert.deepEqual(manifest(after ?? '').files, manifest(before ?? '').files);
}

async function positionOf(uri: vscode.Uri, text: string): Promise<vscode.Position> {
  const document = await vscode.workspace.openTextDocument(uri);
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in ${uri.path}`);
  return document.positionAt(offset + 1);
}
