// A client and our server on streams in memory: the real protocol without a process. The same face for a spawned server.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../server/src/lsp/server.ts';

export interface Lsp {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Everything that was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** Messages of the server's log. */
  readonly logged: readonly string[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Replaces a stretch, offsets given as line and character; without one the whole text. */
  change(uri: string, version: number, text: string, range?: [number, number, number, number]): Promise<void>;
  /** The diagnostics published for a version or a later one. */
  diagnostics(uri: string, version?: number): Promise<Diagnostic[]>;
  setSettings(settings: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

export interface LspOptions {
  readonly settings?: Record<string, unknown>;
  /** What a folder has besides, for the documents that lie in it. */
  readonly folderSettings?: Readonly<Record<string, Record<string, unknown>>>;
  readonly params?: Partial<InitializeParams>;
  /** Called with what the server registers. */
  readonly registered?: (sent: unknown) => void;
}

/** Our server in this process. */
export async function startLsp(options: LspOptions = {}): Promise<Lsp> {
  const up = new PassThrough();
  const down = new PassThrough();
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  return talk(connection, options, async () => {
    up.end();
    down.end();
  });
}

/** A server in a process of its own, spoken with over its standard streams. */
export async function spawnLsp(file: string, options: LspOptions = {}): Promise<Lsp> {
  const child: ChildProcess = spawn(process.execPath, [file, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdin === null || child.stdout === null) throw new Error('no streams');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  return talk(connection, options, async () => {
    if (child.exitCode === null) await once(child, 'exit');
  });
}

async function talk(
  connection: ProtocolConnection,
  { settings = {}, folderSettings = {}, params = {}, registered = () => undefined }: LspOptions,
  end: () => Promise<void>,
): Promise<Lsp> {
  let current: Record<string, unknown> = { diagnostics: { delay: 0 }, ...settings };
  const published: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  let wake: (() => void)[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (sent: PublishDiagnosticsParams) => {
    published.push(sent);
    for (const one of wake.splice(0)) one();
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    logged.push(message);
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri = '' }) => {
      const folder = Object.keys(folderSettings).find((uri) => scopeUri.startsWith(uri)) ?? '';
      return { ...current, ...folderSettings[folder] };
    }),
  );
  connection.onRequest('client/registerCapability', (sent: unknown) => {
    registered(sent);
    return null;
  });
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    // With a process to watch the connection would keep a timer, and this process, alive.
    processId: null,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
    ...params,
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    initialized,
    published,
    logged,
    open: (uri, text, languageId = 'plaintext') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change(uri, version, text, range) {
      const [line, character, endLine, endCharacter] = range ?? [];
      const stretch = range && {
        start: { line, character },
        end: { line: endLine, character: endCharacter },
      };
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [stretch === undefined ? { text } : { range: stretch, text }],
      });
    },
    async diagnostics(uri, version = 1) {
      for (;;) {
        const found = published.findLast((one) => one.uri === uri && (one.version ?? 0) >= version);
        if (found !== undefined) return found.diagnostics;
        await new Promise<void>((resolve) => wake.push(resolve));
      }
    },
    setSettings(next) {
      current = { diagnostics: { delay: 0 }, ...next };
      return connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    async stop() {
      wake = [];
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      await end();
    },
  };
}
