// `stowage restore ARCHIVE`: into a new volume, or with --replace over one that no container refers to.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { planRestore, runRestore } from '../backup/restore.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { amount, command, runJob, withEngine } from './jobs.ts';

const OPTIONS = {
  engine: { type: 'string' },
  into: { type: 'string' },
  replace: { type: 'boolean' },
  top: { type: 'string' },
  events: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** Gives the exit code of the contract. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text, has } = readArguments(args, OPTIONS, say);
    const [given] = words;
    if (given === undefined || words.length > 1)
      throw new UsageError(say('cli-usage', { usage: say('cli-usage-restore') }));
    const top = text('top');
    if (top !== undefined && top !== 'keep' && top !== 'drop')
      throw new UsageError(say('cli-bad-top', { value: top }));
    const into = text('into');
    const archive = resolve(given);
    const events = has('events');
    return withEngine(io, text('engine'), say, (engine) =>
      runJob(io, say, events, archive, async (job) => {
        // Told before the archive is verified, which can take long; the name may only be known after it.
        job.report({ event: 'start', job: 'restore', volume: into ?? '', engine: engine.id });
        const request = { engine, archive, replace: has('replace'), undoFolder: undoFolder(io.env) };
        const plan = await planRestore(
          { ...request, ...(into === undefined ? {} : { into }), ...(top ? { top } : {}) },
          job,
        );
        if (has('dry-run')) {
          io.stdout.write(`${say('cli-would-restore', { archive, volume: plan.spec.name })}\n`);
          return 0;
        }
        const { volume, bytes, entries, incomplete } = await runRestore(plan, job);
        job.report({ event: 'done', archive, volume, bytes, entries, incomplete });
        if (!events)
          io.stdout.write(
            `${say('cli-restored', { volume, archive, size: amount(bytes), count: String(entries) })}\n`,
          );
        return incomplete.length > 0 ? 3 : 0;
      }),
    );
  });
}

/** Where old content waits while it is replaced: state that must outlive the job (XDG base directories). */
function undoFolder(env: Io['env']): string {
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'stowage', 'undo');
}
