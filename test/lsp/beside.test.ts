// What the language server learns from files around a document, from settings and from engines, and when.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { CodeAction, InitializeParams } from 'vscode-languageserver';
import { type Lsp, startLsp } from '../support/lsp.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): (path: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-lsp-'));
  folders.push(folder);
  for (const [name, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return (path) => join(folder, path);
}

const uriOf = (path: string) => pathToFileURL(path).href;

/** The codes published next, after something was done. */
async function published(lsp: Lsp, uri: string, work: () => Promise<void>): Promise<string[]> {
  const count = () => lsp.published.filter((one) => one.uri === uri).length;
  const before = count();
  await work();
  while (count() === before) await wait(1);
  return lsp.published.findLast((one) => one.uri === uri)?.diagnostics.map(({ code }) => String(code)) ?? [];
}

const watching = {
  processId: null,
  rootUri: null,
  capabilities: {
    workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  },
};

test('the nearest .docker-version counts, and counts anew when a watcher tells or the document is saved', async () => {
  const at = folderOf({ '.docker-version': '20.10\n', 'docker/daemon.json': '' });
  const lsp = await startLsp({ params: watching });
  const uri = uriOf(at('docker/daemon.json'));
  await lsp.open(uri, '{ "log-format": "json" }');
  assert.deepEqual(
    (await lsp.diagnostics(uri)).map(({ code }) => code),
    ['key-removed'],
  );
  writeFileSync(at('.docker-version'), '28.5\n');
  const changes = [{ uri: uriOf(at('.docker-version')), type: 2 }];
  const told = () => lsp.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  assert.deepEqual(await published(lsp, uri, told), []);
  writeFileSync(at('docker/.docker-version'), '24.0');
  const save = () => lsp.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  assert.deepEqual(await published(lsp, uri, save), ['key-removed']);
  const set = () => lsp.setSettings({ docker: { version: '29.0' } });
  assert.deepEqual(await published(lsp, uri, set), []);
  assert.deepEqual(lsp.logged, []);
});

test('a client that can is asked to watch the files that count', async () => {
  const asked: unknown[] = [];
  await startLsp({ params: watching, registered: (sent) => asked.push(sent) });
  while (asked.length === 0) await wait(1);
  assert.match(JSON.stringify(asked), /\*\*\/\.docker-version.*\*\*\/docker\.service"/);
});

test('no version is taken from above the folder of the workspace, and a wrong one is logged once', async () => {
  const at = folderOf({ '.docker-version': '20.10', 'work/docker/x': '', 'bad/.docker-version': 'x' });
  const folders = [{ uri: `${uriOf(at('work'))}/`, name: 'work' }];
  const lsp = await startLsp({ params: { ...watching, workspaceFolders: folders } });
  const uri = uriOf(at('work/docker/daemon.json'));
  await lsp.open(uri, '{ "log-format": "json" }');
  assert.deepEqual(await lsp.diagnostics(uri), []);
  for (const name of ['daemon.json', 'daemon-2.json']) {
    const bad = uriOf(at(`bad/${name}`));
    await lsp.open(bad, '{ "log-format": "json" }');
    assert.deepEqual(await lsp.diagnostics(bad), []);
  }
  assert.equal(lsp.logged.length, 1);
  assert.match(lsp.logged[0] ?? '', /bad.\.docker-version: .*28\.5/);
});

test('the system is a setting, else what the path says, else the connected engine', async () => {
  const lsp = await startLsp();
  const uri = 'file:///srv/docker/daemon.json';
  const windows = 'file:///C:/ProgramData/docker/config/daemon.json';
  // Of a key that Windows does not have, the type does not matter there.
  for (const one of [uri, windows]) await lsp.open(one, '{ "iptables": 1 }');
  const wrongType = (codes: readonly unknown[]) => codes.includes('wrong-type');
  assert.ok(wrongType((await lsp.diagnostics(uri)).map(({ code }) => code)));
  assert.ok(!wrongType((await lsp.diagnostics(windows)).map(({ code }) => code)));
  const engine = () =>
    lsp.connection.sendNotification('stowage/facts', { versions: { platform: 'windows' } });
  assert.ok(!wrongType(await published(lsp, uri, engine)));
  const linux = () => lsp.setSettings({ docker: { platform: 'linux' } });
  assert.ok(wrongType(await published(lsp, windows, linux)));
  const wrong = () => lsp.setSettings({ docker: { platform: 'mac' } });
  assert.ok(!wrongType(await published(lsp, windows, wrong)));
  assert.match(lsp.logged.join('\n'), /docker\.platform/);
});

test('facts that do not fit are left out and named', async () => {
  const lsp = await startLsp();
  const uri = 'file:///srv/docker/daemon.json';
  await lsp.open(uri, '{ "log-format": "json" }');
  await lsp.diagnostics(uri);
  const facts = {
    versions: { docker: '20.10.24', kubernetes: 1, platform: 'mac' },
    docker: { dataRoot: '/x', driver: 'vfs', usernsRemap: false, containers: -1, images: 0 },
    beside: { versions: { docker: '29.0' } },
  };
  const send = (sent: unknown) => () => lsp.connection.sendNotification('stowage/facts', sent as object);
  assert.deepEqual(await published(lsp, uri, send(facts)), ['key-removed']);
  assert.equal(lsp.logged.length, 3);
  assert.deepEqual(await published(lsp, uri, send({ versions: 3, docker: [] })), []);
});

const ableToCreate: Partial<InitializeParams> = {
  ...watching,
  capabilities: {
    workspace: {
      ...watching.capabilities.workspace,
      workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    },
  },
};
const unit = '[Service]\nExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/c.sock\n';

async function quickFixes(lsp: Lsp, uri: string): Promise<CodeAction[]> {
  const at = { line: 0, character: 4 };
  return lsp.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [], only: ['quickfix'] },
  });
}

test('a flag of the unit below the same root is named with its line; a fix makes the drop-in', async () => {
  const at = folderOf({ 'etc/docker/x': '', 'usr/lib/systemd/system/docker.service': unit });
  const lsp = await startLsp({ params: ableToCreate });
  const uri = uriOf(at('etc/docker/daemon.json'));
  await lsp.open(uri, '{ "hosts": ["unix:///x.sock"] }');
  const [found] = await lsp.diagnostics(uri);
  assert.equal(found?.code, 'key-also-flag');
  assert.ok(String(found?.message).includes(`${at('usr/lib/systemd/system/docker.service')}:2:`));
  const [create, remove] = await quickFixes(lsp, uri);
  const made = uriOf(at('etc/systemd/system/docker.service.d/override.conf'));
  const [file, text] = create?.edit?.documentChanges ?? [];
  assert.deepEqual(file, { kind: 'create', uri: made, options: { overwrite: false, ignoreIfExists: false } });
  assert.ok(text !== undefined && 'edits' in text);
  assert.deepEqual(text.textDocument, { uri: made, version: null });
  assert.match(
    JSON.stringify(text.edits),
    /ExecStart=\\nExecStart=\/usr\/sbin\/dockerd --containerd=\/run\/c\.sock\\n/,
  );
  assert.equal(create?.isPreferred, undefined);
  assert.ok(remove?.edit?.changes?.[uri]);
});

test('a client that makes no files is offered none, and one that exists is never touched', async () => {
  const at = folderOf({ 'etc/docker/x': '', 'usr/lib/systemd/system/docker.service': unit });
  const uri = uriOf(at('etc/docker/daemon.json'));
  const text = '{ "hosts": ["unix:///x.sock"] }';
  const unable = await startLsp();
  await unable.open(uri, text);
  await unable.diagnostics(uri);
  assert.deepEqual((await quickFixes(unable, uri)).length, 1);
  mkdirSync(at('etc/systemd/system/docker.service.d'), { recursive: true });
  writeFileSync(at('etc/systemd/system/docker.service.d/override.conf'), '[Service]\nRestart=no\n');
  const able = await startLsp({ params: ableToCreate });
  await able.open(uri, text);
  await able.diagnostics(uri);
  assert.deepEqual((await quickFixes(able, uri)).length, 1);
});

test('hosts without a unit in sight: a drop-in beside the file is offered', async () => {
  const at = folderOf({ 'docker/x': '' });
  const lsp = await startLsp({ params: ableToCreate });
  const uri = uriOf(at('docker/daemon.json'));
  await lsp.open(uri, '{ "hosts": ["unix:///x.sock"] }');
  assert.deepEqual(
    (await lsp.diagnostics(uri)).map(({ code, severity }) => [code, severity]),
    [['hosts-with-systemd', 3]],
  );
  const [create] = await quickFixes(lsp, uri);
  assert.match(JSON.stringify(create?.edit), /docker\/docker\.service\.d\/override\.conf/);
});
