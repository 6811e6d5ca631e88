// `stowage effective`: what containers/storage takes from all its files together, and where each value stands.
import { resolve } from 'node:path';
import { currentUid, storageQuestion } from '../beside/storageFiles.ts';
import { localeFor } from '../core/locale.ts';
import { newest } from '../core/schema/versions.ts';
import { effectiveStorage } from '../core/storage/effective/effective.ts';
import { effectiveText } from '../core/storage/effective/text.ts';
import { readArguments, type Say, UsageError } from './arguments.ts';
import { type Io, languageOf } from './io.ts';
import { command } from './jobs.ts';

const OPTIONS = {
  root: { type: 'string' },
  rootless: { type: 'string' },
  'containers-storage': { type: 'string' },
  format: { type: 'string' },
  lang: { type: 'string' },
} as const;

/** Gives 0, 1 where the engine would stop, 2 where the command is written wrongly or a file could not be read. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(withUid(args), OPTIONS, say);
    const bad = (option: string) =>
      new UsageError(say('cli-bad-option', { option: `--${option}`, value: text(option) ?? '' }));
    if (words.length > 0) throw new UsageError(say('cli-usage', { usage: say('cli-usage-effective') }));
    const format = text('format') ?? 'text';
    if (format !== 'text' && format !== 'json') throw bad('format');
    const version = text('containers-storage') ?? newest.containersStorage;
    if (!/^v?\d+(\.\d+){0,2}$/.test(version)) throw bad('containers-storage');
    const root = text('root');
    const result = effectiveStorage(
      storageQuestion({
        version: version.replace(/^v/, ''),
        uid: uidFor(text('rootless'), bad, say),
        root: root === undefined ? undefined : resolve(root),
        env: io.env,
      }),
    );
    io.stdout.write(
      format === 'json'
        ? `${JSON.stringify({ format: 1, ...result }, undefined, 2)}\n`
        : effectiveText(result, localeFor(text('lang') ?? languageOf(io.env))).text,
    );
    if (result.read.some(({ passedOver }) => passedOver === 'denied')) return 2;
    return result.stop === undefined ? 0 : 1;
  });
}

/** The number behind `--rootless` may be left out. */
function withUid(args: readonly string[]): string[] {
  return args.map((arg, index) =>
    arg === '--rootless' && !/^\d+$/.test(args[index + 1] ?? '') ? '--rootless=' : arg,
  );
}

/** Root unless told otherwise. @throws UsageError */
function uidFor(given: string | undefined, bad: (option: string) => UsageError, say: Say): number {
  if (given === undefined) return 0;
  if (given !== '' && !/^[1-9]\d{0,9}$/.test(given)) throw bad('rootless');
  const uid = given === '' ? currentUid() : Number(given);
  if (uid === 0) throw new UsageError(say('cli-rootless-needs-uid'));
  return uid;
}
