// What the TOML tests share: plain values out of a tree, what @iarna/toml says, generated texts.
import assert from 'node:assert/strict';
import parseString from '@iarna/toml/parse-string.js';
import fc from 'fast-check';
import type { Node, Span, Tree } from '../../server/src/core/syntax/tree.ts';
import { assertWellFormed, walk } from '../support/tree.ts';

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

/** What must hold of every tree, and that siblings stand in the order of the text. */
export function wellFormed(text: string, tree: Tree): void {
  assertWellFormed(text, tree);
  for (const { root } of tree.documents) {
    for (const node of walk(root)) {
      if (node.kind === 'map') ordered(node.entries.map(({ span }) => span));
      if (node.kind === 'list') ordered(node.items.map(({ span }) => span));
    }
  }
}

function ordered(spans: readonly Span[]): void {
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    assert.ok(before === undefined || before.end <= span.start, 'siblings out of order');
  }
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

/** Messages of what only older versions of containers/storage refuse. */
export const releaseMessages: ReadonlySet<string> = new Set([
  'newer-lines',
  'newer-comma',
  'newer-escape',
  'newer-time',
  'byte-order-mark',
  'not-utf8',
]);
