// Small files of our own beside what real engines said of them: dockerd 28.5.2 (`--validate`) and containers-storage 1.64.
// What an engine takes gets no error; what it refuses does, but for the lines marked missed, which are today's gaps.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { familyOf } from '../../server/src/core/recognise.ts';

function verdicts(name: string): [text: string, verdict: string][] {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [text = '', verdict = ''] = line.split('\t');
    return [JSON.parse(text), verdict];
  });
}

function check(name: string, as: string, counts: (finding: Finding) => boolean): void {
  const kind = familyOf(as);
  assert.ok(kind);
  for (const [text, verdict] of verdicts(name)) {
    const { findings, faults } = analyze(text, kind, {}, { versions: { docker: '28.5.2' } });
    assert.deepEqual(faults, []);
    const errors = findings.filter((one) => one.level === 'error' && counts(one)).map(({ code }) => code);
    if (verdict === 'refused') assert.notEqual(errors.length, 0, text);
    else assert.deepEqual(errors, [], `${verdict}: ${text}`);
  }
}

test('daemon.json: what dockerd --validate takes is no error, and what it refuses is', () => {
  // What stops the daemon only at its start passes --validate.
  check('daemon-verdicts.tsv', 'daemon.json', ({ effect }) => effect === 'refused');
});

test('storage.conf: what containers-storage opens is no error, and what it refuses is', () => {
  check('storage-verdicts.tsv', 'storage.conf', () => true);
});
