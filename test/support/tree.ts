// Trees in tests: what must hold of every tree, what a tree stands for, and applying edits.
import assert from 'node:assert/strict';
import type { Entry, Node, Span, TextEdit, Tree } from '../../server/src/core/syntax/tree.ts';
import { entriesOf, target } from '../../server/src/core/syntax/tree.ts';

/** Every node as written, parents first; what aliases stand for is not entered. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  if (node.kind === 'list') for (const item of node.items) yield* walk(item);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    yield key;
    yield* walk(value);
  }
}

/** Every entry with the map that holds it. */
export function* entriesIn(node: Node): Generator<{ map: Extract<Node, { kind: 'map' }>; entry: Entry }> {
  if (node.kind === 'list') for (const item of node.items) yield* entriesIn(item);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) {
    yield { map: node, entry };
    yield* entriesIn(entry.value);
  }
}

/** The value of a node as plain data: merge keys applied, the last of equal keys wins, what is missing is null. */
export function plainValue(node: Node): unknown {
  const found = target(node);
  if (found.kind === 'map') {
    return Object.fromEntries(
      entriesOf(found).map(({ key, value }) => [String(key.value), plainValue(value)]),
    );
  }
  if (found.kind === 'list') return found.items.map(plainValue);
  return found.kind === 'scalar' ? found.value : null;
}

/** Fails where a span lies outside its text or its parent, where a scalar is not its text, or where order is broken. */
export function assertWellFormed(text: string, tree: Tree): void {
  const inside = ({ start, end }: Span, around: Span, what: string) =>
    assert.ok(
      around.start <= start && start <= end && end <= around.end,
      `${what} ${start}-${end} lies outside ${around.start}-${around.end}`,
    );
  const whole = { start: 0, end: text.length };
  assert.ok(tree.documents.length > 0, 'no document');
  let at = 0;
  for (const { root, span } of tree.documents) {
    assert.equal(span.start, at, 'documents do not follow each other');
    at = span.end;
    inside(span, whole, 'document');
    inside(root.span, span, 'root');
    assertNode(text, root, inside);
  }
  assert.equal(at, text.length, 'the last document ends before the text');
  for (const problem of tree.problems) {
    inside(problem.span, whole, problem.message);
    assert.ok(problem.span.start < problem.span.end || text === '', `${problem.message} cannot be seen`);
    for (const span of problem.related ?? []) inside(span, whole, 'related');
    assertEdits(text, problem.edits ?? []);
  }
  assertEdits(
    text,
    tree.comments.map((span) => ({ span, text: '' })),
  );
}

function assertNode(
  text: string,
  node: Node,
  inside: (span: Span, around: Span, what: string) => void,
): void {
  if (node.kind === 'missing') assert.equal(node.span.start, node.span.end, 'a missing node has a width');
  if (node.kind === 'scalar') assert.equal(node.raw, text.slice(node.span.start, node.span.end), 'raw');
  if (node.kind === 'list') {
    for (const item of node.items) {
      if (node.style !== 'table') inside(item.span, node.span, 'item');
      assertNode(text, item, inside);
    }
  }
  if (node.kind !== 'map') return;
  for (const { key, value, span } of node.entries) {
    if (node.style !== 'table') inside(span, node.span, 'entry');
    inside(key.span, span, 'key');
    if (value.kind !== 'map' || value.style !== 'table') {
      if (value.kind !== 'list' || value.style !== 'table') inside(value.span, span, 'value');
    }
    assertNode(text, key, inside);
    assertNode(text, value, inside);
  }
}

/** Fails where edits overlap or leave the text. */
export function assertEdits(text: string, edits: readonly TextEdit[]): void {
  let at = 0;
  for (const { span } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    assert.ok(at <= span.start && span.start <= span.end && span.end <= text.length, 'edits overlap');
    at = span.end;
  }
}

/** The text after edits. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  assertEdits(text, edits);
  let result = text;
  for (const { span, text: put } of [...edits].sort(
    (a, b) => b.span.start - a.span.start || b.span.end - a.span.end,
  )) {
    result = result.slice(0, span.start) + put + result.slice(span.end);
  }
  return result;
}
