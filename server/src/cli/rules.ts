// `stowage rules`: every rule, with its files, level and what it finds.
import { localeFor, ruleDocs } from '../core/locale.ts';
import { ruleHref } from '../core/ruleHref.ts';
import { rules } from '../core/rules/index.generated.ts';
import { readArguments, UsageError } from './arguments.ts';
import { type Io, languageOf } from './io.ts';
import { command, table } from './jobs.ts';

/** Gives 0, or 2 where the command is written wrongly. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(
      args,
      { format: { type: 'string' }, lang: { type: 'string' } },
      say,
    );
    const format = text('format') ?? 'text';
    if (words.length > 0 || (format !== 'text' && format !== 'json')) {
      throw new UsageError(say('cli-usage', { usage: 'stowage rules [--format json]' }));
    }
    const locale = localeFor(text('lang') ?? languageOf(io.env));
    const rows = rules.map((rule) => ({
      id: rule.id,
      families: rule.families,
      level: rule.level,
      effect: rule.effect,
      fix: rule.fix,
      what: ruleDocs(locale, rule).what,
      href: ruleHref(rule.id, locale),
    }));
    io.stdout.write(
      format === 'json'
        ? `${JSON.stringify({ version: 1, rules: rows }, undefined, 2)}\n`
        : table(rows.map(({ id, level, families, what }) => [id, level, families.join(','), what])),
    );
    return 0;
  });
}
