// Texts that no person would write. Any mix of what the formats are made of gives a well-formed tree, and edits of it never
// overlap. What breaks here breaks sooner or later under somebody's fingers.
import { test } from 'node:test';
import fc from 'fast-check';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import type { Change, Format, FrontEnd, Tree } from '../../server/src/core/syntax/tree.ts';
import { apply, assertWellFormed, entriesIn, walk } from '../support/tree.ts';

const pieces: Readonly<Record<Format, readonly string[]>> = {
  json: [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '“',
    '”',
    '"a"',
    '"b": ',
    '1',
    '01',
    '-',
    'tru',
    'null',
    '//',
    '/*',
    '*/',
    '#',
    '=',
    '{{',
    '\\',
    '\t',
    '\n',
    '\r\n',
    ' ',
    'é',
    '\u0000',
    '<%',
  ],
  yaml: [
    'a',
    'b: ',
    ': ',
    ':',
    '- ',
    '-',
    '? ',
    '&x ',
    '*x',
    '<<: ',
    '!!str ',
    '!t ',
    '|',
    '>-\n',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ', ',
    '# c',
    '\n',
    '\n  ',
    '\n    ',
    '\r\n',
    '\t',
    ' ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '{{',
    '1',
    '~',
    'é',
    '@',
    '\uFEFF',
    '\u0000',
  ],
  toml: [
    'a',
    'b.c',
    '[',
    ']',
    '[[',
    ']]',
    '{',
    '}',
    ' = ',
    '=',
    '"',
    "'",
    '"""',
    "'''",
    ',',
    '#',
    '\n',
    '\r\n',
    ' ',
    '\t',
    '1',
    'true',
    '1979-05-27',
    '\\',
    '{{',
    'é',
    '\u0000',
    '[storage]\n',
    'x = "y"\n',
  ],
};

/** Every change that could be asked for, at the first places of each kind. */
function changesOf(tree: Tree): Change[] {
  return tree.documents.flatMap(({ root }) => {
    const maps = [...walk(root)].filter((node) => node.kind === 'map').slice(0, 3);
    const lists = [...walk(root)].filter((node) => node.kind === 'list' && node.items.length > 0).slice(0, 2);
    return [
      ...maps.map((into): Change => ({ do: 'insert', into, key: 'new', value: { x: [1] } })),
      ...lists.flatMap((from): Change[] =>
        from.kind === 'list' && from.items[0] ? [{ do: 'remove', from, item: from.items[0] }] : [],
      ),
      ...[...entriesIn(root)].slice(0, 4).flatMap(({ map, entry }): Change[] => [
        { do: 'remove', from: map, item: entry },
        { do: 'rename', entry, name: 'new' },
        { do: 'replace', node: entry.value, value: 'new' },
        { do: 'move', from: map, entry, path: ['a', 'new'] },
      ]),
    ];
  });
}

function check(frontEnd: FrontEnd, text: string): void {
  const tree = frontEnd.parse(text);
  assertWellFormed(text, tree);
  for (const change of changesOf(tree)) {
    const result = apply(text, frontEnd.edit(text, tree, change));
    assertWellFormed(result, frontEnd.parse(result));
  }
}

for (const format of ['json', 'yaml', 'toml'] as const) {
  test(`${format} from any pieces`, () => {
    const soup = fc
      .array(fc.constantFrom(...pieces[format]), { maxLength: 24 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (text) => check(frontEnds[format], text)),
      { numRuns: Number(process.env['STOWAGE_SOAK'] ?? 0) === 1 ? 100_000 : 3_000, seed: 11 },
    );
  });
}
