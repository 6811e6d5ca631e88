// The language server on a connection, whatever carries it: documents in, diagnostics and answers out.
import {
  BulkRegistration,
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  SelectionRangeRequest,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import packageJson from '../../../package.json' with { type: 'json' };
import { localeFor } from '../core/locale.ts';
import { besideReader, foldersOf, watched } from './beside.ts';
import { toDiagnostic } from './convert.ts';
import { type Analysed, openDocuments } from './documents.ts';
import { effectiveStorageAnswer } from './effectiveStorage.ts';
import { readFacts } from './facts.ts';
import {
  type Abilities,
  actionKinds,
  actionsFor,
  completionItems,
  documentSymbols,
  foldingRanges,
  hoverAt,
  selectionRanges,
} from './features.ts';
import { formattingEdits } from './formatting.ts';
import {
  type EffectiveStorageAnswer,
  effectiveStorageRequest,
  factsNotification,
  type InitializationOptions,
  type JudgedFor,
  judgedForRequest,
  templateRequest,
  type UpdatePlan,
  updateRequest,
} from './protocol.ts';
import { judgedFor, newFiles, updatePlan } from './requests.ts';
import { readSettings } from './settings.ts';

interface Client extends Abilities {
  /** Can be asked for its settings. */
  readonly configuration: boolean;
  /** Tells of changed settings only when asked to. */
  readonly registers: boolean;
  /** Watches files when asked to. */
  readonly watches: boolean;
  /** The paths of its folders. */
  readonly folders: string[];
  readonly pulls: boolean;
  /** Asks for folds and wider selections only in the languages that it is told. */
  readonly folds: boolean;
  /** Asks for formatting only in the languages that it is told: others have formatters of their own. */
  readonly formats: boolean;
  /** Settings from the start, for a client that cannot be asked. */
  readonly settings: unknown;
}

/** Serves a connection until it ends. */
export function serve(connection: Connection): void {
  const texts = new TextDocuments(TextDocument);
  let client: Client = {
    locale: undefined,
    snippets: false,
    creates: false,
    configuration: false,
    registers: false,
    watches: false,
    folders: [],
    pulls: false,
    folds: false,
    formats: false,
    settings: undefined,
  };
  const log = (message: string) => connection.console.error(message);
  const besideOf = besideReader(log);

  const diagnosticsOf = ({ document, analysis }: Analysed) =>
    (analysis?.findings ?? []).map((finding) => toDiagnostic(document, finding, client.locale));
  const documents = openDocuments((analysed) => {
    const { uri, version } = analysed.document;
    void connection.sendDiagnostics({ uri, version, diagnostics: diagnosticsOf(analysed) });
  }, log);

  /** The settings as the client sends them, of a document or of none. */
  async function settingsOf(uri?: string): Promise<unknown> {
    if (!client.configuration) return client.settings;
    const of = { section: 'stowage', ...(uri !== undefined && { scopeUri: uri }) };
    return connection.workspace
      .getConfiguration(of)
      .catch((error: unknown) =>
        log(`no settings for ${uri ?? 'new files'}, the defaults are used: ${String(error)}`),
      );
  }

  /** Asks for the settings of a document, then judges it; what was typed meanwhile is judged too, being read afterwards. */
  async function refresh(uri: string): Promise<void> {
    const sent = await settingsOf(uri);
    const document = texts.get(uri);
    if (document === undefined) return;
    documents.setSettings(uri, readSettings(sent, log));
    documents.setBeside(uri, besideOf(uri, client.folders));
    if (!client.pulls) documents.touch(document, true);
  }

  async function refreshAll(): Promise<void> {
    await Promise.all(texts.keys().map(refresh));
    if (client.pulls) connection.languages.diagnostics.refresh();
  }

  /**
   * An answer from the analysis of a document; a fault of ours is logged and answered with nothing. Work is synchronous, so a
   * request is cancelled before its turn or not at all. @throws ResponseError where it was
   */
  function answer<T>(uri: string, token: CancellationToken, nothing: T, make: (analysed: Analysed) => T): T {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const document = texts.get(uri);
    if (document === undefined) return nothing;
    try {
      return make(documents.read(document));
    } catch (error) {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return nothing;
    }
  }

  connection.onInitialize((params) => {
    client = clientOf(params);
    return result(client);
  });
  connection.onInitialized(async () => {
    if (client.registers) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'stowage' });
    }
    if (client.folds) {
      const both = BulkRegistration.create();
      both.add(FoldingRangeRequest.type, { documentSelector: storageConf });
      both.add(SelectionRangeRequest.type, { documentSelector: storageConf });
      await connection.client.register(both);
    }
    if (client.formats) {
      await connection.client.register(DocumentFormattingRequest.type, { documentSelector: storageConf });
      await connection.client.register(DocumentRangeFormattingRequest.type, {
        documentSelector: storageConf,
      });
    }
    if (client.watches) await connection.client.register(DidChangeWatchedFilesNotification.type, watched);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (!client.configuration) client = { ...client, settings: sectionOf(settings) };
    guarded(refreshAll());
  });
  connection.onDidChangeWatchedFiles(() => guarded(refreshAll()));
  connection.onNotification(factsNotification, (learnt: unknown) => {
    documents.setFacts(readFacts(learnt, log));
    guarded(refreshAll());
  });

  // What is opened comes as a change too; it is judged when its settings are there.
  const opened = new Map<string, number>();
  texts.onDidOpen(({ document: { uri, version } }) => {
    opened.set(uri, version);
    guarded(refresh(uri));
  });
  texts.onDidChangeContent(({ document }) => {
    if (!client.pulls && document.version !== opened.get(document.uri)) documents.touch(document, false);
  });
  texts.onDidSave(({ document }) => {
    const isNew = documents.setBeside(document.uri, besideOf(document.uri, client.folders));
    if (isNew && !client.pulls) documents.touch(document, true);
  });
  texts.onDidClose(({ document: { uri } }) => {
    documents.close(uri);
    opened.delete(uri);
    if (!client.pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onCompletion(({ textDocument, position }, token) =>
    answer(textDocument.uri, token, [], (analysed) => completionItems(analysed, position, client)),
  );
  connection.onHover(({ textDocument, position }, token) =>
    answer(textDocument.uri, token, null, (analysed) => hoverAt(analysed, position, client)),
  );
  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answer(textDocument.uri, token, [], (analysed) => actionsFor(analysed, range, context.only, client)),
  );
  connection.onDocumentSymbol(({ textDocument }, token) =>
    answer(textDocument.uri, token, [], documentSymbols),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    answer(textDocument.uri, token, null, foldingRanges),
  );
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    answer(textDocument.uri, token, null, (analysed) => selectionRanges(analysed, positions)),
  );
  connection.onDocumentFormatting(({ textDocument, options }, token) =>
    answer(textDocument.uri, token, [], (analysed) => formattingEdits(analysed, options)),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range, options }, token) =>
    answer(textDocument.uri, token, [], (analysed) => formattingEdits(analysed, options, range)),
  );
  connection.languages.diagnostics.on(({ textDocument }, token) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items: answer(textDocument.uri, token, [], diagnosticsOf),
  }));
  connection.onRequest(judgedForRequest, (sent: unknown, token: CancellationToken) =>
    answer<JudgedFor | null>(textIn(sent, 'uri'), token, null, judgedFor),
  );
  connection.onRequest(updateRequest, (sent: unknown, token: CancellationToken) =>
    answer<UpdatePlan | null>(textIn(sent, 'uri'), token, null, (analysed) =>
      updatePlan(analysed, textIn(sent, 'version'), client.locale),
    ),
  );
  connection.onRequest(templateRequest, async (sent: unknown) => {
    const settings = readSettings(await settingsOf(), log);
    return newFiles(settings, documents.facts(), textIn(sent, 'version'), client.locale);
  });
  connection.onRequest(effectiveStorageRequest, (sent: unknown): EffectiveStorageAnswer | null =>
    effectiveStorageAnswer(sent, process.env, client.locale),
  );
  connection.onShutdown(() => documents.stop());

  function guarded(work: Promise<void>): void {
    work.catch((error: unknown) =>
      log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }

  texts.listen(connection);
  connection.listen();
}

function clientOf(params: InitializeParams): Client {
  const { capabilities, locale, initializationOptions } = params;
  const options = (initializationOptions ?? {}) as InitializationOptions;
  return {
    locale: localeFor(locale),
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    creates:
      capabilities.workspace?.workspaceEdit?.documentChanges === true &&
      capabilities.workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    configuration: capabilities.workspace?.configuration === true,
    registers: capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watches: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: foldersOf(params),
    folds:
      capabilities.textDocument?.foldingRange?.dynamicRegistration === true &&
      capabilities.textDocument.selectionRange?.dynamicRegistration === true,
    formats:
      capabilities.textDocument?.formatting?.dynamicRegistration === true &&
      capabilities.textDocument.rangeFormatting?.dynamicRegistration === true,
    pulls: options.diagnostics === 'pull',
    settings: options.settings,
  };
}

/** The one language whose files no other extension folds or formats. */
const storageConf = [{ language: 'containers-storage-conf' }];

function result({ pulls, folds, formats }: Client): InitializeResult {
  return {
    serverInfo: { name: packageJson.name, version: packageJson.version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      completionProvider: { triggerCharacters: ['"', ':', '=', '[', ' ', '.'] },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: actionKinds },
      documentSymbolProvider: true,
      ...(!folds && { foldingRangeProvider: true, selectionRangeProvider: true }),
      ...(!formats && { documentFormattingProvider: true, documentRangeFormattingProvider: true }),
      ...(pulls && { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }),
    },
  };
}

/** A text among the parameters of a request; '' where there is none. */
function textIn(sent: unknown, name: string): string {
  const value =
    typeof sent === 'object' && sent !== null ? (sent as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** `{ stowage: … }` or what stands in it. */
function sectionOf(settings: unknown): unknown {
  const held = typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>) : {};
  return held['stowage'] ?? settings;
}
