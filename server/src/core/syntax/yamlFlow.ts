// Kubernetes' reader does not look at indents inside [ ] and { }, the `yaml` package does. Where that makes a difference,
// the collection is put on one line without moving a character, and read again.
import type { Span } from './tree.ts';

interface Flat {
  /** As long as the text it was made of. */
  readonly text: string;
  /** Comments that stood inside. */
  readonly comments: readonly Span[];
}

const part = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|(?<=\s)#[^\r\n]*|[[\]{}\r\n]|[^"'#[\]{}\r\n]+|[\s\S]/y;

/** The text with the flow collection that begins at `start` on one line; undefined where it has no end or no line breaks. */
export function flattened(text: string, start: number): Flat | undefined {
  const comments: Span[] = [];
  const parts: string[] = [];
  let depth = 0;
  part.lastIndex = start;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    const [piece] = found;
    if (piece.startsWith('#')) comments.push({ start: found.index, end: part.lastIndex });
    if (piece === '[' || piece === '{') depth++;
    if (piece === ']' || piece === '}') depth--;
    parts.push(
      piece.startsWith('#') || /^[\r\n]$/.test(piece)
        ? ' '.repeat(piece.length)
        : piece.replace(/[\r\n]/g, ' '),
    );
    if (depth > 0) continue;
    const flat = text.slice(0, start) + parts.join('') + text.slice(part.lastIndex);
    return flat === text ? undefined : { text: flat, comments };
  }
  return undefined;
}
