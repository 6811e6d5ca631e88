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
      '# a comment': 'comment.line.number-sign',
      storage: 'entity.name.type.table',
      '"overlay"': 'entity.name.type.table',
      driver: 'support.type.property-name',
      '\\t': 'constant.character.escape',
      '# tail': 'comment.line.number-sign',
      max: 'support.type.property-name',
      '0x1F': 'constant.numeric',
      '/srv': 'string.quoted.single',
      true: 'constant.language.boolean',
      '2026-11-23T10:00:00Z': 'constant.other.date',
      '1.5e3': 'constant.numeric',
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
      '# first': 'comment.line.number-sign',
      ']': 'punctuation.definition.array.end',
      enable_partial_images: 'support.type.property-name',
      '3': 'constant.numeric',
      'driver = not a key': 'string.quoted.triple.double',
      '[[': 'punctuation.definition.table.begin',
      list: 'entity.name.type.table',
      after: 'support.type.property-name',
      false: 'constant.language.boolean',
    },
  );
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
