// Words for why an engine or a job failed, each with the next step.
import * as vscode from 'vscode';
import type { Engine, Reason } from '../../../server/src/engine/port.ts';

/** One quiet line: why the engine is away and what to do. */
export function nextStep(reason: Reason, kind: Engine['kind']): string {
  switch (reason) {
    case 'not-installed':
      return vscode.l10n.t('not found: install it, or set its address in the settings');
    case 'not-running':
      return vscode.l10n.t('not running: start it, this list follows by itself');
    case 'denied':
      return kind === 'folder'
        ? vscode.l10n.t('this folder may not be read: check its permissions')
        : vscode.l10n.t('access denied: your user needs the rights to its socket');
    case 'too-old':
      return vscode.l10n.t('too old: update the engine');
    case 'not-found':
      return vscode.l10n.t('there is no such folder: check the setting stowage.engines.folders');
    case 'unsupported':
      return vscode.l10n.t('no usable address: check stowage.engines.docker, or DOCKER_HOST');
    case 'exists':
    case 'in-use':
    case 'read-only':
    case 'no-space':
    case 'cancelled':
    case 'truncated':
    case 'other':
      return vscode.l10n.t('does not answer: hover to see what it said');
  }
}
