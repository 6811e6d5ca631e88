// Words by id: English lies in the rule files and in locales/en.json; another language is one file that holds the same ids.

import zhCnSchemas from '../../../schemas/locales/zh-cn.json' with { type: 'json' };
import type { Finding, Message } from './finding.ts';
import en from './locales/en.json' with { type: 'json' };
import zhCn from './locales/zh-cn.json' with { type: 'json' };
import type { Rule } from './rule.ts';

/** What a locale file holds. `words` has the ids of en.json, `rules` the messages and docs of every rule; what schemas say lies in schemas/locales. */
export interface Locale {
  readonly words: Readonly<Record<string, string>>;
  /** Descriptions by schema pointer, of listed values by pointer, `=` and the value. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly rules: Readonly<
    Record<
      string,
      {
        readonly messages: Readonly<Record<string, string>>;
        readonly docs: Readonly<Record<'what' | 'why' | 'instead', string>>;
      }
    >
  >;
}

export type WordId = keyof typeof en.words;

const locales: Readonly<Record<string, Locale>> = {
  'zh-cn': { ...zhCn, schemas: zhCnSchemas },
};

/** The locale for a language tag (`zh-CN`, `zh_CN.UTF-8`, `zh-Hans`): undefined is English. */
export function localeFor(tag: string | undefined): Locale | undefined {
  return tag !== undefined && /^zh\b|^zh[-_]/i.test(tag) && !/tw|hk|hant/i.test(tag)
    ? locales['zh-cn']
    : undefined;
}

/** A word of the interface (hover labels, symbol kinds, command line texts). */
export function word(
  locale: Locale | undefined,
  id: WordId,
  args: Readonly<Record<string, string>> = {},
): string {
  return fill(locale?.words[id] ?? en.words[id], args);
}

/** The text of a rule's message. */
export function ruleText(locale: Locale | undefined, rule: Rule, { id, args }: Message): string {
  const text = locale?.rules[rule.id]?.messages[id] ?? rule.messages[id] ?? id;
  const verdict = args['verdict'];
  return fill(text, isVerdict(verdict) ? { ...args, verdict: word(locale, `verdict-${verdict}`) } : args);
}

/** What the engine does, where it hangs on the version: `{verdict}` in a message is filled by the finding's effect. */
function isVerdict(effect: string | undefined): effect is 'refused' | 'fails-later' | 'ignored' {
  return effect === 'refused' || effect === 'fails-later' || effect === 'ignored';
}

/** The text of a finding, with the engine and version that it holds for where the text does not name them. */
export function findingText(locale: Locale | undefined, rule: Rule, { message, engine }: Finding): string {
  const said = ruleText(locale, rule, message);
  return said.includes(engine) ? said : word(locale, 'holds-for', { text: said, engine });
}

/** A rule's documentation. */
export function ruleDocs(locale: Locale | undefined, rule: Rule): Record<'what' | 'why' | 'instead', string> {
  return locale?.rules[rule.id]?.docs ?? rule.docs;
}

function fill(template: string, args: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (all, name: string) => args[name] ?? all);
}
