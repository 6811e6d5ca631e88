// Questions about many stretches of a text at once, answered without looking at each of them for each question.
import type { Span } from './syntax/tree.ts';

/** A test whether one of `spans` holds a whole stretch. Each question costs a binary search. */
export function holderOf(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const starts = sorted.map(({ start }) => start);
  let furthest = 0;
  const reaches = sorted.map(({ end }) => {
    furthest = Math.max(furthest, end);
    return furthest;
  });
  return ({ start, end }) => (reaches[countUpTo(starts, start) - 1] ?? -1) >= end;
}

/** How many of ascending numbers are not above a limit. */
export function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
