// All engines that the settings name, each followed by a watch. Nothing is opened before somebody asks, and nothing at all
// in Restricted Mode: an address or a folder in a stranger's workspace must not make us connect.
import * as vscode from 'vscode';
import { openEngine } from '../../../server/src/engine/find.ts';
import { type Engine, EngineError } from '../../../server/src/engine/port.ts';
import { textSetting, volumeFolders } from '../settings.ts';
import { EngineWatch } from './engineWatch.ts';

export class EngineHub implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Some engine's state or volumes changed. */
  readonly onDidChange = this.#changes.event;
  readonly #listeners: vscode.Disposable[];
  #opening: Promise<readonly EngineWatch[]> | undefined;
  #watches: readonly EngineWatch[] = [];

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#listeners = [
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changes.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('stowage.engines')) this.#reopen();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#reopen()),
    ];
  }

  /** The engines that are open already, asked or not. */
  get known(): readonly EngineWatch[] {
    return this.#watches;
  }

  /** The engines, opened at the first call; each has answered, or has not, when this resolves. None in Restricted Mode. */
  async engines(): Promise<readonly EngineWatch[]> {
    if (!vscode.workspace.isTrusted) return [];
    this.#opening ??= this.#open();
    const opening = this.#opening;
    const watches = await opening;
    // The settings may have changed meanwhile: then these are on their way out.
    if (opening === this.#opening) this.#watches = watches;
    await Promise.all(watches.map(({ asked }) => asked));
    return watches;
  }

  /** Asks every engine again now. */
  refresh(): void {
    for (const watch of this.#watches) watch.refresh();
    this.#changes.fire();
  }

  dispose(): void {
    this.#close();
    for (const listener of this.#listeners) listener.dispose();
    this.#changes.dispose();
  }

  async #open(): Promise<readonly EngineWatch[]> {
    const docker = textSetting('engines.docker');
    const addresses = [
      ...volumeFolders().map((folder) => `folder=${folder}`),
      docker === '' ? 'docker' : `docker=${docker}`,
    ];
    return Promise.all(addresses.map((address) => this.#openOne(address)));
  }

  async #openOne(address: string): Promise<EngineWatch> {
    const engine = await openEngine(address, process.env).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      this.#log.warn(`${address}: ${detail}`);
      return unusable(address, detail);
    });
    return new EngineWatch(engine, () => this.#changes.fire());
  }

  #reopen(): void {
    this.#close();
    this.#changes.fire();
  }

  #close(): void {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#watches = [];
    opening
      ?.then((watches) => Promise.all(watches.map((watch) => watch.dispose())))
      .catch((error: unknown) => this.#log.warn(`an engine was not let go: ${String(error)}`));
  }
}

/** Stands in the tree for an address that no engine can have, so that a wrong setting is seen where its engine is missed. */
function unusable(id: string, detail: string): Engine {
  const refuse = async () => {
    throw new EngineError('unsupported', detail);
  };
  return {
    id,
    kind: id.startsWith('folder=') ? 'folder' : 'docker',
    can: new Set(),
    loses: [],
    probe: async () => ({ state: 'down', reason: 'unsupported', detail }),
    list: refuse,
    watch: () => {
      throw new EngineError('unsupported', detail);
    },
    inspect: refuse,
    create: refuse,
    remove: refuse,
    read: refuse,
    write: refuse,
    close: async () => undefined,
  };
}
