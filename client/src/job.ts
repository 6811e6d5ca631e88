// Work on volumes runs in a process of its own: the command line tool, started with VS Code's own Node. This side only
// watches its events, shows bytes, and ends it when the user cancels.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { type JobEvent, parseJobEvent } from '../../server/src/backup/events.ts';
import { type JobOutcome, outcomeOf } from './jobOutcome.ts';
import { bytes } from './ui/amounts.ts';

export interface Job {
  /** What the notification says while it works. */
  readonly title: string;
  /** Arguments of the `stowage` command; `--events` is added. */
  readonly args: readonly string[];
}

interface Tools {
  readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>;
  readonly log: vscode.LogOutputChannel;
}

/** Runs a job with a notification that can cancel it; none in Restricted Mode. Never rejects: failure is an outcome. */
export async function runJob({ title, args }: Job, tools: Tools): Promise<JobOutcome> {
  if (!vscode.workspace.isTrusted)
    return {
      outcome: 'failed',
      message: vscode.l10n.t('No job starts in Restricted Mode. Trust this workspace first.'),
    };
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, cancelled) =>
    followJob(args, tools, progress, cancelled),
  );
}

/** Starts the job, reports its bytes, and ends it when it is cancelled. */
export async function followJob(
  args: readonly string[],
  { context, log }: Tools,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  cancelled: vscode.CancellationToken,
): Promise<JobOutcome> {
  const cli = context.asAbsolutePath('server/dist/cli.js');
  log.info(`stowage ${args.join(' ')}`);
  const child = spawn(process.execPath, [cli, ...args, '--events'], {
    // The command speaks the language that VS Code shows.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', LC_ALL: vscode.env.language },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const cancelling = cancelled.onCancellationRequested(() => child.kill('SIGTERM'));
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      log.error(error);
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
  const seen: JobEvent[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.warn(line);
    stderr.push(line);
  });
  const show = shower(progress);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = parseJobEvent(line);
    if (event === undefined) return log.info(line);
    show(event);
    if (event.event === 'progress') return;
    seen.push(event);
    log.info(line);
  });
  const code = await ended;
  cancelling.dispose();
  const nameless = vscode.l10n.t('The job ended with code {0}.', code);
  return outcomeOf({ code, events: seen, stderr, cancelled: cancelled.isCancellationRequested, nameless });
}

/** Turns events into what the notification shows. The bar moves only while the total is known; each job has two phases. */
function shower(progress: vscode.Progress<{ message?: string; increment?: number }>) {
  let shown = 0;
  let phase = '';
  return (event: JobEvent): void => {
    if (event.event !== 'progress') return;
    if (event.phase !== phase) {
      phase = event.phase;
      shown = 0;
    }
    const { totalBytes } = event;
    const amount =
      totalBytes === undefined
        ? bytes(event.bytesRead)
        : vscode.l10n.t('{0} of {1}', bytes(event.bytesRead), bytes(totalBytes));
    const percent = totalBytes ? Math.min(50, (50 * event.bytesRead) / totalBytes) : 0;
    const increment = Math.max(0, percent - shown);
    shown += increment;
    progress.report({ message: `${phaseName(event.phase)} ${amount}`, increment });
  };
}

function phaseName(phase: Extract<JobEvent, { event: 'progress' }>['phase']): string {
  switch (phase) {
    case 'read':
      return vscode.l10n.t('reading');
    case 'verify':
      return vscode.l10n.t('reading back and comparing');
    case 'write':
      return vscode.l10n.t('writing');
    case 'check':
      return vscode.l10n.t('checking');
  }
}
