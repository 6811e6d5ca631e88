// Lays out pairs, lists and inline tables: on one line as they stand, or one entry a line where they were written over lines
// or a list has grown long. Values and comments keep their bytes; blanks, line breaks and the last comma change.
import type { Reading } from './tomlRead.ts';
import type { Flow, Way } from './tomlReader.ts';
import { trimEnd } from './tomlScalar.ts';
import type { Node, ScalarNode, Span } from './tree.ts';

export interface Layout {
  readonly text: string;
  readonly reading: Reading;
  readonly flows: ReadonlyMap<number, Flow>;
  readonly eol: string;
  /** One step of indentation. */
  readonly step: string;
}

/** How long a line may be before its list is put on several. */
const longest = 100;

/** What stands between two entries, or between one and a bracket. */
interface Gap {
  /** The comment that stays on the line of what is before it. */
  readonly behind: string;
  /** Lines of their own: comments, and '' for an empty line. */
  readonly lines: readonly string[];
  readonly broken: boolean;
}

/** A line `key = value`, from its key on. */
export function layPair(layout: Layout, { parts, value }: Way): string {
  const start = `${layKey(parts)} = `;
  if (value === undefined) return start;
  const rest = layValue(layout, value, '');
  const long = value.kind === 'list' && !rest.includes('\n') && start.length + rest.length > longest;
  return start + (long ? layValue(layout, value, '', true) : rest);
}

/** The name of a key or table: its parts as they are written, and dots between them. */
export function layKey(parts: readonly ScalarNode[]): string {
  return parts.map(({ raw }) => raw).join('.');
}

/** A value as it stands in a line that is indented so; a list is put on several lines where `broken`. */
function layValue(layout: Layout, node: Node, indent: string, broken = false): string {
  const { start, end } = node.span;
  const flow = layout.flows.get(start);
  if (flow === undefined || node.kind === 'scalar') return layout.text.slice(start, end);
  const gaps = gapsOf(layout, node.span, flow);
  const spread = broken || gaps.some((gap) => gap.broken);
  const hollow = flow.slots.length === 0 && gaps.every(({ behind, lines }) => behind + lines.join('') === '');
  const inner = spread ? indent + layout.step : indent;
  const entries = flow.slots.map(({ parts, value }, index) => {
    const held = node.kind === 'list' ? node.items[index] : value;
    return (parts.length > 0 ? `${layKey(parts)} = ` : '') + (held ? layValue(layout, held, inner) : '');
  });
  const [open, close] = [layout.text.charAt(start), layout.text.charAt(end - 1)];
  if (spread && !hollow) return overLines(layout, gaps, { indent, entries, open, close });
  const blank = open === '{' && !hollow ? ' ' : '';
  return `${open}${blank}${entries.join(', ')}${blank}${close}`;
}

function overLines(
  { eol, step }: Layout,
  gaps: readonly Gap[],
  {
    indent,
    entries,
    open,
    close,
  }: { indent: string; entries: readonly string[]; open: string; close: string },
): string {
  const result = [open];
  for (const [index, { behind, lines }] of gaps.entries()) {
    result.push((result.pop() ?? '') + behind);
    for (const line of [...lines, ...(entries[index] === undefined ? [] : [`${entries[index]},`])]) {
      result.push(line === '' ? '' : indent + step + line);
    }
  }
  return [...result, indent + close].join(eol);
}

function gapsOf(layout: Layout, whole: Span, { slots }: Flow): Gap[] {
  const starts = [whole.start + 1, ...slots.map(({ span }) => span.end)];
  const ends = [...slots.map(({ span }) => span.start), whole.end - 1];
  return starts.map((start, index) =>
    readGap(layout, { start, end: ends[index] ?? start }, index > 0 && index < slots.length),
  );
}

function readGap({ text, reading }: Layout, gap: Span, inside: boolean): Gap {
  const comments = reading.comments.filter(({ start }) => start >= gap.start && start < gap.end);
  const lines: string[] = [];
  let behind = '';
  let from = gap.start;
  for (const comment of comments) {
    const before = text.slice(from, comment.start);
    const words = trimEnd(text.slice(comment.start, comment.end));
    if (from === gap.start && !before.includes('\n')) behind = ` ${words}`;
    else {
      if (isEmptyLine(before) && (lines.length > 0 || inside)) lines.push('');
      lines.push(words);
    }
    from = comment.end;
  }
  if (inside && isEmptyLine(text.slice(from, gap.end))) lines.push('');
  return { behind, lines, broken: text.slice(gap.start, gap.end).includes('\n') };
}

/** Two line breaks with nothing but blanks, and a comma, between them. */
function isEmptyLine(text: string): boolean {
  return (text.match(/\n/g)?.length ?? 0) > 1;
}
