// text → findings, synchronous and pure: what was learnt from engines comes in as a value, so a result is never stale.
import { isOverridden } from './docker/topLevel.ts';
import type { Facts, FileKind, Finding, Fix, Settings, VersionOrigin, Versions } from './finding.ts';
import { laterKind, whenJudged } from './kubernetes/verdicts.ts';
import { read } from './read.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { rules } from './rules/index.generated.ts';
import { type Binding, type Bound, bind } from './schema/bind.ts';
import { engineNames, newest, versionOf } from './schema/versions.ts';
import { countUpTo, holderOf } from './spans.ts';
import type { Span, Tree } from './syntax/tree.ts';

export interface Analysis {
  readonly kind: FileKind;
  readonly tree: Tree;
  readonly binding: Binding;
  readonly versions: Versions;
  readonly findings: readonly Finding[];
  /** Rules that threw: our own bugs, for the log, never shown as the user's mistake. */
  readonly faults: readonly { readonly rule: string; readonly error: unknown }[];
}

/** A setting wins over a file beside the judged one, that over the connected engine; without all the newest known version counts. */
export function versionsFor(kind: FileKind, facts: Facts, settings: Settings): Versions {
  const byPath = kind.platform === undefined ? {} : { platform: kind.platform };
  return { ...newest, ...facts.versions, ...byPath, ...facts.beside?.versions, ...settings.versions };
}

/** Which of them gave the version of a file's engine. */
export function versionOrigin({ family }: FileKind, facts: Facts, settings: Settings): VersionOrigin {
  const of = versionOf[family];
  if (settings.versions?.[of] !== undefined) return 'setting';
  if (facts.beside?.versions?.[of] !== undefined) return 'beside';
  return facts.versions?.[of] === undefined ? 'newest' : 'engine';
}

/** Reads, binds and judges one file. Never throws. */
export function analyze(text: string, kind: FileKind, facts: Facts = {}, settings: Settings = {}): Analysis {
  const versions = versionsFor(kind, facts, settings);
  const tree = read(text, kind, versions);
  const binding = bind(tree, kind);
  const engine = `${engineNames[kind.family]} ${versions[versionOf[kind.family]]}`;
  const findings: Finding[] = problemFindings(tree, engine);
  const faults: { rule: string; error: unknown }[] = [];
  const hasDuplicates =
    kind.family === 'daemon' && tree.problems.some(({ code }) => code === 'duplicate-key');
  for (const rule of rules) {
    if (rule.check === undefined || !rule.families.includes(kind.family)) continue;
    for (const bound of places(rule, binding)) {
      const overridden = hasDuplicates && isOverridden(bound);
      if (overridden && rule.every !== true) continue;
      try {
        rule.check(
          contextFor(rule, bound, { tree, binding, versions, kind, facts, engine, overridden }, findings),
        );
      } catch (error) {
        faults.push({ rule: rule.id, error });
      }
    }
  }
  const isSilenced = silenced(text, tree);
  const isConsequence = consequences(tree);
  const spoken = findings
    .filter((finding) => !isSilenced(finding) && !isConsequence(finding))
    .map((finding) => withLevel(finding, settings));
  return {
    kind,
    tree,
    binding,
    versions,
    findings: sorted(spoken.filter((finding) => finding !== undefined)),
    faults,
  };
}

function places(rule: Rule, binding: Binding): readonly Bound[] {
  return (rule.at ?? []).flatMap((pointer) => (pointer === '*' ? binding.all : binding.at(pointer)));
}

type Surroundings = Pick<RuleContext, 'tree' | 'binding' | 'versions' | 'kind' | 'facts' | 'overridden'> & {
  readonly engine: string;
};

function contextFor(
  rule: Rule,
  bound: Bound,
  { engine, ...around }: Surroundings,
  findings: Finding[],
): RuleContext {
  let root = bound;
  while (root.parent !== undefined) root = root.parent;
  const report = (at: Span | { span: Span }, message: string, said: Report = {}) => {
    const own = said.effect ?? rule.effect;
    const place = said.place ?? bound;
    const judged = own === 'refused' ? whenJudged(rule.id, place, around) : 'at-once';
    if (judged === 'never') return;
    const effect = judged === 'later' ? 'fails-later' : own;
    const verdict: Readonly<Record<string, string>> =
      rule.messages[message]?.includes('{verdict}') === true ? { verdict: effect } : {};
    findings.push({
      code: rule.id,
      level: said.level ?? rule.level,
      effect,
      span: 'span' in at ? at.span : at,
      message: {
        id: message,
        args: { ...said.args, ...verdict, ...(judged === 'later' && { kind: laterKind(place) }) },
      },
      path: [...place.path, ...(said.below ?? [])],
      document: bound.document,
      fixes: (said.fixes ?? []).map(
        ({ title, args, ...fix }): Fix => ({ ...fix, title: { id: title, args: args ?? {} } }),
      ),
      related: (said.related ?? []).map(({ span, message: id, args }) => ({
        span,
        message: { id, args: args ?? {} },
      })),
      engine,
    });
  };
  return { ...around, bound, root, report };
}

/** Where the writing itself is faulty, what a rule says of the same place is a consequence: one cause, one finding. */
function consequences({ problems }: Tree): (finding: Finding) => boolean {
  const slips = problems.filter(({ code }) => code !== 'duplicate-key');
  const holders = new Map<string, (span: Span) => boolean>();
  return ({ code, span }) => {
    if (slips.length === 0) return false;
    const others =
      holders.get(code) ?? holderOf(slips.flatMap((slip) => (slip.code === code ? [] : slip.span)));
    holders.set(code, others);
    return others(span);
  };
}

/** What the front end saw, in the words and at the level of its rule. */
function problemFindings(tree: Tree, engine: string): Finding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ends = tree.documents.map(({ span }) => span.end);
  return tree.problems.flatMap((problem): Finding[] => {
    const rule = byId.get(problem.code);
    if (rule === undefined) return [];
    const before = countUpTo(ends, problem.span.start);
    const args = problem.args ?? {};
    return [
      {
        code: rule.id,
        level: problem.weight?.level ?? rule.level,
        effect: problem.weight?.effect ?? rule.effect,
        span: problem.span,
        message: { id: problem.message, args },
        path: [],
        document: before < ends.length ? before : 0,
        fixes:
          problem.edits === undefined
            ? []
            : [
                {
                  title: { id: `fix-${problem.message}`, args },
                  kind: rule.fix === 'safe' ? 'safe' : 'suggestion',
                  changes: [{ do: 'text', edits: problem.edits }],
                },
              ],
        related: (problem.related ?? []).map((span) => ({ span, message: { id: 'related', args } })),
        engine,
      },
    ];
  });
}

/** `stowage-ignore RULE` in a comment on the same line or the line above. */
function silenced(text: string, tree: Tree): (finding: Finding) => boolean {
  const byLine = new Map<number, string[]>();
  for (const { start, end } of tree.comments) {
    const words = text.slice(start, end).match(/stowage-ignore\s+([\w\s,-]+)/)?.[1];
    if (words === undefined) continue;
    const line = lineStart(text, start);
    byLine.set(line, [...(byLine.get(line) ?? []), ...words.split(/[\s,]+/)]);
  }
  return ({ code, span }) => {
    if (byLine.size === 0) return false;
    const line = lineStart(text, span.start);
    const above = lineStart(text, Math.max(0, line - 1));
    return [line, above].some((at) => byLine.get(at)?.includes(code) === true);
  };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function withLevel(finding: Finding, settings: Settings): Finding | undefined {
  const level = settings.rules?.[finding.code];
  if (level === 'off') return undefined;
  return level === undefined ? finding : { ...finding, level };
}

function sorted(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : 1),
  );
}
