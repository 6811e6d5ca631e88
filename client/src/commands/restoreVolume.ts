// Restore Volume… and Restore Backup…: an archive comes back as a new volume, or replaces one after a question that names
// who uses it. The job checks the whole archive before it touches anything.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { runJob } from '../job.ts';
import type { JobOutcome } from '../jobOutcome.ts';
import type { EngineWatch } from '../tree/engineWatch.ts';
import type { TreeNode, VolumeNode } from '../tree/volumesTree.ts';
import { tellFailure } from '../ui/failure.ts';
import { pickBackup, volumeOf } from '../ui/pickBackup.ts';
import { pickEngine } from '../ui/pickVolume.ts';
import type { Services } from './table.ts';

export interface RestoreOptions {
  readonly archive?: string;
  /** The name of the new volume; asked where it is not given. */
  readonly into?: string;
  /** Where to, as `--engine` takes it. */
  readonly engine?: string;
}

interface Target {
  readonly watch: EngineWatch;
  readonly name: string;
  readonly replace: boolean;
}

/** From a volume's node: into it, or beside it. */
export async function restoreVolume(
  services: Services,
  node?: TreeNode,
  options?: RestoreOptions,
): Promise<JobOutcome | undefined> {
  if (node?.kind !== 'volume') return restoreBackup(services, options);
  const archive = options?.archive ?? (await pickBackup(services.context, node.volume.name));
  if (archive === undefined) return undefined;
  const given = options?.into;
  const target =
    given === undefined ? await askTarget(node) : { watch: node.watch, name: given, replace: false };
  return target && restore(services, archive, target);
}

/** From the title of the view, any archive into any engine. */
export async function restoreBackup(
  services: Services,
  options?: RestoreOptions,
): Promise<JobOutcome | undefined> {
  const archive = options?.archive ?? (await pickBackup(services.context));
  if (archive === undefined) return undefined;
  const watch = await pickEngine(services.hub, options?.engine);
  if (watch === undefined) return undefined;
  const name = options?.into ?? (await askNewName(watch, volumeOf(archive)));
  return name === undefined ? undefined : restore(services, archive, { watch, name, replace: false });
}

async function askTarget(node: VolumeNode): Promise<Target | undefined> {
  const { watch, volume } = node;
  const beside = {
    label: vscode.l10n.t('Into a new volume…'),
    detail: vscode.l10n.t('Nothing that exists is touched.'),
    replace: false,
  };
  const replace = {
    label: vscode.l10n.t('Replace {0}…', volume.name),
    detail: vscode.l10n.t('What is in it now is lost.'),
    replace: true,
  };
  const canReplace = watch.engine.can.has('remove') && watch.engine.can.has('create');
  const choice = await vscode.window.showQuickPick(canReplace ? [beside, replace] : [beside], {
    title: vscode.l10n.t('Restore where to?'),
  });
  if (choice === undefined) return undefined;
  const way = choice.replace ? await confirmReplace(node) : 'new';
  if (way === 'replace') return { watch, name: volume.name, replace: true };
  const name = way === 'new' ? await askNewName(watch, volume.name) : undefined;
  return name === undefined ? undefined : { watch, name, replace: false };
}

/**
 * The one question that stands between a click and lost data. It names who uses the volume; while a container refers to
 * it, it cannot be replaced, and a new volume is offered instead.
 */
async function confirmReplace({ watch, volume }: VolumeNode): Promise<'replace' | 'new' | undefined> {
  const users = volume.usedBy.map(({ name, running }) =>
    running ? vscode.l10n.t('{0} (running)', name) : name,
  );
  const free = users.length === 0;
  const detail = free
    ? watch.engine.can.has('users')
      ? vscode.l10n.t('No container refers to it. What is in it now is removed and cannot be had back.')
      : vscode.l10n.t(
          'A folder does not tell who uses it: see that nothing does. What is in it now is removed and cannot be had back.',
        )
    : vscode.l10n.t(
        'These containers refer to it: {0}. Remove them first, or restore into a new volume.',
        users.join(', '),
      );
  const question = free
    ? vscode.l10n.t('Replace the contents of {0}?', volume.name)
    : vscode.l10n.t('{0} is in use and cannot be replaced.', volume.name);
  const button = free ? vscode.l10n.t('Replace') : vscode.l10n.t('Into a new volume…');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (answer !== button) return undefined;
  return free ? 'replace' : 'new';
}

async function askNewName(watch: EngineWatch, original: string): Promise<string | undefined> {
  const taken = new Set(watch.volumes.map(({ name }) => name));
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Restore into a new volume'),
    prompt: vscode.l10n.t('The name of the new volume'),
    value: freeName(original, taken),
    validateInput: (name) => {
      if (taken.has(name)) return vscode.l10n.t('A volume of this name exists. Choose another.');
      if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return undefined;
      return vscode.l10n.t('Two or more of a-z, A-Z, 0-9, "_", "." and "-", a letter or digit first.');
    },
  });
}

/** The name itself, else with `-restored`, `-restored-2` and so on behind it. */
function freeName(original: string, taken: ReadonlySet<string>): string {
  for (let count = 0; ; count++) {
    const name = [original, ...(count > 0 ? ['restored'] : []), ...(count > 1 ? [count] : [])].join('-');
    if (!taken.has(name)) return name;
  }
}

async function restore(services: Services, archive: string, target: Target): Promise<JobOutcome> {
  const { watch, name, replace } = target;
  const args = ['restore', archive, '--engine', watch.engine.id, '--into', name];
  const title = vscode.l10n.t('Restoring {0}', name);
  const outcome = await runJob({ title, args: replace ? [...args, '--replace'] : args }, services);
  watch.refresh();
  void tell(services, basename(archive), name, outcome);
  return outcome;
}

async function tell({ log }: Services, archive: string, name: string, outcome: JobOutcome): Promise<void> {
  if (outcome.outcome === 'cancelled') {
    if (outcome.warnings.length > 0) void vscode.window.showWarningMessage(outcome.warnings.join(' '));
    return;
  }
  if (outcome.outcome === 'failed')
    return tellFailure(log, vscode.l10n.t('{0} was not restored into {1}.', archive, name), outcome.message);
  const text = vscode.l10n.t('{0} is restored.', name);
  if (outcome.warnings.length === 0) await vscode.window.showInformationMessage(text);
  else await vscode.window.showWarningMessage(`${text} ${outcome.warnings.join(' ')}`);
}
