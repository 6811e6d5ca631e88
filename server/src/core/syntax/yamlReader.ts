// Reads a YAML stream into the tree with the `yaml` package's parser; what plain scalars mean is Kubernetes' own reading.
// Never throws.
import { Composer, type Document, Parser } from 'yaml';
import { holderOf } from '../spans.ts';
import { duplicateKeys } from './problems.ts';
import type { Document as Doc, Node, Problem, Span, Tree } from './tree.ts';
import { commentsIn } from './yamlComments.ts';
import { flattened } from './yamlFlow.ts';
import { missing, readerOf, readNode } from './yamlNodes.ts';
import { visible, yamlProblems } from './yamlProblems.ts';

const options = {
  strict: false,
  uniqueKeys: false,
  schema: 'failsafe',
  version: '1.1',
  prettyErrors: false,
} as const;

/** The tree of a YAML stream; an empty document has a missing root. */
export function readYaml(text: string): Tree {
  try {
    return readStream(text, { text, comments: [] });
  } catch (error) {
    // Collections inside each other by the thousand exhaust the parser's stack; nothing else throws.
    const message = error instanceof RangeError ? 'too-deep' : 'unexpected';
    const span = visible(text, { start: 0, end: 1 });
    const args = { found: text.slice(span.start, span.end) };
    return {
      format: 'yaml',
      documents: [{ root: missing(0), span: { start: 0, end: text.length }, templated: false }],
      problems: [{ code: 'yaml-syntax', message, span, args }],
      comments: [],
    };
  }
}

/** `source` is the text as the parser is to see it, with the comments that it does not see. */
function readStream(text: string, source: { text: string; comments: readonly Span[] }, tries = 0): Tree {
  const tokens = [...new Parser().parse(source.text)];
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const found = commentsIn(tokens);
  const comments = [...found.comments, ...source.comments].sort((a, b) => a.start - b.start);
  const tree = readDocuments(text, documents, { ...found, comments });
  const open = tree.problems.find(({ message }) => message === 'flow-unclosed');
  const flat = open && tries < mostFlattened ? flattened(source.text, open.span.start) : undefined;
  if (flat === undefined) return tree;
  return readStream(text, { text: flat.text, comments: [...source.comments, ...flat.comments] }, tries + 1);
}

/** So many collections of one stream are put on one line. */
const mostFlattened = 20;

interface Scanned {
  readonly document: Doc;
  readonly problems: readonly Problem[];
}

function readDocuments(
  text: string,
  parsed: readonly Document[],
  tokens: ReturnType<typeof commentsIn>,
): Tree {
  const starts = parsed.map((document, index) => (index === 0 ? 0 : (document.range?.[0] ?? 0)));
  const marks = templateMarks(text, [...tokens.comments, ...tokens.blockScalars]);
  const scanned = parsed.map((document, index): Scanned => {
    const span = { start: starts[index] ?? 0, end: starts[index + 1] ?? text.length };
    const templated = marks.some((mark) => mark >= span.start && mark < span.end);
    return readDocument(text, document, span, templated);
  });
  return {
    format: 'yaml',
    documents: scanned.map(({ document }) => document),
    problems: scanned.flatMap(({ problems }) => problems),
    comments: tokens.comments,
  };
}

/** Where `{{`, `{%` or `<%` stand as part of the YAML; in comments and block texts they belong to someone else. */
function templateMarks(text: string, others: readonly Span[]): number[] {
  const held = holderOf(others);
  return [...text.matchAll(/\{\{|\{%|<%/g)]
    .map(({ index }) => index)
    .filter((mark) => !held({ start: mark, end: mark + 1 }));
}

function readDocument(text: string, document: Document, span: Span, templated: boolean): Scanned {
  const reader = readerOf(text);
  const root = readNode(reader, document.contents, document.range?.[0] ?? span.start, 0);
  const syntax = yamlProblems(text, span, document.errors, reader);
  // After a syntax error lines stand in maps where nobody wrote them.
  const duplicates = syntax.length > 0 ? [] : duplicateKeys(root);
  const problems = [...syntax, ...reader.problems, ...withSecondManifest(text, root, duplicates)];
  return { document: { root, span, templated }, problems: templated ? [] : problems };
}

/** Where `apiVersion` and `kind` both come again, it is the line between two manifests that is missing. */
function withSecondManifest(text: string, root: Node, duplicates: Problem[]): Problem[] {
  const keys = new Set(root.kind === 'map' ? root.entries.map(({ key }) => key.span) : []);
  const atRoot = duplicates.filter(({ span }) => keys.has(span));
  const first = atRoot[0];
  const names = new Set(atRoot.map(({ args }) => args?.['key']));
  if (first === undefined || !names.has('apiVersion') || !names.has('kind')) return duplicates;
  const at = { start: first.span.start, end: first.span.start };
  const edits = [{ span: at, text: `---${text.includes('\r\n') ? '\r\n' : '\n'}` }];
  return [
    { ...first, message: 'second-manifest', edits },
    ...duplicates.filter((one) => !atRoot.includes(one)),
  ];
}
