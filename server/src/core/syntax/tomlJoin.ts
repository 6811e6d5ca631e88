// Inline tables as TOML 1.0 wants them: on one line and without a comma behind the last entry. TOML 1.1 is laxer.
import { insertion, newer, type Reader } from './tomlReader.ts';
import type { Span, TextEdit } from './tree.ts';

/** Notes what a closed inline table has that TOML 1.0 refuses, with the edits that join its lines. */
export function noteLooseTable(reader: Reader, table: Span, slots: readonly Span[], comma: boolean): void {
  const { text } = reader;
  const gaps = gapsOf(table, slots);
  const broken = gaps.filter(({ start, end }) => text.slice(start, end).includes('\n'));
  const last = gaps.at(-1) ?? table;
  if (broken.length > 0) {
    newer(reader, 'newer-lines', { start: table.start, end: table.start + 1 }, join(reader, gaps, broken));
  } else if (comma && slots.length > 0) {
    const at = text.indexOf(',', last.start);
    newer(reader, 'newer-comma', { start: at, end: at + 1 }, [
      { span: { start: at, end: at + 1 }, text: '' },
    ]);
  }
}

/** What stands between the braces and entries: blanks, line breaks, comments, and a comma at most. */
function gapsOf(table: Span, slots: readonly Span[]): Span[] {
  const starts = [table.start + 1, ...slots.map(({ end }) => end)];
  const ends = [...slots.map(({ start }) => start), table.end - 1];
  return starts.map((start, index) => ({ start, end: ends[index] ?? start }));
}

/** One blank for each break; the comments come above the statement, as a comment would end the line. */
function join(
  { text, comments, statement }: Reader,
  gaps: readonly Span[],
  broken: readonly Span[],
): TextEdit[] {
  const line = text.lastIndexOf('\n', statement - 1) + 1;
  const indent = text.slice(line, statement).replace('\ufeff', '');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const inside = comments.filter(({ start }) => gaps.some((gap) => gap.start <= start && start < gap.end));
  const hoisted = inside.map(({ start, end }) => text.slice(start, end) + eol + indent).join('');
  const only = gaps.length === 1;
  const edits = broken.map((span) => {
    const comma = span !== gaps[0] && span !== gaps.at(-1);
    return { span, text: only ? '' : `${comma ? ',' : ''} ` };
  });
  return hoisted === '' ? edits : [insertion(statement, hoisted), ...edits];
}
