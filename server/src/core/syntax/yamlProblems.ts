// Gives the parser's errors our own ids and visible places: one cause, one problem.
import type { YAMLError } from 'yaml';
import type { Problem, Span, TextEdit } from './tree.ts';

/** Only the first error of a document is surely a cause, but these never cause others. */
const local = new Set<string>(['BAD_DQ_ESCAPE', 'BAD_SCALAR_START']);

/** Not refused by what Kubernetes reads with. */
const harmless = new Set<string>(['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE', 'DUPLICATE_KEY']);

/** Strings and flow collections that the reader saw without their end. */
export interface Unclosed {
  readonly quotes: readonly Span[];
  readonly flows: readonly Span[];
}

/** The problems of one document. */
export function yamlProblems(
  text: string,
  document: Span,
  errors: readonly YAMLError[],
  unclosed: Unclosed,
): Problem[] {
  const heavy = errors.filter((error) => !harmless.has(error.code));
  const first = heavy.reduce<YAMLError | undefined>(
    (least, error) => (least === undefined || error.pos[0] < least.pos[0] ? error : least),
    undefined,
  );
  const told = heavy.filter((error) => error === first || local.has(error.code));
  return told.map((error): Problem => {
    const message = messageFor(error);
    const span = placeOf(text, error, message, unclosed);
    const args = { found: text.slice(span.start, span.end) };
    const edits = message === 'tab-indent' ? spacesForTabs(text, document) : undefined;
    return { code: 'yaml-syntax', message, span, args, ...(edits && { edits }) };
  });
}

function placeOf(text: string, { pos: [start, end] }: YAMLError, message: string, unclosed: Unclosed): Span {
  switch (message) {
    case 'quote-unclosed':
      return unclosed.quotes[0] ?? visible(text, { start, end });
    case 'flow-unclosed':
      return unclosed.flows[0] ?? visible(text, { start, end });
    case 'bad-escape':
      return { start, end: Math.min(start + 2, text.length) };
    case 'bad-indent':
      return visible(text, firstWord(text, start));
    default:
      return visible(text, { start, end });
  }
}

/** Two spaces for every tab, where nothing but tabs indents the document. */
function spacesForTabs(text: string, { start, end }: Span): TextEdit[] | undefined {
  const indents = [...text.slice(start, end).matchAll(/^[ \t]+(?=\S)/gm)];
  if (indents.some(([indent]) => indent.includes(' '))) return undefined;
  return indents.map(({ 0: indent, index }) => ({
    span: { start: start + index, end: start + index + indent.length },
    text: '  '.repeat(indent.length),
  }));
}

function messageFor({ code, message }: YAMLError): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'tab-indent';
    case 'BAD_INDENT':
      return message.includes('end with') ? 'flow-unclosed' : 'bad-indent';
    case 'BAD_SCALAR_START':
      return 'reserved-character';
    case 'BAD_DQ_ESCAPE':
      return 'bad-escape';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'missing-colon';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'nested-colon';
    case 'BLOCK_IN_FLOW':
      return 'block-in-flow';
    case 'RESOURCE_EXHAUSTION':
      return 'too-deep';
    case 'MISSING_CHAR':
      return missingCharacter(message);
    default:
      return 'unexpected';
  }
}

/** One code stands for many characters; the parser's text alone tells which. */
function missingCharacter(message: string): string {
  if (message.includes('quote')) return 'quote-unclosed';
  if (message.includes('end with')) return 'flow-unclosed';
  if (message.includes('map values')) return 'missing-colon';
  if (message.startsWith('Missing ,')) return 'missing-comma';
  if (message.startsWith('Comments')) return 'comment-needs-space';
  if (message.includes('- indicator')) return 'missing-dash';
  return 'unexpected';
}

/** What stands behind blanks and comments. */
function firstWord(text: string, from: number): Span {
  const at = from + (text.slice(from).match(/^(?:\s|#[^\r\n]*)*/)?.[0].length ?? 0);
  return at < text.length ? { start: at, end: at } : { start: from, end: from };
}

/** At least one visible character, at most to the end of its line. */
export function visible(text: string, { start, end }: Span): Span {
  let from = Math.min(start, text.length);
  const tabs = text.slice(from).match(/^[ \t]*\t[ \t]*/)?.[0].length ?? 0;
  // Indentation is what is wrong: all of it shows.
  if (tabs > 0) return { start: from, end: from + tabs };
  while (from > 0 && !/\S/.test(text.charAt(from))) from--;
  const line = text.slice(from).match(/^[^\r\n]*/)?.[0] ?? '';
  const word = line.match(/^[^\s,\]}]+/)?.[0] ?? line.slice(0, 1);
  const wanted = end - from > 1 ? line.slice(0, end - from).trimEnd() : word;
  return { start: from, end: Math.min(text.length, from + Math.max(1, wanted.length)) };
}
