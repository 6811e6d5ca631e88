// What can be folded in TOML: tables, values over several lines, runs of comments, and regions marked by comments.
import type { Analysis } from '../analyze.ts';
import { lineStart } from '../syntax/tomlPlaces.ts';
import { type Node, type Span, target } from '../syntax/tree.ts';

/** From its first line, which stays, to its last. */
export interface Fold extends Span {
  readonly kind?: 'comment' | 'region';
}

/** The folds of a file in source order; none for formats that editors fold themselves. */
export function folds(text: string, { tree, kind }: Analysis): Fold[] {
  const root = tree.documents[0]?.root;
  if (kind.format !== 'toml' || root === undefined) return [];
  const lines = tree.comments.filter(({ start }) => text.slice(lineStart(text, start), start).trim() === '');
  const marked = comments(text, lines);
  const regions = marked.filter((fold) => fold.kind === 'region');
  const whole = tables(text, root, lines).map((table) => regions.reduce(uncrossed(text), table));
  const found = [...whole, ...values(text, root), ...marked]
    .filter(({ start, end }) => text.slice(start, end).includes('\n'))
    .sort((one, other) => one.start - other.start || other.end - one.end);
  // An editor shows one fold a line.
  const first = new Map<number, Fold>();
  for (const fold of found) {
    const line = lineStart(text, fold.start);
    if (!first.has(line)) first.set(line, fold);
  }
  return [...first.values()];
}

/** Folds cannot cross: a table ends where a region does that it began in, and where one begins that goes on behind it. */
function uncrossed(text: string): (table: Fold, region: Fold) => Fold {
  return (table, region) => {
    const begun = region.start < table.start && table.start < region.end && region.end <= table.end;
    const goesOn = table.start < region.start && region.start < table.end && table.end < region.end;
    if (!begun && !goesOn) return table;
    return { ...table, end: lineStart(text, begun ? region.end : region.start) - 1 };
  };
}

/** Every header of a map or of what lies in it. */
export function headersOf(node: Node): Span[] {
  const held = target(node);
  if (held.kind === 'list') return held.items.flatMap(headersOf);
  if (held.kind !== 'map') return [];
  return [...(held.headers ?? []), ...held.entries.flatMap(({ value }) => headersOf(value))];
}

/** From each header to what stands before the next one and the comments right above it. */
function tables(text: string, root: Node, comments: readonly Span[]): Fold[] {
  const headers = headersOf(root).sort((one, other) => one.start - other.start);
  return headers.map(({ start }, index) => {
    const next = headers[index + 1]?.start;
    const end = next === undefined ? text.length : above(text, lineStart(text, next), comments);
    return { start, end: text.slice(0, end).trimEnd().length };
  });
}

/** Where the comments begin that stand right above a line. */
function above(text: string, line: number, comments: readonly Span[]): number {
  let start = line;
  for (const comment of comments.toReversed()) {
    if (comment.start >= start) continue;
    if (text.slice(comment.end, start).replace(/\r?\n/, '') !== '') break;
    start = lineStart(text, comment.start);
  }
  return start;
}

/** Lists, inline tables and texts over several lines; what closes them stays in sight. */
function values(text: string, node: Node): Fold[] {
  const held = target(node);
  const { start, end } = held.span;
  const inside =
    held.kind === 'map'
      ? held.entries.flatMap(({ value }) => values(text, value))
      : held.kind === 'list'
        ? held.items.flatMap((item) => values(text, item))
        : [];
  if (held.kind === 'missing' || (held.kind !== 'scalar' && held.style === 'table')) return inside;
  const last = lineStart(text, end);
  const isClosing = /^[ \t]*(?:[\]}]+|"{3}|'{3})$/.test(text.slice(last, end));
  return [{ start, end: isClosing ? Math.max(start, last - 1) : end }, ...inside];
}

const regionMark = /^#[ \t]*(?:#[ \t]*)?(end)?region\b/i;

/** Runs of comment lines, and what stands between two marks, these included. */
function comments(text: string, lines: readonly Span[]): Fold[] {
  const found: Fold[] = [];
  const regions: number[] = [];
  let run: Span | undefined;
  const close = () => {
    if (run !== undefined) found.push({ ...run, kind: 'comment' });
    run = undefined;
  };
  for (const { start, end } of lines) {
    const mark = regionMark.exec(text.slice(start, end));
    const follows = run !== undefined && /^\r?\n[ \t]*$/.test(text.slice(run.end, start));
    if (mark !== null || !follows) close();
    if (mark === null) run = { start: run?.start ?? start, end };
    else if (mark[1] === undefined) regions.push(start);
    else {
      const from = regions.pop();
      if (from !== undefined) found.push({ start: from, end, kind: 'region' });
    }
  }
  close();
  return found;
}

/** The stretches around an offset, the smallest first: the text in its quotes, the value, its entry, its table, the file. */
export function selections({ binding, tree }: Analysis, offset: number): Span[] {
  const found: Span[] = [];
  const add = (span: Span) => {
    const inner = found.at(-1);
    if (span.start > offset || offset > span.end) return;
    if (inner === undefined || (span.start <= inner.start && inner.end <= span.end && wider(span, inner))) {
      found.push(span);
    }
  };
  for (let at = binding.find(offset); at !== undefined; at = at.parent) {
    const node = target(at.node);
    const { entry } = at;
    if (entry !== undefined) add(entry.key.span);
    if (node.kind === 'scalar' && node.quoted) add(innerOf(node.raw, node.span));
    add(node.span);
    if (entry !== undefined && entry.value.span.start >= entry.span.start) add(entry.span);
  }
  for (const { span } of tree.documents) add(span);
  return found;
}

function wider(span: Span, than: Span): boolean {
  return span.start < than.start || span.end > than.end;
}

function innerOf(raw: string, { start, end }: Span): Span {
  const quotes = raw.match(/^(?:"{3}|'{3}|"|')/)?.[0].length ?? 0;
  return { start: start + quotes, end: Math.max(start + quotes, end - quotes) };
}
