// Takes statements and items out of a TOML text. Comments stay, each with its line; so do the lines around.

import { commentsIn, lineStart, linesOf, nextLine, type Places } from './tomlPlaces.ts';
import { type Flow, insertion, type Statement, type Way } from './tomlReader.ts';
import type { Span, TextEdit } from './tree.ts';

/** Takes out everything that `id` names: its lines, or its items in braces; the comments in `also` go with it. */
export function cutEntry(places: Places, id: number, also: readonly Span[] = []): TextEdit[] {
  const hits = places.reading.statements.filter(({ chain }) => chain.includes(id));
  if (hits.length > 0) return cutStatements(places, hits, also);
  for (const flow of places.reading.flows) {
    const gone = flow.slots.filter(({ chain }) => chain.includes(id));
    if (gone.length > 0) return cutSlots(places, flow, gone, also);
  }
  return [];
}

/** Takes an item out of the list whose bracket opens at `start`. */
export function cutItem(places: Places, start: number, item: Span): TextEdit[] {
  const flow = places.reading.flows.find((one) => one.start === start);
  const gone = flow?.slots.filter(({ span }) => span.start === item.start && span.end === item.end);
  return flow && gone ? cutSlots(places, flow, gone) : [];
}

/** Puts comments that cannot stay on lines of their own above the statement they stand in. */
export function hoist({ text, eol, reading }: Places, comments: readonly Span[]): TextEdit[] {
  const [first] = comments;
  if (first === undefined) return [];
  const statement = reading.statements.findLast(({ span }) => span.start <= first.start);
  const at = lineStart(text, statement?.span.start ?? first.start);
  return [insertion(at, comments.map(({ start, end }) => text.slice(start, end) + eol).join(''))];
}

/** Whole lines; with `also`, comments that go with them. */
export function cutStatements(
  places: Places,
  hits: readonly Statement[],
  also: readonly Span[] = [],
): TextEdit[] {
  const regions: { start: number; end: number; header: boolean }[] = [];
  const lines = [
    ...hits.map((hit) => ({ ...linesOf(places, hit), header: hit.kind !== 'pair' })),
    ...also.map((span) => ({ ...linesOf(places, { span }), header: false })),
  ].sort((one, other) => one.start - other.start);
  for (const line of lines) {
    const last = regions.at(-1);
    if (last === undefined || last.end < line.start) regions.push({ ...line });
    else Object.assign(last, { end: Math.max(last.end, line.end), header: last.header || line.header });
  }
  return regions.flatMap((region) =>
    cut(places, region.header ? withBlankLine(places, region) : region, also),
  );
}

/** Where a table stood between two empty lines, one is enough. */
function withBlankLine({ text }: Places, region: Span): Span {
  const above = lineStart(text, Math.max(0, region.start - 1));
  const emptyAbove = region.start <= above || text.slice(above, region.start).trim() === '';
  const below = nextLine(text, region.end);
  const emptyBelow = text.slice(region.end, below).trim() === '';
  if (!emptyAbove || !emptyBelow) return region;
  return region.end < text.length
    ? { start: region.start, end: below }
    : { start: Math.min(above, region.start), end: region.end };
}

/** Deletes a stretch but for its comments, which keep their lines and indents. */
function cut({ text, tree }: Places, region: Span, also: readonly Span[] = []): TextEdit[] {
  const inside = ({ start }: Span) => start >= region.start && start < region.end;
  const kept = tree.comments.filter((comment) => inside(comment) && !also.includes(comment));
  const edits: TextEdit[] = [];
  let from = region.start;
  const remove = (to: number) => {
    if (to > from) edits.push({ span: { start: from, end: to }, text: '' });
  };
  for (const comment of kept) {
    const line = lineStart(text, comment.start);
    const own = text.slice(line, comment.start).trim() === '';
    if (!own && from === line) from += text.slice(from).search(/[^ \t]/);
    remove(own ? Math.max(from, line) : comment.start);
    from = Math.min(nextLine(text, comment.end), Math.max(region.end, comment.end));
  }
  const wholeEnd = kept.length === 0 && region.end === text.length && !text.endsWith('\n');
  const before = /\r?\n$/.exec(text.slice(0, region.start))?.[0].length ?? 0;
  if (wholeEnd && from === lineStart(text, from)) from -= before;
  remove(region.end);
  return edits;
}

function cutSlots(
  places: Places,
  { start: open, slots }: Flow,
  gone: readonly Way[],
  also: readonly Span[] = [],
): TextEdit[] {
  const braces = places.text.charAt(open) === '{';
  const edits: TextEdit[] = [];
  for (let index = 0; index < slots.length; index += 1) {
    const first = slots[index];
    if (first === undefined || !gone.includes(first)) continue;
    const before = slots[index - 1];
    while (gone.includes(slots[index + 1] ?? first) && index + 1 < slots.length) index += 1;
    const last = slots[index] ?? first;
    const after = slots[index + 1];
    const comma = behindComma(places, last.span.end);
    const region =
      (braces ? undefined : ownLines(places, { start: first.span.start, end: comma })) ??
      (after
        ? { start: first.span.start, end: after.span.start }
        : { start: before?.span.end ?? first.span.start, end: before ? last.span.end : comma });
    // A comment would end the line, and braces may have only one.
    const up = braces ? commentsIn(places, region).filter((comment) => !also.includes(comment)) : [];
    edits.push(...hoist(places, up), ...cut(places, region, [...also, ...up]));
  }
  return edits;
}

/** The lines that items have for themselves, comments apart; a comma behind the item before them may stay. */
function ownLines({ text, tree }: Places, { start, end }: Span): Span | undefined {
  const line = lineStart(text, start);
  const comment = tree.comments.find((one) => one.start >= end)?.start ?? text.length;
  const next = nextLine(text, end);
  const alone =
    /^[ \t]*$/.test(text.slice(line, start)) && text.slice(end, Math.min(comment, next)).trim() === '';
  return alone && next > end ? { start: line, end: next } : undefined;
}

/** Behind the comma that follows, if one does. */
function behindComma({ text, tree }: Places, from: number): number {
  for (let pos = from; pos < text.length; pos += 1) {
    const comment = tree.comments.find(({ start }) => start === pos);
    if (comment) pos = comment.end;
    const char = text.charAt(pos);
    if (char === ',') return pos + 1;
    if (char.trim() !== '') return from;
  }
  return from;
}
