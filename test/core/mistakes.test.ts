// Thirty small files with one real mistake each: what lies within this version's width is found on its line, and the mended
// twins give neither errors nor warnings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { type CorpusFile, repositoryFiles } from '../support/corpus.ts';

const files = new Map(repositoryFiles('test/mistakes').map((file) => [file.name, file]));

/** They need other documents: nothing is said of them. */
const notInSight = new Set(['k8s/05-claim-larger-than-pv.yaml', 'k8s/08-class-not-found.yaml']);

function findingsOf({ name, text }: CorpusFile): readonly Finding[] {
  const as = name.endsWith('.json') ? 'daemon.json' : name.endsWith('.conf') ? 'storage.conf' : 'k8s.yaml';
  const kind = familyOf(as);
  assert.ok(kind);
  return analyze(text, kind).findings.filter(({ level }) => level === 'error' || level === 'warning');
}

const rows = (files.get('expected.tsv')?.text ?? '').trim().split('\n').slice(1);
for (const row of rows) {
  const [name = '', line = '', others = ''] = row.split('\t');
  const file = files.get(name);
  const twin = files.get(`fixed/${name}`);
  test(`${name} and its mended twin`, () => {
    assert.ok(file && twin, 'the file or its twin is missing');
    assert.deepEqual(findingsOf(twin), []);
    const lines = findingsOf(file).map(({ span }) => file.text.slice(0, span.start).split('\n').length);
    if (notInSight.has(name)) assert.deepEqual(lines, []);
    else {
      const right = [line, ...others.split(',').filter((one) => one !== '')].map(Number);
      assert.ok(
        lines.length > 0 && lines.every((one) => right.includes(one)),
        `found on ${lines}, expected ${right}`,
      );
    }
  });
}

test('there are thirty of them', () => assert.equal(rows.length, 30));
