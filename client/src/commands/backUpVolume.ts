// Back Up Volume…: asks which volume and where to, then a job writes, reads back and names the archive.
import * as vscode from 'vscode';
import { runJob } from '../job.ts';
import type { JobOutcome } from '../jobOutcome.ts';
import { textSetting } from '../settings.ts';
import type { TreeNode, VolumeNode } from '../tree/volumesTree.ts';
import { bytes } from '../ui/amounts.ts';
import { tellFailure } from '../ui/failure.ts';
import { pickBackupFolder } from '../ui/pickBackupFolder.ts';
import { pickVolume } from '../ui/pickVolume.ts';
import { revealBackup } from './revealBackup.ts';
import type { Services } from './table.ts';
import { verifyBackup } from './verifyBackup.ts';

export interface BackUpOptions {
  /** Where the archive goes; asked where it is not given. */
  readonly folder?: string;
}

/** Gives the outcome of the job, or undefined where the user left a question unanswered. */
export async function backUpVolume(
  services: Services,
  node?: TreeNode,
  options?: BackUpOptions,
): Promise<JobOutcome | undefined> {
  const chosen = node?.kind === 'volume' ? node : await pickVolume(services.hub);
  if (chosen === undefined) return undefined;
  const folder = options?.folder ?? (await pickBackupFolder(services.context));
  if (folder === undefined) return undefined;
  const outcome = await runJob(
    {
      title: vscode.l10n.t('Backing up {0}', chosen.volume.name),
      args: [...backupArguments(chosen), '--to', folder],
    },
    services,
  );
  void tell(services, chosen, outcome);
  return outcome;
}

function backupArguments({ watch, volume }: VolumeNode): string[] {
  const compression = textSetting('backup.compression');
  return ['backup', volume.name, '--engine', watch.engine.id, '--compress', compression];
}

async function tell(services: Services, { volume }: VolumeNode, outcome: JobOutcome): Promise<void> {
  if (outcome.outcome === 'cancelled') {
    services.log.info(`backup of ${volume.name} cancelled, nothing kept`);
    return;
  }
  if (outcome.outcome === 'failed') {
    const what = vscode.l10n.t('{0} was not backed up, and nothing was kept.', volume.name);
    return tellFailure(services.log, what, outcome.message);
  }
  const { done, warnings } = outcome;
  const size = bytes(done?.bytes ?? 0);
  const text = vscode.l10n.t('{0} is backed up and was read back: {1}.', volume.name, size);
  const reveal = vscode.l10n.t('Reveal');
  const verify = vscode.l10n.t('Verify');
  const answer =
    warnings.length === 0
      ? await vscode.window.showInformationMessage(text, reveal, verify)
      : await vscode.window.showWarningMessage(`${text} ${warnings.join(' ')}`, reveal, verify);
  if (answer === reveal) await revealBackup(services, done?.archive);
  if (answer === verify) await verifyBackup(services, done?.archive);
}
