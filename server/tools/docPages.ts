// The pages under docs/rules/: words from the rules, examples from the fixtures that run as tests, so that a page cannot lie.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locale, localeFor, ruleDocs, word } from '../src/core/locale.ts';
import type { Rule } from '../src/core/rule.ts';
import { flagsOf, parseFixture, type Section } from './fixture.ts';

interface Language {
  readonly folder: string;
  readonly locale: Locale | undefined;
  /** How the page of the same rule in the other language is reached from here. */
  readonly other: { readonly name: string; readonly path: string };
}

const languages: readonly Language[] = [
  { folder: 'docs/rules', locale: undefined, other: { name: '简体中文', path: 'zh-cn/' } },
  { folder: 'docs/rules/zh-cn', locale: localeFor('zh-cn'), other: { name: 'English', path: '../' } },
];

/** Path and text of every page, and of the list of pages. */
export async function ruleDocPages(root: string): Promise<[string, string][]> {
  const { rules } = await import('../src/core/rules/index.generated.ts');
  return languages.flatMap((language): [string, string][] => [
    [`${language.folder}/README.md`, listPage(rules, language)],
    ...rules.map((rule): [string, string] => {
      const fixture = parseFixture(readFileSync(join(root, `test/rules/${rule.id}.md`), 'utf8'));
      return [`${language.folder}/${rule.id}.md`, rulePage(rule, fixture, language)];
    }),
  ]);
}

function rulePage(rule: Rule, sections: readonly Section[], { locale, other }: Language): string {
  const docs = ruleDocs(locale, rule);
  const bad = sections.find(({ expected }) => expected.length > 0);
  const good = sections.find(({ expected }) => expected.length === 0);
  const label = (id: 'docWrong' | 'docRight' | 'docSource') => `## ${word(locale, id)}\n`;
  return [
    `# ${rule.id}\n`,
    `${docs.what}\n`,
    `${facts(rule, locale)} · [${other.name}](${other.path}${rule.id}.md)\n`,
    `${docs.why}\n`,
    `${docs.instead}\n`,
    ...says(rule, locale),
    ...(bad === undefined ? [] : [label('docWrong'), block(bad)]),
    ...(good === undefined ? [] : [label('docRight'), block(good)]),
    label('docSource'),
    `${rule.docs.source.map((source) => `- ${source.startsWith('http') ? `<${source}>` : `\`${source}\``}`).join('\n')}\n`,
  ].join('\n');
}

/** So that a search for what a terminal shows lands here. */
function says({ docs, families }: Rule, locale: Locale | undefined): string[] {
  if (docs.says === undefined) return [];
  const engine = families.length === 1 && families[0] === 'daemon' ? 'dockerd' : word(locale, 'docEngine');
  return [`${word(locale, 'docSays', { engine })}\n`, `${docs.says.map((line) => `- ${line}`).join('\n')}\n`];
}

function facts(rule: Rule, locale: Locale | undefined): string {
  const files = { daemon: '`daemon.json`', storage: '`storage.conf`', k8s: 'Kubernetes' };
  const families = rule.families.map((family) => files[family]).join(', ');
  return `${families} · ${word(locale, `level-${rule.level}`)} · ${word(locale, `effect-${rule.effect}`)} · ${word(locale, `fix-${rule.fix}`)}`;
}

function block({ language, input, options }: Section): string {
  const flags = flagsOf(options).map(({ name, value }) => ` --${name} ${value}`);
  const started = flags.length === 0 ? '' : `\`\`\`sh\ndockerd${flags.join('')}\n\`\`\`\n\n`;
  const place = options['path'] === undefined ? '' : `\`${options['path']}\`\n\n`;
  return `${started}${place}\`\`\`${language}\n${input.trimEnd()}\n\`\`\`\n`;
}

function listPage(rules: readonly Rule[], { locale, other }: Language): string {
  const rows = rules.map((rule) => {
    const { what } = ruleDocs(locale, rule);
    return `| [${rule.id}](${rule.id}.md) | ${rule.families.join(', ')} | ${word(locale, `level-${rule.level}`)} | ${what.replaceAll('|', '\\|')} |`;
  });
  const head = (['docRule', 'docFamily', 'docLevel', 'docWhat'] as const).map((id) => word(locale, id));
  return [
    `# ${word(locale, 'docRules')}\n`,
    `[${other.name}](${other.path}README.md)\n`,
    `| ${head.join(' | ')} |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  ].join('\n');
}
