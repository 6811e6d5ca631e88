// Finds comments and block texts among the parser's tokens.
import type { CST } from 'yaml';
import type { Span } from './tree.ts';

/** Every comment, and every `|` or `>` text, in source order. */
export function commentsIn(tokens: readonly CST.Token[]): { comments: Span[]; blockScalars: Span[] } {
  const comments: Span[] = [];
  const blockScalars: Span[] = [];
  const waiting: unknown[] = [...tokens];
  while (waiting.length > 0) {
    const token = waiting.pop();
    if (typeof token !== 'object' || token === null) continue;
    if ('type' in token && 'offset' in token && 'source' in token) {
      const start = Number(token.offset);
      const span = { start, end: start + String(token.source).length };
      if (token.type === 'comment') comments.push(span);
      if (token.type === 'block-scalar') blockScalars.push(span);
    }
    // One by one: a list of many thousand items is more than a call takes as arguments.
    for (const part of Object.values(token)) if (typeof part === 'object') waiting.push(part);
  }
  const inOrder = (a: Span, b: Span) => a.start - b.start;
  return { comments: comments.sort(inOrder), blockScalars: blockScalars.sort(inOrder) };
}
