// `stowage verify ARCHIVE`: reads an archive whole and compares it with its manifest; without one, as a tar alone.
import { resolve } from 'node:path';
import { inspectArchive } from '../backup/archive.ts';
import { contentBytes } from '../backup/contents.ts';
import { warn } from '../backup/job.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { amount, command, runJob } from './jobs.ts';

/** Gives the exit code of the contract: 1 where the archive is damaged. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, has } = readArguments(args, { events: { type: 'boolean' } }, say);
    const [given] = words;
    if (given === undefined || words.length > 1)
      throw new UsageError(say('cli-usage', { usage: say('cli-usage-verify') }));
    const archive = resolve(given);
    return runJob(io, say, has('events'), archive, async (job) => {
      job.report({ event: 'start', job: 'verify', volume: '', engine: '' });
      const { size, contents, manifest } = await inspectArchive(archive, job);
      if (!manifest) warn(job, 'no-manifest', { archive });
      const entries = contents.size;
      job.report({ event: 'verified', archive, bytes: size, entries });
      const volume = manifest?.volume.name ?? '';
      job.report({ event: 'done', archive, volume, bytes: contentBytes(contents), entries, incomplete: [] });
      if (!has('events'))
        io.stdout.write(`${say('cli-verified', { archive, size: amount(size), count: String(entries) })}\n`);
      return 0;
    });
  });
}
