// `stowage volumes`: what an engine has, and who uses it.
import { readArguments, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { command, table, withEngine } from './jobs.ts';

/** Gives the exit code of the contract. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(
      args,
      { engine: { type: 'string' }, format: { type: 'string' } },
      say,
    );
    const format = text('format') ?? 'text';
    if (words.length > 0 || (format !== 'text' && format !== 'json'))
      throw new UsageError(say('cli-usage', { usage: 'stowage volumes [--engine E] [--format json]' }));
    return withEngine(io, text('engine'), say, async (engine) => {
      const volumes = [...(await engine.list())].sort((a, b) => (a.name < b.name ? -1 : 1));
      if (format === 'json') {
        io.stdout.write(`${JSON.stringify({ version: 1, engine: engine.id, volumes }, undefined, 2)}\n`);
        return 0;
      }
      const rows = volumes.map(({ name, driver, usedBy }) => [
        name,
        driver,
        usedBy.map((user) => user.name).join(', '),
      ]);
      const head = [say('cli-column-volume'), say('cli-column-driver'), say('cli-column-used-by')];
      io.stdout.write(
        rows.length === 0 ? `${say('cli-no-volumes', { engine: engine.id })}\n` : table([head, ...rows]),
      );
      return 0;
    });
  });
}
