// The requests of an editor: what the core answers, in the protocol's shapes.
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  CreateFile,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Hover,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Position,
  type Range,
  type SelectionRange,
  SymbolKind,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Completion, complete } from '../core/features/completion.ts';
import { codeActions, fixAll, type NewFile } from '../core/features/fixes.ts';
import { folds, selections } from '../core/features/folding.ts';
import { hover } from '../core/features/hover.ts';
import { withoutStops } from '../core/features/snippets.ts';
import { type DocumentSymbol as OurSymbol, symbols } from '../core/features/symbols.ts';
import { type Locale, word } from '../core/locale.ts';
import { toDiagnostic, toEdits, toRange, toSpan, wholeEdit } from './convert.ts';
import type { Analysed } from './documents.ts';

/** What the client can show. */
export interface Abilities {
  readonly locale: Locale | undefined;
  readonly snippets: boolean;
  /** Makes files that an edit names. */
  readonly creates: boolean;
}

const itemKinds = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  table: CompletionItemKind.Module,
} as const;

export function completionItems(
  { document, analysis }: Analysed,
  position: Position,
  client: Abilities,
): CompletionItem[] {
  if (analysis === undefined) return [];
  const found = complete(document.getText(), analysis, document.offsetAt(position), client.locale);
  return found.map((item) => toItem(document, item, client));
}

function toItem(document: TextDocument, item: Completion, { snippets }: Abilities): CompletionItem {
  return {
    label: item.label,
    kind: itemKinds[item.kind],
    ...(item.detail !== undefined && { detail: item.detail }),
    ...(item.documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: item.documentation },
    }),
    sortText: item.sort,
    filterText: item.filter,
    textEdit: {
      range: toRange(document, item.replace),
      newText: snippets ? item.insert : withoutStops(item.insert),
    },
    ...(item.also !== undefined && { additionalTextEdits: toEdits(document, item.also) }),
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Lines below have their whole indentation already.
    insertTextMode: InsertTextMode.asIs,
    ...(item.deprecated && { tags: [CompletionItemTag.Deprecated] }),
  };
}

export function hoverAt(
  { document, analysis }: Analysed,
  position: Position,
  { locale }: Abilities,
): Hover | null {
  const found = analysis && hover(analysis, document.offsetAt(position), locale);
  if (found === undefined) return null;
  return { range: toRange(document, found.span), contents: { kind: MarkupKind.Markdown, value: found.text } };
}

const fixAllKind = `${CodeActionKind.SourceFixAll}.stowage`;

/** The kinds of code action that there are. */
export const actionKinds = [CodeActionKind.QuickFix, fixAllKind];

export function actionsFor(
  { document, analysis, settings, facts }: Analysed,
  range: Range,
  only: readonly string[] | undefined,
  { locale, creates }: Abilities,
): CodeAction[] {
  if (analysis === undefined) return [];
  const wanted = (kind: string) =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const text = document.getText();
  const edit = (edits: Parameters<typeof toEdits>[1]) => ({
    changes: { [document.uri]: toEdits(document, edits) },
  });
  const actions = wanted(CodeActionKind.QuickFix)
    ? codeActions(text, analysis, toSpan(document, range), locale)
    : [];
  const fixes = actions
    .filter((action) => action.edits.length > 0 || (creates && action.creates.length > 0))
    .map(
      (action): CodeAction => ({
        title: action.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(document, action.finding, locale)],
        // What editors apply without asking further ("Auto Fix") must be safe.
        ...(action.preferred && action.safe && { isPreferred: true }),
        edit: action.creates.length > 0 ? creating(action.creates) : edit(action.edits),
      }),
    );
  if (!wanted(fixAllKind)) return fixes;
  const mended = fixAll(text, analysis.kind, facts, settings.analysis);
  if (mended === text) return fixes;
  const whole = { changes: { [document.uri]: [wholeEdit(document, mended)] } };
  return [...fixes, { title: word(locale, 'fix-all'), kind: fixAllKind, edit: whole }];
}

/** An edit that makes files. Where one of them exists meanwhile, the client refuses it: nothing is ever written over. */
function creating(files: readonly NewFile[]): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: files.flatMap(({ path, text }) => {
      const uri = pathToFileURL(path).href;
      return [
        CreateFile.create(uri, { overwrite: false, ignoreIfExists: false }),
        TextDocumentEdit.create({ uri, version: null }, [{ range: { start, end: start }, newText: text }]),
      ];
    }),
  };
}

const symbolKinds: Readonly<Record<OurSymbol['kind'], SymbolKind>> = {
  document: SymbolKind.Object,
  map: SymbolKind.Module,
  list: SymbolKind.Array,
  string: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  null: SymbolKind.Null,
};

const foldKinds = { comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;

/** null where the editor folds by itself, so that it does. */
export function foldingRanges({ document, analysis }: Analysed): FoldingRange[] | null {
  if (analysis?.kind.format !== 'toml') return null;
  return folds(document.getText(), analysis).map(({ start, end, kind }) => ({
    startLine: document.positionAt(start).line,
    endLine: document.positionAt(end).line,
    ...(kind !== undefined && { kind: foldKinds[kind] }),
  }));
}

/** For each position the stretches around it; null where the editor knows them itself. */
export function selectionRanges(
  { document, analysis }: Analysed,
  positions: readonly Position[],
): SelectionRange[] | null {
  if (analysis?.kind.format !== 'toml') return null;
  return positions.map((position) => {
    const around = selections(analysis, document.offsetAt(position)).map((span) => toRange(document, span));
    const chain = around.reduceRight<SelectionRange | undefined>(
      (parent, range) => ({ range, ...(parent !== undefined && { parent }) }),
      undefined,
    );
    return chain ?? { range: { start: position, end: position } };
  });
}

export function documentSymbols({ document, analysis }: Analysed): DocumentSymbol[] {
  const convert = (symbol: OurSymbol): DocumentSymbol => ({
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    range: toRange(document, symbol.span),
    selectionRange: toRange(document, symbol.selection),
    children: symbol.children.map(convert),
  });
  return analysis === undefined ? [] : symbols(analysis).map(convert);
}
