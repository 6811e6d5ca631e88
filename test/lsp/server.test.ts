// The language server as a client sees it: what is published and when, what is answered, whose words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { CodeAction, CompletionItem, DocumentSymbol, Hover } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Lsp, type LspOptions, startLsp } from '../support/lsp.ts';

const daemon = 'file:///etc/docker/daemon.json';
const storage = 'file:///etc/containers/storage.conf';
const claim = 'file:///manifests/claim.yaml';

async function withLsp(work: (lsp: Lsp) => Promise<void>, options: LspOptions = {}): Promise<void> {
  const lsp = await startLsp(options);
  await work(lsp);
  assert.deepEqual(lsp.logged, []);
}

const codes = (found: readonly { code?: unknown }[]) => found.map(({ code }) => code);

test('a document is judged when it is opened, again when it changes, and cleared when it is closed', () =>
  withLsp(async (lsp) => {
    await lsp.open(daemon, '{ "storage-driver": "aufs" }');
    const [diagnostic] = await lsp.diagnostics(daemon);
    assert.equal(diagnostic?.source, 'stowage');
    assert.equal(diagnostic?.code, 'storage-driver-removed');
    assert.match(diagnostic?.codeDescription?.href ?? '', /docs\/rules\/storage-driver-removed\.md$/);
    assert.deepEqual(diagnostic?.range, {
      start: { line: 0, character: 20 },
      end: { line: 0, character: 26 },
    });
    await lsp.change(daemon, 2, 'overlay2', [0, 21, 0, 25]);
    assert.deepEqual(await lsp.diagnostics(daemon, 2), []);
    await lsp.connection.sendNotification('textDocument/didClose', { textDocument: { uri: daemon } });
    while (lsp.published.at(-1)?.version !== undefined) await wait(1);
    assert.deepEqual(lsp.published.at(-1), { uri: daemon, diagnostics: [] });
  }));

test('every version that is analysed is published, the empty and the unchanged ones too, in order', () =>
  withLsp(async (lsp) => {
    await lsp.open(daemon, '{}');
    await lsp.diagnostics(daemon, 1);
    for (let version = 2; version <= 30; version++)
      await lsp.change(daemon, version, `{ "debug": ${version % 2 === 0} }`);
    await lsp.diagnostics(daemon, 30);
    const versions = lsp.published.map(({ version }) => version);
    assert.deepEqual(
      versions,
      [...versions].sort((a = 0, b = 0) => a - b),
    );
    assert.deepEqual(
      versions.slice(-29),
      Array.from({ length: 29 }, (_, index) => index + 2),
    );
  }));

test('with a delay only the last of quick changes is judged, each document by its own timer', () =>
  withLsp(
    async (lsp) => {
      await lsp.open(daemon, '{}');
      await lsp.open(storage, '[storage]\n');
      await Promise.all([lsp.diagnostics(daemon), lsp.diagnostics(storage)]);
      for (let version = 2; version <= 5; version++)
        await lsp.change(daemon, version, `{ "mtu": ${version} }`);
      await lsp.change(storage, 2, '[storage]\ndriver = 1\n');
      await Promise.all([lsp.diagnostics(daemon, 5), lsp.diagnostics(storage, 2)]);
      const ofDaemon = lsp.published.filter(({ uri }) => uri === daemon).map(({ version }) => version);
      assert.deepEqual(ofDaemon, [1, 5]);
    },
    { settings: { diagnostics: { delay: 40 } } },
  ));

test('files that are not ours, binary files and huge ones get nothing', async () => {
  const lsp = await startLsp();
  await lsp.open('file:///app/daemon.json', '{ "workers": 4 }');
  await lsp.open('file:///app/values.yaml', 'a: 1\n');
  await lsp.open(daemon, '{ "debug": \0 }');
  await lsp.open('file:///other/etc/docker/daemon.json', `{ "debug": "${'x'.repeat(5_000_001)}" }`);
  for (const uri of [
    'file:///app/daemon.json',
    'file:///app/values.yaml',
    daemon,
    'file:///other/etc/docker/daemon.json',
  ]) {
    assert.deepEqual(await lsp.diagnostics(uri), []);
  }
  await lsp.change(daemon, 2, '{ "debug": \0 }}');
  assert.deepEqual(await lsp.diagnostics(daemon, 2), []);
  assert.equal(lsp.logged.length, 2, 'one line a document, not one a keystroke');
});

test('settings choose versions and levels, for each folder, and count as soon as they change', () =>
  withLsp(async (lsp) => {
    await lsp.open(daemon, '{ "storage-driver": "devicemapper" }');
    assert.deepEqual(
      (await lsp.diagnostics(daemon)).map(({ severity }) => severity),
      [1],
    );
    const published = lsp.published.length;
    await lsp.setSettings({ docker: { version: '24.0' } });
    while (lsp.published.length === published) await wait(1);
    assert.deepEqual(
      (await lsp.diagnostics(daemon)).map(({ severity }) => severity),
      [2],
    );
    await lsp.setSettings({ rules: { 'storage-driver-removed': 'off' } });
    while (lsp.published.length === published + 1) await wait(1);
    assert.deepEqual(await lsp.diagnostics(daemon), []);
  }));

test('settings that do not fit are named once in the log, and the default counts', async () => {
  const lsp = await startLsp({ settings: { docker: { version: 28 }, rules: { nope: 'off' } } });
  await lsp.open(daemon, '{ "storage-driver": "aufs" }');
  assert.deepEqual(codes(await lsp.diagnostics(daemon)), ['storage-driver-removed']);
  assert.equal(lsp.logged.length, 2);
  assert.match(lsp.logged.join('\n'), /docker\.version[\s\S]*nope/);
});

test('facts about engines choose the version where no setting does', () =>
  withLsp(async (lsp) => {
    await lsp.open(daemon, '{ "log-format": "json" }');
    assert.deepEqual(await lsp.diagnostics(daemon), []);
    const published = lsp.published.length;
    await lsp.connection.sendNotification('stowage/facts', { versions: { docker: '20.10.24' } });
    while (lsp.published.length === published) await wait(1);
    assert.deepEqual(codes(await lsp.diagnostics(daemon)), ['key-removed']);
  }));

test('a client that cannot be asked gives its settings at the start, and hears Chinese if it reads it', () =>
  withLsp(
    async (lsp) => {
      await lsp.open(daemon, '{ "storage-driver": "devicemapper" }');
      const [diagnostic] = await lsp.diagnostics(daemon);
      assert.equal(diagnostic?.severity, 2);
      assert.match(String(diagnostic?.message), /存储驱动/);
      assert.match(diagnostic?.codeDescription?.href ?? '', /zh-cn/);
    },
    {
      params: {
        locale: 'zh-cn',
        capabilities: {},
        initializationOptions: { settings: { 'docker.version': '24.0', 'diagnostics.delay': 0 } },
      },
    },
  ));

test('a client that asks for pull is asked nothing and told nothing', () =>
  withLsp(
    async (lsp) => {
      assert.ok(lsp.initialized.capabilities.diagnosticProvider);
      await lsp.open(daemon, '{ "storage-driver": "aufs" }');
      const report: { items: { code: string }[] } = await lsp.connection.sendRequest(
        'textDocument/diagnostic',
        {
          textDocument: { uri: daemon },
        },
      );
      assert.deepEqual(codes(report.items), ['storage-driver-removed']);
      assert.deepEqual(lsp.published, []);
    },
    { params: { initializationOptions: { diagnostics: 'pull' } } },
  ));

test('completion right behind a keystroke is of the text with it', () =>
  withLsp(async (lsp) => {
    await lsp.open(storage, '[storage]\n');
    await lsp.change(storage, 2, '[storage]\ndri');
    const items: CompletionItem[] = await lsp.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: storage },
      position: { line: 1, character: 3 },
    });
    const driver = items.find(({ label }) => label === 'driver');
    assert.deepEqual(driver?.textEdit, {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
      newText: 'driver = ${1|"overlay","vfs","btrfs","zfs"|}',
    });
    assert.ok(JSON.stringify(driver?.documentation).length > 50);
  }));

test('a client without snippets gets plain text', () =>
  withLsp(
    async (lsp) => {
      await lsp.open(storage, '[storage]\ndri');
      const items: CompletionItem[] = await lsp.connection.sendRequest('textDocument/completion', {
        textDocument: { uri: storage },
        position: { line: 1, character: 3 },
      });
      const texts = items.map(({ textEdit }) => textEdit?.newText ?? '');
      assert.ok(texts.includes('driver = "overlay"'), texts.join(' '));
      assert.ok(
        texts.every((text) => !/\$\{?\d/.test(text)),
        texts.join(' '),
      );
    },
    { params: { capabilities: {} } },
  ));

test('hover, symbols and code actions answer', () =>
  withLsp(async (lsp) => {
    await lsp.open(
      claim,
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n  accessModes: [ReadWriteonce]\n',
    );
    const hover: Hover = await lsp.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: claim },
      position: { line: 5, character: 5 },
    });
    assert.match(JSON.stringify(hover.contents), /accessModes/);
    const symbols: DocumentSymbol[] = await lsp.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri: claim },
    });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['PersistentVolumeClaim data'],
    );
    const range = { start: { line: 5, character: 20 }, end: { line: 5, character: 20 } };
    const actions: CodeAction[] = await lsp.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: claim },
      range,
      context: { diagnostics: [] },
    });
    const [first] = actions;
    assert.equal(first?.isPreferred, undefined, 'a guess is not for Auto Fix');
    assert.deepEqual(first?.edit?.changes?.[claim], [
      {
        range: { start: { line: 5, character: 16 }, end: { line: 5, character: 29 } },
        newText: 'ReadWriteOnce',
      },
    ]);
    assert.ok(actions.some(({ edit }) => /stowage-ignore unknown-value/.test(JSON.stringify(edit))));
  }));

test('fix-all applies the safe fixes only', () =>
  withLsp(async (lsp) => {
    const text = '{\n  // a note\n  "storage-driver": "aufs",\n}\n';
    await lsp.open(daemon, text);
    const actions: CodeAction[] = await lsp.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: daemon },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only: ['source.fixAll'] },
    });
    assert.deepEqual(
      actions.map(({ kind }) => kind),
      ['source.fixAll.stowage'],
    );
    const document = TextDocument.create(daemon, 'json', 1, text);
    const edits = actions[0]?.edit?.changes?.[daemon] ?? [];
    assert.equal(TextDocument.applyEdits(document, edits), '{\n  "storage-driver": "aufs"\n}\n');
    const comma = { line: 2, character: 27 };
    const [fix]: CodeAction[] = await lsp.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: daemon },
      range: { start: comma, end: comma },
      context: { diagnostics: [], only: ['quickfix'] },
    });
    assert.deepEqual([fix?.kind, fix?.isPreferred], ['quickfix', true]);
  }));

test('what is asked of a file that is not open, or not ours, is answered with nothing', () =>
  withLsp(async (lsp) => {
    const at = { textDocument: { uri: daemon }, position: { line: 3, character: 9 } };
    assert.equal(await lsp.connection.sendRequest('textDocument/hover', at), null);
    assert.deepEqual(await lsp.connection.sendRequest('textDocument/completion', at), []);
  }));

test('an editor that refuses to tell its settings gets diagnostics with the defaults', async () => {
  const lsp = await startLsp();
  lsp.connection.onRequest('workspace/configuration', () => {
    throw new Error('no settings here');
  });
  await lsp.open(daemon, '{"nope": 1}');
  assert.equal((await lsp.diagnostics(daemon)).length, 1);
  assert.match(lsp.logged.join('\n'), /no settings here/);
  await lsp.stop();
});
