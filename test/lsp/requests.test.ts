// The requests beyond the protocol, as a client asks them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { JudgedFor, UpdatePlan } from '../../server/src/lsp/protocol.ts';
import { type Lsp, startLsp } from '../support/lsp.ts';

const folder = mkdtempSync(join(tmpdir(), 'stowage-requests-'));
after(() => rmSync(folder, { recursive: true }));

const daemon = 'file:///srv/docker/daemon.json';
const judgedFor = (lsp: Lsp, uri: string): Promise<JudgedFor | null> =>
  lsp.connection.sendRequest('stowage/judgedFor', { uri });
const plan = (lsp: Lsp, uri: string, version: unknown): Promise<UpdatePlan | null> =>
  lsp.connection.sendRequest('stowage/update', { uri, version });

async function opened(lsp: Lsp, uri: string, text: string): Promise<void> {
  await lsp.open(uri, text);
  await lsp.diagnostics(uri);
}

test('what a file is judged for, and why, in all families', async () => {
  const lsp = await startLsp({ settings: { kubernetes: { version: '1.30' } } });
  await opened(lsp, daemon, '{}');
  assert.deepEqual(await judgedFor(lsp, daemon), {
    family: 'daemon',
    engine: 'Docker',
    version: '29.7',
    origin: 'newest',
    platform: 'linux',
    setting: 'stowage.docker.version',
    known: (await judgedFor(lsp, daemon))?.known,
  });
  const storage = 'file:///etc/containers/storage.conf';
  await opened(lsp, storage, '[storage]\n');
  const found = await judgedFor(lsp, storage);
  assert.deepEqual(
    [found?.engine, found?.setting, found?.known.at(-1)],
    ['containers/storage', 'stowage.containersStorage.version', '1.64'],
  );
  const claim = 'file:///m/claim.yaml';
  await opened(lsp, claim, 'apiVersion: v1\nkind: PersistentVolumeClaim\n');
  const { engine, version, origin } = (await judgedFor(lsp, claim)) ?? {};
  assert.deepEqual([engine, version, origin], ['Kubernetes', '1.30', 'setting']);
  await lsp.open('file:///m/values.yaml', 'a: 1\n');
  assert.equal(await judgedFor(lsp, 'file:///m/values.yaml'), null);
  assert.equal(await judgedFor(lsp, 'file:///not/open.json'), null);
  assert.equal(await lsp.connection.sendRequest('stowage/judgedFor', 3), null);
});

test('every folder has a version of Kubernetes of its own', async () => {
  const lsp = await startLsp({
    settings: { kubernetes: { version: '1.37' } },
    folderSettings: { 'file:///old/': { kubernetes: { version: '1.20' } } },
  });
  const text = 'apiVersion: storage.k8s.io/v1beta1\nkind: StorageClass\nprovisioner: a.b\n';
  const codes = async (uri: string) => {
    await lsp.open(uri, text);
    return (await lsp.diagnostics(uri)).map(({ code, severity }) => `${code} ${severity}`);
  };
  assert.ok((await codes('file:///new/class.yaml')).includes('api-version-removed 1'));
  assert.ok((await codes('file:///old/class.yaml')).includes('api-version-removed 2'));
  const about = (uri: string) =>
    lsp.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 0, character: 14 },
    });
  assert.match(JSON.stringify(await about('file:///new/class.yaml')), /Removed in Kubernetes 1\.22/);
  assert.match(JSON.stringify(await about('file:///old/class.yaml')), /Goes away in Kubernetes 1\.22/);
});

test('an engine, a .docker-version, a setting: each wins over the one before', async () => {
  const lsp = await startLsp();
  mkdirSync(join(folder, 'docker'));
  mkdirSync(join(folder, '.git'));
  const uri = pathToFileURL(join(folder, 'docker/daemon.json')).href;
  await opened(lsp, uri, '{}');
  const told = async () => {
    const found = await judgedFor(lsp, uri);
    return `${found?.version} ${found?.origin} ${found?.platform}`;
  };
  const versions = { docker: '28.5.2', platform: 'linux' };
  await lsp.connection.sendNotification('stowage/facts', { versions });
  assert.equal(await told(), '28.5.2 engine linux');
  writeFileSync(join(folder, '.docker-version'), '27.5 windows\n');
  await lsp.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  assert.equal(await told(), '27.5 beside windows');
  const count = lsp.published.length;
  await lsp.setSettings({ docker: { version: '24.0' } });
  while (lsp.published.length === count) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(await told(), '24.0 setting windows');
});

test('bringing a file to a version: one edit, what it mends, and what is left in the new text', async () => {
  const lsp = await startLsp({ params: { locale: 'en' } });
  const text = '{\n  // x\n  "storage-driver": "devicemapper",\n}\n';
  await opened(lsp, daemon, text);
  const found = await plan(lsp, daemon, '28.5');
  assert.ok(found?.edit);
  const document = TextDocument.create(daemon, 'json', 1, text);
  const after = TextDocument.applyEdits(document, found.edit.changes?.[daemon] ?? []);
  assert.equal(after, '{\n  "storage-driver": "devicemapper"\n}\n');
  assert.equal(found.textVersion, 1);
  assert.deepEqual(
    found.applied.map(({ code }) => code),
    ['not-strict-json', 'not-strict-json'],
  );
  const [left] = found.left;
  assert.deepEqual([left?.code, left?.range.start], ['storage-driver-removed', { line: 1, character: 20 }]);
  assert.match(left?.message ?? '', /28\.5|25\.0/);
  assert.match(left?.suggestions.join() ?? '', /overlay2/);
  const old = await plan(lsp, daemon, '20.10');
  assert.deepEqual(
    old?.left.filter(({ code }) => code !== 'storage-driver-removed'),
    [],
  );
  for (const version of ['', 'new', undefined, 28]) assert.equal(await plan(lsp, daemon, version), null);
  assert.equal(await plan(lsp, 'file:///not/open.json', '28.5'), null);
  assert.deepEqual(
    lsp.published.map(({ version }) => version),
    [1],
    'asking changes nothing',
  );
});
