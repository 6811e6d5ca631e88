// Cancelled requests: jsonrpc hands them on all the same, only marked, so whether they cost an analysis is up to us.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import {
  createConnection,
  LSPErrorCodes,
  type Message,
  type ResponseMessage,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../server/src/lsp/server.ts';

const uri = 'file:///etc/docker/daemon.json';
const place = { textDocument: { uri }, position: { line: 0, character: 5 } };
const range = { start: place.position, end: place.position };

const requests: Readonly<Record<string, object>> = {
  'textDocument/hover': place,
  'textDocument/completion': place,
  'textDocument/codeAction': { textDocument: { uri }, range, context: { diagnostics: [] } },
  'textDocument/documentSymbol': { textDocument: { uri } },
  'textDocument/diagnostic': { textDocument: { uri } },
};

function framed(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** What a server answers to a request by id, where everything arrives in one piece. */
function answersTo(messages: readonly object[], last: number): Promise<Map<unknown, ResponseMessage>> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
  const answers = new Map<unknown, ResponseMessage>();
  return new Promise((resolve) => {
    new StreamMessageReader(down).listen((message: Message) => {
      if (!('id' in message) || 'method' in message) return;
      const answer = message as ResponseMessage;
      answers.set(answer.id, answer);
      if (answer.id === last) resolve(answers);
    });
    up.write(messages.map(framed).join(''));
  });
}

for (const [method, params] of Object.entries(requests)) {
  test(`${method} that is cancelled before its turn is answered as cancelled, the next one as ever`, async () => {
    const text = '{ "storage-driver": "overlay2" }';
    const initializationOptions = { diagnostics: 'pull' };
    const answers = await answersTo(
      [
        { id: 1, method: 'initialize', params: { processId: null, capabilities: {}, initializationOptions } },
        {
          method: 'textDocument/didOpen',
          params: { textDocument: { uri, languageId: 'json', version: 1, text } },
        },
        { id: 2, method, params },
        { method: '$/cancelRequest', params: { id: 2 } },
        { id: 3, method, params },
      ],
      3,
    );
    assert.equal(answers.get(2)?.error?.code, LSPErrorCodes.RequestCancelled);
    assert.equal(answers.get(3)?.error, undefined);
    assert.notEqual(answers.get(3)?.result, null);
  });
}
