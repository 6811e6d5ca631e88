// `stowage new storage.conf --template NAME`: a file to begin with, printed and written nowhere.
import { templates } from '../core/features/templates.ts';
import { localeFor } from '../core/locale.ts';
import { newest } from '../core/schema/versions.ts';
import { readArguments, UsageError } from './arguments.ts';
import { type Io, languageOf } from './io.ts';
import { command, table } from './jobs.ts';

const options = {
  template: { type: 'string' },
  'containers-storage': { type: 'string' },
  lang: { type: 'string' },
} as const;

/** Gives 0, or 2 where the command is written wrongly; without a template it says which there are. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(args, options, say);
    if (words.length !== 1 || words[0] !== 'storage.conf') {
      throw new UsageError(say('cli-usage', { usage: say('cli-usage-new') }));
    }
    const version = text('containers-storage') ?? newest.containersStorage;
    const bad = (option: string, value: string) =>
      new UsageError(say('cli-bad-option', { option: `--${option}`, value }));
    if (!/^v?\d+(\.\d+){0,2}$/.test(version)) throw bad('containers-storage', version);
    const known = templates(version, localeFor(text('lang') ?? languageOf(io.env)));
    const wanted = text('template');
    if (wanted === undefined) {
      io.stdout.write(table(known.map(({ name, about }) => [name, about])));
      return 0;
    }
    const found = known.find(({ name }) => name === wanted);
    if (found === undefined) throw bad('template', wanted);
    io.stdout.write(found.text);
    return 0;
  });
}
