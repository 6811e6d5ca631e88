// docs/k8s-coverage.md: what the API server's validation asks of storage, beside the rules of ours that say it while typing.
import type { Rule } from '../src/core/rule.ts';
import facts from './k8sCoverage.json' with { type: 'json' };

/** One numbered fact of validation. */
export interface Fact {
  readonly number: number;
  /** What the API server does about it: refuses, warns, changes the object, or nothing (a note). */
  readonly effect: 'refused' | 'warned' | 'changed' | 'note';
  readonly title: string;
  /** Why no reading of the file can tell. */
  readonly unseen?: string;
  /** How its refusals read, as `place Type message`: the differential test must meet one. */
  readonly at?: string;
  /** The same for warnings. */
  readonly warning?: string;
}

export const validationFacts: readonly Fact[] = facts as readonly Fact[];

export interface Coverage {
  /** Refusals and warnings that a file alone can show. */
  readonly seen: readonly Fact[];
  readonly covered: readonly Fact[];
}

/** Which of the facts that can be seen have a rule. */
export function coverage(rules: readonly Rule[]): Coverage {
  const covers = new Set(rules.flatMap((rule) => rule.covers ?? []));
  const seen = validationFacts.filter(
    ({ effect, unseen }) => unseen === undefined && ['refused', 'warned'].includes(effect),
  );
  return { seen, covered: seen.filter(({ number }) => covers.has(number)) };
}

/** Path and text of the page. */
export async function coveragePage(): Promise<[string, string]> {
  const { rules } = await import('../src/core/rules/index.generated.ts');
  const { seen, covered } = coverage(rules);
  const percent = ((100 * covered.length) / seen.length).toFixed(1);
  const rows = validationFacts.map((fact) => row(fact, rules));
  const text = [
    '# What the API server asks of storage, and what Stowage says while typing\n',
    'Made by `npm run generate` from `server/tools/k8sCoverage.json` and the `covers` of the rules. What is refused is compared, place by place, with the API server’s own code in `test/core/k8s.differential.test.ts`.\n',
    `**${covered.length} of the ${seen.length} refusals and warnings that a file can show have a rule: ${percent} %.** The rest are changes and notes, or cannot be seen in a file.\n`,
    '| no. | what | API server | rule and fixture |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
  return ['docs/k8s-coverage.md', text];
}

function row({ number, effect, title, unseen }: Fact, rules: readonly Rule[]): string {
  const of = rules.filter((rule) => rule.covers?.includes(number) === true);
  const links = of.map(({ id }) => `[${id}](rules/${id}.md) ([fixture](../test/rules/${id}.md))`);
  const none = unseen ?? (effect === 'refused' || effect === 'warned' ? '**none yet**' : 'nothing to refuse');
  return `| ${number} | ${title.replaceAll('|', '\\|')} | ${effect} | ${links.length > 0 ? links.join(', ') : none} |`;
}
