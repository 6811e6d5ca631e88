// The language client: starts the server's bundle in a process of its own, speaks with it over Node IPC, and tells it which
// versions the engines have that answer.
import * as vscode from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { type FactsParams, factsNotification } from '../../server/src/lsp/protocol.ts';
import type { Language } from './language.ts';
import { selector } from './ourFiles.ts';
import type { EngineHub } from './tree/engineHub.ts';

interface Parts {
  /** The path of the server's bundle. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  readonly hub: EngineHub;
  readonly language: Language;
}

/** Starts the server; disposing what comes back ends it. */
export async function startLanguageClient({ module, log, hub, language }: Parts): Promise<vscode.Disposable> {
  const client = new LanguageClient(
    'stowage',
    'Stowage',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: selector,
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => {
          next(uri, diagnostics);
          language.judged(uri);
        },
      },
      outputChannel: log,
      diagnosticCollectionName: 'stowage',
    },
  );
  await client.start();
  language.started(client);
  let sent = '{}';
  const tell = async (): Promise<void> => {
    const facts = factsOf(hub);
    if (JSON.stringify(facts) === sent) return;
    sent = JSON.stringify(facts);
    await client.sendNotification(factsNotification, facts);
  };
  await tell();
  const listener = hub.onDidChange(() => {
    tell().catch((error: unknown) => log.warn(`facts: ${String(error)}`));
  });
  // A server that was started again after a crash knows nothing yet.
  const restarts = client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    sent = '{}';
    tell().catch((error: unknown) => log.warn(`facts: ${String(error)}`));
  });
  return vscode.Disposable.from(listener, restarts, { dispose: () => void client.stop() });
}

/** What the first Docker that answers says of itself; distributions put their own marks behind its version. Podman's versions are not Docker's. */
function factsOf(hub: EngineHub): FactsParams {
  const docker = hub.known.find(({ engine }) => engine.kind === 'docker')?.state;
  if (docker?.state !== 'ready' || docker.product !== 'Docker') return {};
  const { root, storageDriver, platform, usernsRemap, containers, images } = docker;
  const [version] = /^\d+\.\d+(\.\d+)?/.exec(docker.version) ?? [];
  const whole =
    root !== undefined &&
    storageDriver !== undefined &&
    usernsRemap !== undefined &&
    containers !== undefined &&
    images !== undefined;
  return {
    versions: { ...(version !== undefined && { docker: version }), ...(platform && { platform }) },
    ...(whole && { docker: { dataRoot: root, driver: storageDriver, usernsRemap, containers, images } }),
  };
}
