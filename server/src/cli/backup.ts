// `stowage backup VOLUME…`: one verified archive with its manifest for each volume.
import { resolve } from 'node:path';
import type { Compression } from '../backup/compress.ts';
import { planBackup, runBackup } from '../backup/run.ts';
import type { Engine } from '../engine/port.ts';
import { readArguments, type Say, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { amount, command, type ExitCode, runJob, withEngine } from './jobs.ts';

const OPTIONS = {
  engine: { type: 'string' },
  to: { type: 'string' },
  compress: { type: 'string' },
  events: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

interface Wanted {
  readonly folder: string;
  readonly compression: Compression;
  readonly events: boolean;
  readonly dryRun: boolean;
}

/** Gives the exit code of the contract; of several volumes the worst: a failure weighs more than an incomplete backup. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text, has } = readArguments(args, OPTIONS, say);
    if (words.length === 0) throw new UsageError(say('cli-usage', { usage: say('cli-usage-backup') }));
    const wanted: Wanted = {
      folder: resolve(text('to') ?? '.'),
      compression: readCompression(text('compress') ?? 'zstd', say),
      events: has('events'),
      dryRun: has('dry-run'),
    };
    return withEngine(io, text('engine'), say, async (engine) => {
      let code: ExitCode = 0;
      for (const volume of words) {
        // What one volume lost must not keep the others from being saved; only a cancel ends them all.
        if (io.signal.aborted) break;
        code = worse(code, await backUp(engine, volume, wanted, io, say));
      }
      return code;
    });
  });
}

function worse(a: ExitCode, b: ExitCode): ExitCode {
  const weight: readonly ExitCode[] = [0, 3, 2, 1, 4];
  return weight.indexOf(a) >= weight.indexOf(b) ? a : b;
}

async function backUp(engine: Engine, volume: string, wanted: Wanted, io: Io, say: Say): Promise<ExitCode> {
  const { folder, compression, events, dryRun } = wanted;
  return runJob(io, say, events, volume, async (job) => {
    const plan = await planBackup({ engine, volume, folder, compression }, job);
    if (dryRun) {
      io.stdout.write(`${say('cli-would-back-up', { volume, folder })}\n`);
      return 0;
    }
    const { archive, bytes, entries, incomplete } = await runBackup(plan, job);
    const lost = incomplete.map(({ id }) => id);
    job.report({ event: 'done', archive, volume, bytes, entries, incomplete: lost });
    if (!events)
      io.stdout.write(
        `${say('cli-backed-up', { volume, archive, size: amount(bytes), count: String(entries) })}\n`,
      );
    return lost.length > 0 ? 3 : 0;
  });
}

const LEVELS = { zstd: [1, 22], gzip: [0, 9] } as const;

function readCompression(written: string, say: Say): Compression {
  if (written === 'none') return { kind: 'none' };
  const [, kind, level] = /^(zstd|gzip)(?::(\d{1,2}))?$/.exec(written) ?? [];
  if (kind === 'zstd' || kind === 'gzip') {
    const [least, most] = LEVELS[kind];
    if (level === undefined) return { kind };
    if (Number(level) >= least && Number(level) <= most) return { kind, level: Number(level) };
  }
  throw new UsageError(say('cli-bad-compress', { value: written }));
}
