// `stowage explain RULE`: what a rule finds, why it matters and what to write instead.
import { localeFor, ruleDocs, word } from '../core/locale.ts';
import { ruleHref } from '../core/ruleHref.ts';
import { rules } from '../core/rules/index.generated.ts';
import { nearest } from '../core/schema/search.ts';
import { readArguments, UsageError } from './arguments.ts';
import { type Io, languageOf } from './io.ts';
import { command } from './jobs.ts';

/** Gives 0, or 2 where there is no such rule. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (say) => {
    const { words, text } = readArguments(args, { lang: { type: 'string' } }, say);
    const [id] = words;
    if (id === undefined || words.length > 1)
      throw new UsageError(say('cli-usage', { usage: 'stowage explain RULE' }));
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) {
      const near = nearest(
        id,
        rules.map((one) => one.id),
      );
      throw new UsageError(
        say(near === undefined ? 'cli-no-rule' : 'cli-no-rule-near', { id, near: near ?? '' }),
      );
    }
    const locale = localeFor(text('lang') ?? languageOf(io.env));
    const docs = ruleDocs(locale, rule);
    const facts = [`level-${rule.level}`, `effect-${rule.effect}`, `fix-${rule.fix}`] as const;
    const parts = [
      `${rule.id} (${facts.map((fact) => word(locale, fact)).join(', ')})`,
      docs.what,
      docs.why,
      docs.instead,
      [...rule.docs.source, ruleHref(rule.id, locale)].join('\n'),
    ];
    io.stdout.write(`${parts.join('\n\n')}\n`);
    return 0;
  });
}
