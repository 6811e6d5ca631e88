// Formatting over the protocol: offered for storage.conf alone where the client lets a server say so, else for every file and
// answered with nothing for others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startLsp } from '../support/lsp.ts';

const storage = 'file:///etc/containers/storage.conf';
const daemon = 'file:///etc/docker/daemon.json';
const text = '[storage]\n  driver="overlay" # why\n[storage.options]\nadditionalimagestores=[\n"/a"]\n';
const tabs = { tabSize: 8, insertSpaces: false };

function applied(edits: TextEdit[] | null): string {
  return TextDocument.applyEdits(TextDocument.create(storage, 'x', 1, text), edits ?? []);
}

test('a storage.conf is formatted with the steps of the editor, whole or in part', async () => {
  const lsp = await startLsp();
  const { documentFormattingProvider, documentRangeFormattingProvider } = lsp.initialized.capabilities;
  assert.deepEqual([documentFormattingProvider, documentRangeFormattingProvider], [true, true]);
  await lsp.open(storage, text);
  const textDocument = { uri: storage };
  const whole = (options: object) =>
    lsp.connection.sendRequest<TextEdit[] | null>('textDocument/formatting', { textDocument, options });
  const head = '[storage]\ndriver = "overlay" # why\n\n[storage.options]\n';
  assert.equal(applied(await whole(tabs)), `${head}additionalimagestores = [\n\t"/a",\n]\n`);
  const spaces = applied(await whole({ tabSize: 4, insertSpaces: true }));
  assert.equal(spaces, `${head}additionalimagestores = [\n    "/a",\n]\n`);
  const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } };
  const part = await lsp.connection.sendRequest<TextEdit[] | null>('textDocument/rangeFormatting', {
    textDocument,
    range,
    options: tabs,
  });
  assert.equal(applied(part), text.replace('driver="overlay"', 'driver = "overlay"'));
});

test('other files and files with mistakes get no edits', async () => {
  const lsp = await startLsp();
  const edits = (uri: string) =>
    lsp.connection.sendRequest<TextEdit[] | null>('textDocument/formatting', {
      textDocument: { uri },
      options: tabs,
    });
  await lsp.open(daemon, '{"debug":true}');
  assert.deepEqual(await edits(daemon), []);
  await lsp.open(storage, '[storage]\ndriver="overlay\n');
  assert.deepEqual(await edits(storage), []);
});

test('a client that is told languages hears of storage.conf only', async () => {
  const sent: unknown[] = [];
  const dynamic = { dynamicRegistration: true };
  const lsp = await startLsp({
    params: { capabilities: { textDocument: { formatting: dynamic, rangeFormatting: dynamic } } },
    registered: (one) => sent.push(one),
  });
  assert.equal(lsp.initialized.capabilities.documentFormattingProvider, undefined);
  while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  const registered = sent.flatMap((one) => (one as { registrations: object[] }).registrations);
  assert.deepEqual(
    registered.map((one) => ({ ...one, id: undefined })),
    ['textDocument/formatting', 'textDocument/rangeFormatting'].map((method) => ({
      id: undefined,
      method,
      registerOptions: { documentSelector: [{ language: 'containers-storage-conf' }] },
    })),
  );
});
