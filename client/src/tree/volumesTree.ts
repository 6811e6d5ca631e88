// The Volumes tree: engines, and below each its volumes. It only shows what the hub knows; where an engine does not answer,
// its node says why in one line and what to do.
import * as vscode from 'vscode';
import type { Volume } from '../../../server/src/engine/port.ts';
import { engineName } from '../ui/engineName.ts';
import { nextStep } from '../ui/reasons.ts';
import type { EngineHub } from './engineHub.ts';
import type { EngineWatch } from './engineWatch.ts';

export interface EngineNode {
  readonly kind: 'engine';
  readonly watch: EngineWatch;
}

export interface VolumeNode {
  readonly kind: 'volume';
  readonly watch: EngineWatch;
  readonly volume: Volume;
}

export type TreeNode = EngineNode | VolumeNode;

export class VolumesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #hub: EngineHub;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #listener: vscode.Disposable;

  constructor(hub: EngineHub) {
    this.#hub = hub;
    this.#listener = hub.onDidChange(() => this.#changes.fire());
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return engineNodes(await this.#hub.engines());
    if (node.kind === 'volume') return [];
    return node.watch.volumes.map((volume) => ({ kind: 'volume', watch: node.watch, volume }));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.kind === 'engine' ? engineItem(node.watch) : volumeItem(node);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
  }
}

/** An engine that is not installed is not worth a line beside others; where nothing is left, the view's welcome speaks. */
function engineNodes(watches: readonly EngineWatch[]): EngineNode[] {
  return watches
    .filter(({ state }) => state?.state !== 'down' || state.reason !== 'not-installed')
    .map((watch) => ({ kind: 'engine', watch }));
}

function engineItem({ engine, state, volumes }: EngineWatch): vscode.TreeItem {
  const item = new vscode.TreeItem(engineName(engine), vscode.TreeItemCollapsibleState.Expanded);
  item.id = engine.id;
  item.contextValue = `engine ${engine.kind}`;
  if (state?.state === 'down') {
    item.collapsibleState = vscode.TreeItemCollapsibleState.None;
    item.iconPath = new vscode.ThemeIcon('circle-slash');
    item.description = nextStep(state.reason, engine.kind);
    // The line is cut off where the view is narrow.
    item.tooltip = [engine.id, item.description, state.detail].join('\n');
    return item;
  }
  item.iconPath = new vscode.ThemeIcon(engine.kind === 'folder' ? 'folder-library' : 'server');
  // Distributions put their own marks behind a version.
  const product = engine.kind === 'folder' || state === undefined ? [] : [state.version.split('+')[0]];
  item.description = [...product, countOf(volumes.length)].join(' · ');
  item.tooltip = engine.id;
  return item;
}

function countOf(count: number): string {
  return count === 1 ? vscode.l10n.t('1 volume') : vscode.l10n.t('{0} volumes', count);
}

function volumeItem({ watch, volume }: VolumeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(volume.name);
  item.id = `${watch.engine.id}\n${volume.name}`;
  const abilities = [...watch.engine.can].map((ability) => `can-${ability}`);
  item.contextValue = ['volume', ...abilities].join(' ');
  const running = volume.usedBy.some((user) => user.running);
  item.iconPath = new vscode.ThemeIcon(
    'database',
    running ? new vscode.ThemeColor('charts.green') : undefined,
  );
  // Below a folder every driver is `folder`.
  const driver = watch.engine.kind === 'folder' ? '' : volume.driver;
  item.description = [driver, usersOf(volume)].filter((part) => part !== '').join(' · ');
  item.tooltip = tooltip(volume);
  return item;
}

function usersOf({ usedBy }: Volume): string {
  const names = usedBy.map(({ name }) => name).join(', ');
  return names === '' ? '' : vscode.l10n.t('in use by {0}', names);
}

function tooltip(volume: Volume): vscode.MarkdownString {
  const rows: [string, string][] = [
    [vscode.l10n.t('Driver'), volume.driver],
    [vscode.l10n.t('Mount point'), volume.mountpoint ?? ''],
    [vscode.l10n.t('Created'), volume.created ?? ''],
    ...volume.usedBy.map(({ name, running }): [string, string] => [
      vscode.l10n.t('Container'),
      running ? vscode.l10n.t('{0} (running)', name) : name,
    ]),
    ...pairs(vscode.l10n.t('Option'), volume.options),
    ...pairs(vscode.l10n.t('Label'), volume.labels),
  ];
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(volume.name).appendMarkdown('**\n\n| | |\n|---|---|\n');
  for (const [label, value] of rows.filter(([, value]) => value !== '')) {
    text.appendMarkdown(`| ${label} | `).appendText(value.replaceAll('\n', ' ')).appendMarkdown(' |\n');
  }
  return text;
}

function pairs(label: string, values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).map(([key, value]) => [label, value === '' ? key : `${key}=${value}`]);
}
