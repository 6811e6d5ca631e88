// Analysis never throws and no rule faults, however short a file is cut: what people type has every length.
// Real files are cut at a seeded sample of offsets; STOWAGE_SOAK=1 cuts them everywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { FileKind } from '../../server/src/core/finding.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import { type CorpusFile, corpusFiles, repositoryFiles } from '../support/corpus.ts';
import { cutsOf, formatOf } from '../support/cuts.ts';
import { entriesIn } from '../support/tree.ts';

const families = { json: 'daemon', toml: 'storage', yaml: 'k8s' } as const;

function analyseCuts(files: readonly CorpusFile[], small: number, sample: number): void {
  for (const { name, text } of files) {
    const format = formatOf(name);
    if (format === undefined) continue;
    const kind: FileKind = { family: families[format], format, scope: 'unknown' };
    for (const cut of cutsOf(text, small, sample)) analyseOne(name, text.slice(0, cut), kind);
  }
}

function analyseOne(name: string, text: string, kind: FileKind): void {
  try {
    const { findings, faults } = analyze(text, kind);
    assert.deepEqual(faults, []);
    for (const { span, code } of findings) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, `${code} lies outside`);
    }
  } catch (error) {
    throw new Error(`${name} cut at ${text.length}`, { cause: error });
  }
}

/** Every value in turn written as something else: no rule may rely on what the schema asks for. */
function analyseOddValues(files: readonly CorpusFile[]): void {
  for (const { name, text } of files) {
    const format = formatOf(name);
    if (format === undefined) continue;
    const kind: FileKind = { family: families[format], format, scope: 'unknown' };
    for (const { root } of frontEnds[format].parse(text).documents) {
      for (const { entry } of entriesIn(root)) {
        for (const odd of [
          'null',
          '-1',
          '1e9',
          'true',
          '""',
          '" "',
          '"=:/"',
          '[]',
          '{}',
          '[[], {}]',
          '[null, ""]',
          '',
        ]) {
          const { start, end } = entry.value.span;
          analyseOne(`${name} at ${start} with ${odd}`, text.slice(0, start) + odd + text.slice(end), kind);
        }
      }
    }
  }
}

test('examples', () => analyseCuts(repositoryFiles('examples'), 4096, 100));
test('mistakes that people make, and the same files put right', () => {
  analyseCuts(repositoryFiles('test/mistakes'), 4096, 100);
});
test('values of every type in every place', () => {
  analyseOddValues(repositoryFiles('examples'));
  analyseOddValues(repositoryFiles('test/mistakes'));
});
for (const folder of ['daemon', 'storage', 'k8s', 'not-ours', 'not-plain']) {
  test(`real files: ${folder}`, () => analyseCuts(corpusFiles(`corpus/${folder}`), 0, 20));
}
