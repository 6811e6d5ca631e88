// The two TextMate grammars, run by the engine that VS Code runs them with: every stretch gets the scope that themes colour.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const files: Record<string, URL> = {
  'source.storage-conf': new URL('../../syntaxes/storage-conf.tmLanguage.json', import.meta.url),
  'storage-opts.injection': new URL('../../syntaxes/storage-opts.tmLanguage.json', import.meta.url),
  'source.json': new URL(`file://${require.resolve('tm-grammars/grammars/json.json')}`),
};
let registry: textmate.Registry;

before(async () => {
  await oniguruma.loadWASM(
    new Uint8Array(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).buffer,
  );
  registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files[scope];
      return file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file.pathname);
    },
    getInjections: (scope) => (scope === 'source.json' ? ['storage-opts.injection'] : undefined),
  });
});

/** Every token that is not blank, with its innermost scope without the language's own ending. */
async function tokens(scope: string, text: string): Promise<[string, string][]> {
  const grammar = await registry.loadGrammar(scope);
  assert.ok(grammar);
  let state = textmate.INITIAL;
  return text.split('\n').flatMap((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.flatMap(({ startIndex, endIndex, scopes }): [string, string][] => {
      const part = line.slice(startIndex, endIndex);
      return part.trim() === ''
        ? []
        : [[part, (scopes.at(-1) ?? '').replace(/\.(storage-conf|storage-opts|json)$/, '')]];
    });
  });
}

async function assertScopes(scope: string, text: string, expected: Record<string, string>): Promise<void> {
  const found = new Map(await tokens(scope, text));
  for (const [part, name] of Object.entries(expected)) {
    assert.equal(found.get(part), name, `${part} in ${JSON.stringify([...found])}`);
  }
}

test('tables, keys and scalars of storage.conf', async () => {
  await assertScopes(
    'source.storage-conf',
    [
      '# a comment',
      '[storage.options."overlay"]',
      'driver = "over\\tlay" # tail',
      'size.max = 0x1F',
      "path = '/srv'",
      'on = true',
      'since = 2026-11-23T10:00:00Z',
      'ratio = 1.5e3',
    ].join('\n'),
    {
      ' a comment': 'comment.line.number-sign',
      storage: 'entity.name.type.table',
      '"overlay"': 'entity.name.type.table',
      driver: 'support.type.property-name',
      '\\t': 'constant.character.escape',
      ' tail': 'comment.line.number-sign',
      max: 'support.type.property-name',
      '0x1F': 'constant.numeric.hex',
      '/srv': 'string.quoted.single',
      true: 'constant.language.boolean',
      '2026-11-23T10:00:00Z': 'constant.other.date',
      '1.5e3': 'constant.numeric.float',
    },
  );
});

test('arrays, inline tables and long strings reach over lines and end where they end', async () => {
  await assertScopes(
    'source.storage-conf',
    [
      'stores = [',
      '  "/a", # first',
      '  "/b",',
      ']',
      'pull_options = { enable_partial_images = "true", retries = 3 }',
      'text = """',
      'driver = not a key',
      '"""',
      '[[storage.list]]',
      'after = false',
    ].join('\n'),
    {
      '/a': 'string.quoted.double',
      ' first': 'comment.line.number-sign',
      ']': 'punctuation.definition.array.end',
      enable_partial_images: 'support.type.property-name',
      '3': 'constant.numeric.integer',
      'driver = not a key': 'string.quoted.triple.double',
      '[[': 'punctuation.definition.table.begin',
      list: 'entity.name.type.table',
      after: 'support.type.property-name',
      false: 'constant.language.boolean',
    },
  );
});

/** Values, each with its tokens that are not punctuation. */
const constructs: readonly [what: string, value: string, tokens: readonly string[]][] = [
  [
    'a date and time with its offset',
    '1979-05-27T07:32:00.5-07:00',
    ['other.date 1979-05-27T07:32:00.5-07:00'],
  ],
  ['a date and time in UTC', '1979-05-27 07:32:00Z', ['other.date 1979-05-27 07:32:00Z']],
  ['a local date and time', '1979-05-27T07:32:00', ['other.date 1979-05-27T07:32:00']],
  ['a local date', '1979-05-27', ['other.date 1979-05-27']],
  ['a local time', '07:32:00.25', ['other.time 07:32:00.25']],
  ['a time without seconds', '07:32', ['other.time 07:32']],
  ['a date and time without seconds', '1979-05-27 07:32Z', ['other.date 1979-05-27 07:32Z']],
  ['integers', '[0, +17, -1_000]', ['numeric.integer 0', 'numeric.integer +17', 'numeric.integer -1_000']],
  ['a hexadecimal number', '0xDEAD_beef', ['numeric.hex 0xDEAD_beef']],
  ['an octal number', '0o7_55', ['numeric.octal 0o7_55']],
  ['a binary number', '0b1101_0010', ['numeric.binary 0b1101_0010']],
  [
    'floats',
    '[6.02_2e2_3, 5E+2, -0.0]',
    ['numeric.float 6.02_2e2_3', 'numeric.float 5E+2', 'numeric.float -0.0'],
  ],
  [
    'endless and no numbers',
    '[inf, -inf, +nan]',
    ['numeric.float inf', 'numeric.float -inf', 'numeric.float +nan'],
  ],
  ['what is no number', '[01, 1__0, 0x, 1., 0o8]', []],
  ['truth', '[true, false]', ['language.boolean true', 'language.boolean false']],
  ['what only begins like truth', '[trueish, true-1]', []],
  [
    'escapes',
    '"\\t\\u00e9\\U0001F600\\xe9\\e\\""',
    ['\\t', '\\u00e9', '\\U0001F600', '\\xe9', '\\e', '\\"'].map((one) => `character.escape ${one}`),
  ],
  ['escapes that are none', '"\\q\\u12\\uD800\\U00110000"', []],
  ['a backslash in single quotes', "'C:\\temp'", []],
];

for (const [what, value, wanted] of constructs) {
  test(`a value is coloured: ${what}`, async () => {
    for (const text of [`a = ${value}`, `a = [\n  ${value},\n]`, `a = { b = ${value} }`]) {
      const found = await tokens('source.storage-conf', text);
      const constants = found.flatMap(([part, scope]) =>
        scope.startsWith('constant.') ? [`${scope.slice('constant.'.length)} ${part}`] : [],
      );
      assert.deepEqual(constants, wanted, text);
    }
  });
}

/** The texts that have a scope, in order. */
async function partsOf(text: string): Promise<(scope: string) => string[]> {
  const found = await tokens('source.storage-conf', text);
  return (scope) => found.flatMap(([part, one]) => (one === scope ? [part] : []));
}

test('wrong escapes are marked as such', async () => {
  const named = await partsOf('a = "\\q\\u12G4\\uDFFF\\ " # c');
  assert.deepEqual(named('invalid.illegal.escape'), ['\\q', '\\u', '\\u', '\\ ']);
});

test('strings over lines with their escapes, quotes inside and their ends', async () => {
  const long = ['a = """', '[no] # header \\', '  say ""twice"" \\t', 'x"""""'];
  const literal = ["b = '''", "c = 'no' \\t", "y'''' # behind", 'd = true'];
  const named = await partsOf([...long, ...literal].join('\n'));
  assert.deepEqual(named('constant.character.escape.line-break'), ['\\']);
  assert.deepEqual(named('constant.character.escape'), ['\\t']);
  assert.deepEqual(named('string.quoted.triple.double'), ['[no] # header ', '  say ""twice"" ', 'x', '""']);
  assert.deepEqual(named('string.quoted.triple.single'), ["c = 'no' \\t", 'y', "'"]);
  assert.deepEqual(named('comment.line.number-sign'), [' behind']);
  assert.deepEqual(named('punctuation.definition.string.end'), ['"""', "'''"]);
  assert.deepEqual(named('constant.language.boolean'), ['true']);
});

test('keys and headers in quotes hold whatever stands in them', async () => {
  const named = await partsOf('["a]b".\'c#d\'.e-1] # tail\n"f=g" . h.\'i.j\' = 1\n[[ k . "l" ]]\nm = 2');
  assert.deepEqual(named('entity.name.type.table'), ['"a]b"', "'c#d'", 'e-1', 'k', '"l"']);
  assert.deepEqual(named('support.type.property-name'), ['"f=g"', 'h', "'i.j'", 'm']);
  assert.equal(named('punctuation.separator.dot').length, 5);
  assert.deepEqual(named('comment.line.number-sign'), [' tail']);
});

test('lists and inline tables in one another, over lines', async () => {
  const lists = ['a = [ # first', '  ["x"],', '  [[1], [', '    2', '  ]],'];
  const tables = [
    '  { append = true, in = {',
    '    deep = [3, # second',
    '    4],',
    '    "q" = 07:32,',
    '  } },',
    ']',
  ];
  const named = await partsOf([...lists, ...tables, '[after]', 'b = 5'].join('\n'));
  assert.deepEqual(named('constant.numeric.integer'), ['1', '2', '3', '4', '5']);
  assert.deepEqual(named('constant.other.time'), ['07:32']);
  assert.deepEqual(named('support.type.property-name'), ['a', 'append', 'in', 'deep', '"q"', 'b']);
  assert.deepEqual(named('entity.name.type.table'), ['after']);
  assert.deepEqual(named('comment.line.number-sign'), [' first', ' second']);
  assert.equal(named('punctuation.definition.array.begin').length, 6);
  assert.equal(named('punctuation.definition.array.end').length, 6);
  assert.equal(named('punctuation.definition.table.inline.end').length, 2);
});

test('a half-typed value does not swallow the next line', async () => {
  for (const half of ['driver =', 'driver = "over', 'stores = ["/a"', 'pull_options = { a = "b"']) {
    await assertScopes('source.storage-conf', `[storage]\n${half}\n\n[storage.options]\nsize = "1g"`, {
      options: 'entity.name.type.table',
      size: 'support.type.property-name',
    });
  }
});

test('entries of storage-opts are taken apart, other strings are left alone', async () => {
  const text = '{ "storage-opts": ["overlay2.size=20G"], "data-root": "/srv/overlay2.size" }';
  await assertScopes('source.json', text, {
    overlay2: 'entity.name.type.storage-driver',
    size: 'variable.parameter',
    '20G': 'constant.other.value',
    '/srv/overlay2.size': 'string.quoted.double',
  });
});
