// Where the page of a rule can be read.
import type { Locale } from './locale.ts';

const pages = 'https://github.com/stowage/stowage/blob/main/docs/rules';

/** The page of a rule in the reader's language. */
export function ruleHref(id: string, locale?: Locale): string {
  return locale === undefined ? `${pages}/${id}.md` : `${pages}/zh-cn/${id}.md`;
}
