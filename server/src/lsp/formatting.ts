// Formatting of storage.conf, whole or in part, with the editor's own steps of indentation.
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { formatToml, formatTomlRange } from '../core/syntax/tomlFormat.ts';
import { toEdits, toSpan } from './convert.ts';
import type { Analysed } from './documents.ts';

/** The edits that format a document, or the lines of a range; none where it is not a storage.conf or has mistakes. */
export function formattingEdits(
  { document, analysis }: Analysed,
  { insertSpaces, tabSize }: FormattingOptions,
  range?: Range,
): TextEdit[] {
  if (analysis?.kind.format !== 'toml') return [];
  const format = { step: insertSpaces ? ' '.repeat(tabSize) : '\t' };
  const text = document.getText();
  const edits = range ? formatTomlRange(text, toSpan(document, range), format) : formatToml(text, format);
  return toEdits(document, edits);
}
