// Code actions: the fixes of findings as edits, one that silences a finding by a comment, and all safe ones at once.
import { type Analysis, analyze } from '../analyze.ts';
import type { Facts, FileKind, Finding, Fix, Settings } from '../finding.ts';
import { type Locale, ruleText, word } from '../locale.ts';
import { rules } from '../rules/index.generated.ts';
import { frontEnds } from '../syntax/frontEnds.ts';
import type { Span, TextEdit } from '../syntax/tree.ts';
import { indentAt } from './place.ts';

/** Absolute path and text of a file to be made. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

export interface CodeAction {
  readonly title: string;
  readonly finding: Finding;
  readonly edits: readonly TextEdit[];
  /** Files that it makes, where none of that name is yet. */
  readonly creates: readonly NewFile[];
  readonly safe: boolean;
  /** The first fix of its finding. */
  readonly preferred: boolean;
}

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** What can be done about the findings that touch a stretch of text. */
export function codeActions(text: string, analysis: Analysis, range: Span, locale?: Locale): CodeAction[] {
  const touched = analysis.findings.filter(({ span }) => span.start <= range.end && range.start <= span.end);
  return touched.flatMap((finding) => [
    ...finding.fixes.map(
      (fix, index): CodeAction => ({
        title: titleOf(finding, fix, locale),
        finding,
        edits: editsOf(text, analysis, fix),
        creates: fix.changes.flatMap((change) => (change.do === 'create' ? [change] : [])),
        safe: fix.kind === 'safe',
        preferred: index === 0,
      }),
    ),
    ...silence(text, analysis, finding, locale),
  ]);
}

/** What a fix is called. */
export function titleOf({ code }: Finding, fix: Fix, locale: Locale | undefined): string {
  const rule = byId.get(code);
  return rule === undefined ? fix.title.id : ruleText(locale, rule, fix.title);
}

/** The edits of a fix, sorted, without overlaps; empty where its changes would get in each other's way. */
function editsOf(text: string, { tree, kind }: Analysis, { changes }: Fix): TextEdit[] {
  const edits = changes
    .flatMap((change) => frontEnds[kind.format].edit(text, tree, change))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const overlap = edits.some(({ span }, index) => (edits[index - 1]?.span.end ?? 0) > span.start);
  return overlap ? [] : edits;
}

/** A comment above the line, where the format has comments and the finding is more than a slip of syntax. */
function silence(
  text: string,
  { kind }: Analysis,
  finding: Finding,
  locale: Locale | undefined,
): CodeAction[] {
  const { code, span } = finding;
  if (kind.format === 'json' || byId.get(code)?.check === undefined) return [];
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const comment = `${indentAt(text, span.start)}# stowage-ignore ${code}${newline}`;
  const edits = [{ span: { start, end: start }, text: comment }];
  return [
    {
      title: word(locale, 'ignore-here', { rule: code }),
      finding,
      edits,
      creates: [],
      safe: false,
      preferred: false,
    },
  ];
}

/** Applies edits to a text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce((all, { span, text: put }) => all.slice(0, span.start) + put + all.slice(span.end), text);
}

/** The text with every safe fix applied. */
export function fixAll(text: string, kind: FileKind, facts: Facts = {}, settings: Settings = {}): string {
  return mend(text, kind, facts, settings).text;
}

/** Applies every safe fix, again and again until none is left, or no more are after many rounds; tells whose they were. */
export function mend(
  text: string,
  kind: FileKind,
  facts: Facts,
  settings: Settings,
): { text: string; applied: Finding[] } {
  const applied: Finding[] = [];
  let now = text;
  for (let round = 0; round < 50; round++) {
    const analysis = analyze(now, kind, facts, settings);
    const edits: TextEdit[] = [];
    const mended: Finding[] = [];
    for (const finding of analysis.findings) {
      const fix = finding.fixes.find((one) => one.kind === 'safe');
      const mine = fix === undefined ? [] : editsOf(now, analysis, fix);
      const free = mine.every((edit) => edits.every((other) => apart(edit.span, other.span)));
      if (!free || mine.length === 0) continue;
      edits.push(...mine);
      mended.push(finding);
    }
    const next = applyEdits(now, edits);
    if (next === now) break;
    applied.push(...mended);
    now = next;
  }
  return { text: now, applied };
}

function apart(a: Span, b: Span): boolean {
  return a.end < b.start || b.end < a.start;
}
