// What the TOML tests share: plain values out of a tree, what @iarna/toml says, well-formed spans, generated texts.
import assert from 'node:assert/strict';
/// <reference path="../../server/src/core/syntax/iarna-toml.d.ts" />
import parseString from '@iarna/toml/parse-string.js';
import fc from 'fast-check';
import type { Node, Span, TextEdit, Tree } from '../../server/src/core/syntax/tree.ts';

/** The value that a tree stands for; of two equal keys the last. Dates are their kind only: @iarna/toml gives Date objects. */
export function plain(node: Node): unknown {
  if (node.kind === 'map') {
    return Object.fromEntries(node.entries.map(({ key, value }) => [String(key.value), plain(value)]));
  }
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind !== 'scalar') return `(${node.kind})`;
  return node.type === 'datetime' ? '(datetime)' : number(node.value);
}

function number(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n');
  return typeof value === 'number' || typeof value === 'bigint'
    ? String(Object.is(value, -0) ? 0 : value)
    : value;
}

/** What @iarna/toml reads, in the same form; undefined where it refuses. It takes the ends of line of Windows amiss. */
export function judged(text: string): unknown {
  try {
    return normal(parseString(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')));
  } catch {
    return undefined;
  }
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (value instanceof Date) return '(datetime)';
  if (typeof value !== 'object' || value === null) return number(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]));
}

/** Spans lie in the text, keys before values, children in their parents (tables may lie apart). */
export function wellFormed(text: string, tree: Tree): void {
  const whole = { start: 0, end: text.length };
  assert.equal(tree.documents.length, 1);
  for (const { root } of tree.documents) walk(text, root, whole);
  for (const problem of tree.problems) {
    inside(problem.span, whole, problem.message);
    assert.ok(problem.span.end > problem.span.start, `${problem.message} shows no place`);
    for (const span of problem.related ?? []) inside(span, whole, 'related');
    for (const edit of problem.edits ?? []) inside(edit.span, whole, 'edit');
  }
  for (const comment of tree.comments) {
    inside(comment, whole, 'comment');
    assert.equal(text[comment.start], '#');
  }
}

function walk(text: string, node: Node, parent: Span): void {
  inside(node.span, parent, node.kind);
  if (node.kind === 'scalar') assert.equal(node.raw, text.slice(node.span.start, node.span.end));
  const loose = 'style' in node && node.style === 'table';
  const bounds = loose ? { start: 0, end: text.length } : node.span;
  if (node.kind === 'list') {
    for (const item of node.items) walk(text, item, bounds);
    ordered(node.items.map((item) => item.span));
  }
  if (node.kind !== 'map') return;
  for (const span of node.headers ?? []) inside(span, bounds, 'header');
  for (const { key, value, span } of node.entries) {
    inside(span, bounds, 'entry');
    walk(text, key, bounds);
    walk(text, value, bounds);
    if ('style' in value && value.style === 'table') continue;
    inside(value.span, span, 'value');
    assert.ok(key.span.end <= value.span.start, 'a value before its key');
  }
  ordered(node.entries.map((entry) => entry.span));
}

function ordered(spans: readonly Span[]): void {
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    assert.ok(before === undefined || before.end <= span.start, 'children out of order');
  }
}

function inside(span: Span, bounds: Span, what: string): void {
  const fits = bounds.start <= span.start && span.start <= span.end && span.end <= bounds.end;
  assert.ok(fits, `${what} ${span.start}-${span.end} outside ${bounds.start}-${bounds.end}`);
}

const scalars = [
  ...[
    '1',
    '-17',
    '+3',
    '1_000',
    '0x1F_ff',
    '0o17',
    '0b1_0',
    '9007199254740993',
    '-9223372036854775808',
    '0',
    '-0',
  ],
  ...['1.5', '-0.0', '6.02e23', '1e1_0', 'inf', '-inf', '+nan', '0.1', '5e-3'],
  ...['true', 'false', '1979-05-27', '1979-05-27T07:32:00Z', '1979-05-27 07:32:00.5'],
  ...[
    '""',
    '"x"',
    '"a\\tb\\"c\\\\ \\u00e9 \\U0001F600"',
    "''",
    "'C:\\x # no'",
    '"# no"',
    '"数据"',
    '"[a] = {"',
  ],
  ...['"""a\n"b" ""c\\\n   d"""', "'''\nl1\nl2 'q' \\'''", '""""two"""""', "''''x'''''"],
];
const flowScalars = scalars.filter((text) => !/^\d{4}-|^\d\d:/.test(text));
const names = ['a', 'b', 'c', 'd-1', '"q k"', "'l.k'", '2', '"\\u0061"', 'zz'];
const blank = fc.constantFrom('', ' ', '  ', '\t');
const name = fc.constantFrom(...names);
const dotted = fc.oneof(
  { weight: 4, arbitrary: name },
  fc
    .tuple(fc.array(name, { minLength: 2, maxLength: 3 }), blank)
    .map(([parts, dot]) => parts.join(`${dot}.`)),
);
const comment = fc.constantFrom('', '', '', ' # why', '#x', ' # "q" [a] = {');
const between = fc.constantFrom('', ' ', '\n', ' # c\n  ', '\n\n');

const { flow } = fc.letrec<{ flow: string; list: string; table: string }>((tie) => ({
  flow: fc.oneof({ depthSize: 'small' }, fc.constantFrom(...flowScalars), tie('list'), tie('table')),
  list: fc
    .tuple(fc.array(tie('flow'), { maxLength: 3 }), between, between, fc.boolean())
    .map(
      ([items, before, after, comma]) =>
        `[${before}${items.join(`${after},${before}`)}${comma && items.length > 0 ? ',' : ''}${after}]`,
    ),
  table: fc
    .tuple(fc.array(fc.tuple(dotted, blank, tie('flow')), { maxLength: 3 }), blank)
    .map(
      ([pairs, space]) =>
        `{${space}${pairs.map(([key, gap, value]) => `${key}${gap}=${gap}${value}`).join(`,${space}`)}${space}}`,
    ),
}));
const value = fc.oneof(fc.constantFrom(...scalars), flow);
const pair = fc
  .tuple(blank, dotted, blank, value, comment)
  .map(([indent, key, space, text, note]) => `${indent}${key}${space}=${space}${text}${note}`);
const header = fc
  .tuple(dotted, blank, fc.boolean(), comment)
  .map(
    ([key, space, item, note]) => (item ? `[[${space}${key}${space}]]` : `[${space}${key}${space}]`) + note,
  );
const line = fc.oneof(
  { weight: 5, arbitrary: pair },
  { weight: 2, arbitrary: header },
  fc.constantFrom('', '# a comment', '   ', '\t# indented'),
);

/** Texts that are TOML line by line, though the same name may be wanted twice. */
export const tomlText = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
  .map(([lines, eol, last, mark]) => {
    const text = lines.join('\n').replaceAll('\n', eol);
    return (mark ? '\ufeff' : '') + text + (last ? eol : '');
  });

/** The same with a few places overwritten, cut out or put in. */
export const brokenText = fc
  .tuple(
    tomlText,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(3),
        fc.constantFrom(
          '',
          '"',
          "'",
          '[',
          ']',
          '{',
          '}',
          '=',
          '.',
          ',',
          '\n',
          '\\',
          '#',
          'x',
          '"""',
          '\u0001',
          '，',
        ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, cuts]) =>
    cuts.reduce((now, [where, length, put]) => {
      const at = where % (now.length + 1);
      return now.slice(0, at) + put + now.slice(at + length);
    }, text),
  );

/** The text after the edits, which must stand in order and not overlap. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { span, text: put } of edits) {
    assert.ok(span.start >= from && span.end >= span.start && span.end <= text.length, 'edits overlap');
    result += text.slice(from, span.start) + put;
    from = span.end;
  }
  return result + text.slice(from);
}
