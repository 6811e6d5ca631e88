// Verify Backup…: reads a backup from its first to its last byte and compares it with its manifest.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { runJob } from '../job.ts';
import type { JobOutcome } from '../jobOutcome.ts';
import { bytes } from '../ui/amounts.ts';
import { tellFailure } from '../ui/failure.ts';
import { pickBackup } from '../ui/pickBackup.ts';
import type { Services } from './table.ts';

export async function verifyBackup(services: Services, archive?: string): Promise<JobOutcome | undefined> {
  const chosen = archive ?? (await pickBackup(services.context));
  if (chosen === undefined) return undefined;
  const name = basename(chosen);
  const title = vscode.l10n.t('Verifying {0}', name);
  const outcome = await runJob({ title, args: ['verify', chosen] }, services);
  void tell(services, name, outcome);
  return outcome;
}

async function tell({ log }: Services, name: string, outcome: JobOutcome): Promise<void> {
  if (outcome.outcome === 'cancelled') return;
  if (outcome.outcome === 'failed')
    return tellFailure(log, vscode.l10n.t('{0} is not a whole backup.', name), outcome.message);
  const size = bytes(outcome.done?.bytes ?? 0);
  const entries = outcome.done?.entries ?? 0;
  const text = vscode.l10n.t('{0} is whole: {1} entries, {2}.', name, entries, size);
  if (outcome.warnings.length === 0) await vscode.window.showInformationMessage(text);
  else await vscode.window.showWarningMessage(`${text} ${outcome.warnings.join(' ')}`);
}
