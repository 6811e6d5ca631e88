// Asks for a volume or an engine where a command was not started from the tree.
import * as vscode from 'vscode';
import type { EngineHub } from '../tree/engineHub.ts';
import type { EngineWatch } from '../tree/engineWatch.ts';
import type { VolumeNode } from '../tree/volumesTree.ts';
import { engineName } from './engineName.ts';

export async function pickVolume(hub: EngineHub): Promise<VolumeNode | undefined> {
  const watches = await hub.engines();
  const items = watches.flatMap((watch) =>
    watch.volumes.map((volume) => ({
      label: `$(database) ${volume.name}`,
      description: engineName(watch.engine),
      node: { kind: 'volume', watch, volume } as const,
    })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(noneText());
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which volume?') }))?.node;
}

/** The engine of this id; else the only one that can take volumes; else the user is asked. */
export async function pickEngine(hub: EngineHub, id?: string): Promise<EngineWatch | undefined> {
  const able = (await hub.engines()).filter(
    ({ engine, state }) => state?.state === 'ready' && engine.can.has('write'),
  );
  if (id !== undefined) return able.find(({ engine }) => engine.id === id);
  if (able.length === 0) void vscode.window.showInformationMessage(noneText());
  if (able.length <= 1) return able[0];
  const items = able.map((watch) => ({ label: engineName(watch.engine), detail: watch.engine.id, watch }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Restore in which engine?') }))
    ?.watch;
}

function noneText(): string {
  return vscode.workspace.isTrusted
    ? vscode.l10n.t('No engine answers. The Container Storage view says why.')
    : vscode.l10n.t('Engines are not asked in Restricted Mode. Trust this workspace first.');
}
