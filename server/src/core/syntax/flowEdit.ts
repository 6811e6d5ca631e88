// Removing from and inserting into `{…}` and `[…]`, of JSON and of YAML alike: commas stay right, comments stay.
import {
  hasComment,
  indentAt,
  isBlank,
  lineEnd,
  lineStart,
  newlineOf,
  nextLine,
  type Source,
  skipTrivia,
  withBlanksBefore,
} from './editText.ts';
import type { Entry, ListNode, MapNode, Node, Span, TextEdit } from './tree.ts';

const cut = (start: number, end: number): TextEdit => ({ span: { start, end }, text: '' });
const put = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** The offset of the comma behind a part. */
function commaAfter(source: Source, end: number): number | undefined {
  const at = skipTrivia(source, end);
  return source.text[at] === ',' ? at : undefined;
}

/** Takes a member or an item out, with the comma that it no longer needs. */
export function removeFromFlow(source: Source, from: MapNode | ListNode, item: Entry | Node): TextEdit[] {
  const { text } = source;
  const parts: readonly { readonly span: Span }[] = from.kind === 'map' ? from.entries : from.items;
  const index = parts.indexOf(item);
  if (index < 0) return [];
  // The lone pair of [a: 1] has no braces of its own.
  if (!/[[{]/.test(text.charAt(from.span.start))) return [{ span: item.span, text: '{}' }];
  const previous = parts[index - 1];
  const next = parts[index + 1];
  const before = previous && commaAfter(source, previous.span.end);
  // What stands before the part's own text (an anchor, a tag) goes with it.
  const free = before === undefined ? (previous?.span.end ?? from.span.start + 1) : before + 1;
  const start = Math.min(skipTrivia(source, free), item.span.start);
  const comma = commaAfter(source, item.span.end);
  const end = comma === undefined ? item.span.end : comma + 1;
  if (isBlank(text, lineStart(text, start), start) && isBlank(text, end, lineEnd(text, end))) {
    const lines = cut(lineStart(text, start), nextLine(text, lineEnd(text, end)));
    return next === undefined && before !== undefined ? [cut(before, before + 1), lines] : [lines];
  }
  if (next !== undefined) {
    const nextStart = skipTrivia(source, end);
    const together = lineEnd(text, end) >= nextStart && !hasComment(source, end, nextStart);
    return [together ? cut(start, nextStart) : cut(withBlanksBefore(text, start), end)];
  }
  if (before === undefined) return [cut(start, end)];
  if (!hasComment(source, before, start)) return [cut(before, end)];
  return [cut(before, before + 1), cut(start, end)];
}

/** How a new member is written, given the indent of the line it begins on (`''` where it stands on a line with others). */
export type Member = (indent: string) => string;

/** Puts a member behind the last one. `unit` is one level of indent; without it an empty map stays on its line. */
export function insertIntoFlow(source: Source, map: MapNode, member: Member, unit?: string): TextEdit[] {
  const { text } = source;
  if (text[map.span.start] !== '{') return [];
  const newline = newlineOf(text);
  const last = map.entries.at(-1);
  if (last === undefined) return insertIntoEmpty(source, map, member, unit);
  const comma = commaAfter(source, last.span.end);
  const at = comma === undefined ? last.span.end : comma + 1;
  const missing = comma === undefined ? [put(last.span.end, ',')] : [];
  if (!isBlank(text, lineStart(text, last.span.start), last.span.start)) {
    return [...missing, put(at, ` ${member(indentAt(text, at))}`)];
  }
  const indent = indentAt(text, last.span.start);
  const end = endOfLines(source, at);
  const line = `${newline}${indent}${member(indent)}`;
  return [...missing, put(skipTrivia(source, at) >= end ? end : at, line)];
}

/** The end of the line, past a comment that runs over it. */
function endOfLines(source: Source, at: number): number {
  const end = lineEnd(source.text, at);
  const comment = source.comments.find((one) => one.start < end && end < one.end);
  return comment === undefined ? end : endOfLines(source, comment.end);
}

function insertIntoEmpty(source: Source, map: MapNode, member: Member, unit: string | undefined): TextEdit[] {
  const { text } = source;
  const newline = newlineOf(text);
  const open = map.span.start + 1;
  const closed = map.span.end > open && text[map.span.end - 1] === '}';
  const close = closed ? map.span.end - 1 : map.span.end;
  const indent = indentAt(text, map.span.start);
  if (!hasComment(source, open, close)) {
    const inner =
      unit === undefined
        ? member(indent)
        : `${newline}${indent}${unit}${member(indent + unit)}${newline}${indent}`;
    return [{ span: { start: open, end: closed ? close : open }, text: inner }];
  }
  const line = lineStart(text, close);
  const own = `${indent}${unit ?? ''}`;
  if (line > open && isBlank(text, line, close)) return [put(line, `${own}${member(own)}${newline}`)];
  return [put(close, `${newline}${own}${member(own)}${newline}${indent}`)];
}
