// `stowage backups [DIR]`: the backups in a folder, newest first.
import { resolve } from 'node:path';
import { listBackups } from '../backup/store.ts';
import { readArguments, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { amount, command, table } from './jobs.ts';

/** Gives the exit code of the contract: 2 where the folder cannot be read. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(args, { format: { type: 'string' } }, say);
    const format = text('format') ?? 'text';
    if (words.length > 1 || (format !== 'text' && format !== 'json'))
      throw new UsageError(say('cli-usage', { usage: 'stowage backups [DIR] [--format json]' }));
    const folder = resolve(words[0] ?? '.');
    const backups = await listBackups(folder).catch((error: unknown) => {
      throw new UsageError(
        say('cli-unreadable', { path: folder, detail: error instanceof Error ? error.message : '' }),
      );
    });
    if (format === 'json') {
      const plain = backups.map(({ manifest, ...rest }) => ({
        ...rest,
        ...(manifest ? { entries: manifest.entries, contentBytes: manifest.contentBytes } : {}),
      }));
      io.stdout.write(`${JSON.stringify({ version: 1, folder, backups: plain }, undefined, 2)}\n`);
      return 0;
    }
    const rows = backups.map(({ volume, time, size, archive }) => [volume, time, amount(size), archive]);
    const head = ['volume', 'time', 'size', 'archive'] as const;
    const titles = head.map((id) => say(`cli-column-${id}`));
    io.stdout.write(rows.length === 0 ? `${say('cli-no-backups', { folder })}\n` : table([titles, ...rows]));
    return 0;
  });
}
