// `stowage format`: lays storage.conf files out anew, or says with `--check` which are not laid out so.
import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync } from 'node:fs';
import { applyEdits } from '../core/features/fixes.ts';
import { parseToml } from '../core/syntax/toml.ts';
import { formatToml } from '../core/syntax/tomlFormat.ts';
import { readArguments, type Say, UsageError } from './arguments.ts';
import type { Io } from './io.ts';
import { command } from './jobs.ts';
import { replaceFile } from './replaceFile.ts';

type Result = 'same' | 'changed' | { readonly error: string };

/** Gives 0 where all is well, 1 where `--check` found a file to format, 2 where one could not be read or has mistakes. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, has } = readArguments(args, { check: { type: 'boolean' } }, say);
    const usage = { usage: 'stowage format [--check] FILE…' };
    if (words.length === 0) throw new UsageError(say('cli-usage', usage));
    const results = words.map((file) => ({ file, result: formatFile(file, has('check'), say) }));
    for (const { file, result } of results) {
      if (result === 'changed') io.stdout.write(`${file}\n`);
      if (typeof result === 'object') io.stderr.write(`stowage: ${file}: ${result.error}\n`);
    }
    if (results.some(({ result }) => typeof result === 'object')) return 2;
    return has('check') && results.some(({ result }) => result === 'changed') ? 1 : 0;
  });
}

function formatFile(file: string, check: boolean, say: Say): Result {
  try {
    const bytes = readFileSync(file);
    if (!isUtf8(bytes)) return { error: say('cli-binary') };
    const text = bytes.toString();
    const { documents, problems } = parseToml(text);
    if (problems.length > 0 || documents[0]?.templated === true) return { error: say('cli-not-formatted') };
    const edits = formatToml(text);
    if (edits.length > 0 && !check) replaceFile(realpathSync(file), Buffer.from(applyEdits(text, edits)));
    return edits.length > 0 ? 'changed' : 'same';
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
