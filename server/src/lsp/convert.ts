// Offsets to lines and back, findings to diagnostics: the only place of this door that knows both.
import {
  type CodeDescription,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Level } from '../core/finding.ts';
import { findingText, type Locale, ruleText } from '../core/locale.ts';
import { ruleHref } from '../core/ruleHref.ts';
import { rules } from '../core/rules/index.generated.ts';
import type { TextEdit as Edit, Span } from '../core/syntax/tree.ts';

const severities: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toSpan(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function toEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: toRange(document, span), newText: text }));
}

/** The one edit that turns a document into another text, without what both begin and end with. */
export function wholeEdit(document: TextDocument, after: string): TextEdit {
  const before = document.getText();
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const range = toRange(document, { start, end: before.length - tail });
  return { range, newText: after.slice(start, after.length - tail) };
}

/** A finding in the words of a locale. */
export function toDiagnostic(
  document: TextDocument,
  finding: Finding,
  locale: Locale | undefined,
): Diagnostic {
  const rule = byId.get(finding.code);
  const say = (message: Finding['message']) =>
    rule === undefined ? message.id : ruleText(locale, rule, message);
  const codeDescription: CodeDescription = { href: ruleHref(finding.code, locale) };
  return {
    range: toRange(document, finding.span),
    severity: severities[finding.level],
    source: 'stowage',
    code: finding.code,
    codeDescription,
    message: rule === undefined ? finding.message.id : findingText(locale, rule, finding),
    // What has no effect is shown faded, as editors do with dead code; only where a person need not read it closely.
    ...(finding.level === 'hint' && finding.effect === 'ignored' && { tags: [DiagnosticTag.Unnecessary] }),
    relatedInformation: finding.related.map(({ span, message }) => ({
      location: { uri: document.uri, range: toRange(document, span) },
      message: say(message),
    })),
  };
}
