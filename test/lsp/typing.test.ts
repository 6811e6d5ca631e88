// Random sessions at the keyboard: whatever was typed, deleted and pasted, what is published last is what a fresh look at the
// text gives, and versions never go back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyze } from '../../server/src/core/analyze.ts';
import { recognise } from '../../server/src/core/recognise.ts';
import { toDiagnostic } from '../../server/src/lsp/convert.ts';
import { repositoryFiles } from '../support/corpus.ts';
import { startLsp } from '../support/lsp.ts';

const runs = process.env['STOWAGE_SOAK'] === '1' ? 400 : 25;
const examples = repositoryFiles('examples').filter(({ name }) =>
  /daemon\.json$|storage\.conf$|kubernetes\//.test(name),
);
const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '\n',
  '  ',
  '#',
  'storage',
  '"a": 1',
  'driver = "x"',
  '- ',
  '😀',
  '\r\n',
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  take: fc.nat(12),
  put: fc.constantFrom('', ...pieces),
});

test('the last published diagnostics are those of the text as it stands', async () => {
  const lsp = await startLsp();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...examples),
      fc.array(edit, { minLength: 1, maxLength: 12 }),
      async ({ name, text }, edits) => {
        const uri = `file:///session-${count++}/${name}`;
        let version = 1;
        let document = TextDocument.create(uri, 'plaintext', version, text);
        await lsp.open(uri, text);
        for (const { at, take, put } of edits) {
          const start = Math.floor(at * document.getText().length);
          const range = { start: document.positionAt(start), end: document.positionAt(start + take) };
          version++;
          document = TextDocument.update(document, [{ range, text: put }], version);
          const { start: from, end: to } = range;
          await lsp.change(uri, version, put, [from.line, from.character, to.line, to.character]);
        }
        const seen = await lsp.diagnostics(uri, version);
        const kind = recognise(new URL(uri).pathname, document.getText());
        const fresh = kind === undefined ? [] : analyze(document.getText(), kind).findings;
        assert.deepEqual(
          seen,
          JSON.parse(JSON.stringify(fresh.map((finding) => toDiagnostic(document, finding, undefined)))),
        );
        const versions = lsp.published.filter((one) => one.uri === uri).map((one) => one.version ?? 0);
        assert.deepEqual(
          versions,
          [...versions].sort((a, b) => a - b),
        );
      },
    ),
    { numRuns: runs, seed: 20261123 },
  );
  assert.deepEqual(lsp.logged, []);
});
