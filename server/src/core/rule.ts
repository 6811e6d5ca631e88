// The shape of a rule: id, docs, words, where it looks, what it checks. One file each under rules/, one fixture each under test/rules/.
import type { Effect, Facts, Family, FileKind, Fix, Level, Versions } from './finding.ts';
import type { Binding, Bound } from './schema/bind.ts';
import { type Entry, type Node, type Span, type Tree, target } from './syntax/tree.ts';

/** What a rule may say of one place. Level and effect are the rule's own unless given. */
export interface Report {
  /** The place it is about, where that is not the one that the rule was called for. */
  readonly place?: Bound;
  /** The member that is missing at that place: the steps to it. The finding's path goes on with them. */
  readonly below?: readonly (string | number)[];
  readonly level?: Level;
  readonly effect?: Effect;
  readonly args?: Readonly<Record<string, string>>;
  readonly fixes?: readonly RuleFix[];
  readonly related?: readonly { span: Span; message: string; args?: Readonly<Record<string, string>> }[];
}

/** A fix as a rule writes it: the title is an id among the rule's messages. */
export type RuleFix = Omit<Fix, 'title'> & {
  readonly title: string;
  readonly args?: Readonly<Record<string, string>>;
};

export interface RuleContext {
  readonly tree: Tree;
  readonly binding: Binding;
  /** The place the rule was called for. */
  readonly bound: Bound;
  /** The root of the document that holds it. */
  readonly root: Bound;
  readonly versions: Versions;
  readonly kind: FileKind;
  readonly facts: Facts;
  /** A later key of the same name counts instead. */
  readonly overridden: boolean;
  /** Reports at a node or a stretch of text; `message` is an id among the rule's messages. */
  report(at: Node | Span, message: string, report?: Report): void;
}

export interface Rule {
  /** kebab-case, reads after "the problem is". */
  readonly id: string;
  readonly families: readonly Family[];
  readonly level: Level;
  readonly effect: Effect;
  /** The best fix it can offer. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  readonly docs: {
    /** One sentence: what is wrong. */
    readonly what: string;
    /** What the engine does, and what it costs the user. */
    readonly why: string;
    /** What to write instead. */
    readonly instead: string;
    /** What the engine itself prints, in its own language but not its words for words, so that a search for it lands on the page. */
    readonly says?: readonly string[];
    /** Engine source, specification or documentation, as links or `file:line (version)`. */
    readonly source: readonly string[];
  };
  /** English texts by id, `{name}` for arguments; fix titles too. A locale file holds the same ids. */
  readonly messages: Readonly<Record<string, string>>;
  /** Schema pointers it is called for; `*` alone: every bound place of its families; absent: it gives words to a parser's problem. */
  readonly at?: readonly string[];
  /** Which numbered facts of an engine's validation it covers: docs/k8s-coverage.md is made from them. */
  readonly covers?: readonly number[];
  /** It is called for values of daemon.json too that a later key of the same name replaces: what the decoder stumbles over, it stumbles over there as well. */
  readonly every?: true;
  readonly check?: (context: RuleContext) => void;
}

/** Keeps the literal types of a rule; the place where every rule file begins. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}

/** The fix that takes a place out of its map or list; none where an alias or a merge key brought it there. */
export function removalFix(
  { node, entry, parent }: Bound,
  title: string,
  kind: Fix['kind'],
  args: Readonly<Record<string, string>> = {},
): RuleFix[] {
  const from = parent && target(parent.node);
  if (from?.kind === 'map' && entry !== undefined && from.entries.includes(entry)) {
    return [{ title, args, kind, changes: [{ do: 'remove', from, item: entry }] }];
  }
  if (from?.kind !== 'list' || !from.items.includes(node)) return [];
  return [{ title, args, kind, changes: [{ do: 'remove', from, item: node }] }];
}

/** The fix that gives a key or the name in `name=value` its right form; the message `fix-near` names it as `{near}`. */
export function renameFix(
  entry: Entry,
  near: string | undefined,
  kind: Fix['kind'] = 'suggestion',
): RuleFix[] {
  if (near === undefined) return [];
  return [{ title: 'fix-near', args: { near }, kind, changes: [{ do: 'rename', entry, name: near }] }];
}

/** The same for a value. */
export function valueFix(node: Node, near: string | undefined, kind: Fix['kind'] = 'suggestion'): RuleFix[] {
  if (near === undefined || node.kind === 'alias') return [];
  return [{ title: 'fix-near', args: { near }, kind, changes: [{ do: 'replace', node, value: near }] }];
}
