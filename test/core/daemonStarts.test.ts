// What daemons really do when they start with files that `dockerd --validate` takes, beside what we say of these files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { atLeast } from '../../server/src/core/schema/versions.ts';
import { hostVersion, type Start, sidDocker, startDockerd, startHostDockerd } from '../support/sidDocker.ts';

/** Of a row of the table: what becomes of the file, and what we must say of it. */
const whats = {
  fails: 'the daemon does not start: a finding that it fails later',
  later: 'it starts, and containers fail: a finding that it fails later',
  ignored: 'it starts without it: a finding that it is ignored',
  machine: 'it does not start here and would elsewhere: no error',
  starts: 'it starts: no error',
};

interface Row {
  /** Which of the two engines: 28 is the tree's, 20.10 the machine's. */
  readonly engine: string;
  readonly what: string;
  /** Keys that the finding may be at, `|` between several. */
  readonly at: string;
  readonly text: string;
  /** What the daemon says as it gives up. */
  readonly log: string;
}

const rows: Row[] = readFileSync(new URL('daemon-starts.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [engine = '', what = '', at = '', text = '', log = ''] = line.split('\t');
    assert.ok(what in whats, line);
    return { engine, what, at, text, log };
  });

function started({ what }: Row): boolean {
  return ['later', 'ignored', 'starts'].includes(what);
}

/** Where the daemon does not do what the table says; an empty list when it does. */
function ofDaemon(row: Row, { started: up, log }: Start): string[] {
  if (up !== started(row)) return [`daemon ${up ? 'started' : 'did not start'}: ${log.slice(-400)}`];
  return log.includes(row.log) ? [] : [`daemon said something else: ${log.slice(-400)}`];
}

/** Where we do not say what the table wants. */
function ofFindings({ what, at, text }: Row, version: string): string[] {
  const kind = { family: 'daemon', format: 'json', scope: 'system' } as const;
  const { findings, faults } = analyze(text, kind, {}, { versions: { docker: version } });
  assert.deepEqual(faults, [], text);
  const words = findings.map(
    ({ code, level, effect, path }) => `${level} ${code} ${effect} ${path.join('/')}`,
  );
  const wrong = (why: string) => [`${why}; our findings: ${words.join(', ') || 'none'}`];
  const weighty = findings.filter(({ level }) => level === 'error' || level === 'warning');
  if (what === 'starts' || what === 'machine') {
    return weighty.some(({ level }) => level === 'error') ? wrong('an error too many') : [];
  }
  // Before 23.0 there was no --validate: what stops the daemon while it reads the file and what stops it afterwards look alike.
  const effects =
    what === 'ignored' ? ['ignored'] : ['fails-later', ...(!atLeast(version, '23.0') ? ['refused'] : [])];
  const there = (finding: Finding) => at.split('|').some((key) => touches(finding.path, key.split('/')));
  if (!weighty.some((one) => effects.includes(one.effect) && there(one))) return wrong(`nothing at ${at}`);
  const refused = weighty.some(({ effect }) => effect === 'refused' && !effects.includes('refused'));
  return refused ? wrong('refused, although --validate takes it') : [];
}

/** Whether one of two paths leads on from the other. */
function touches(path: readonly (string | number)[], key: readonly string[]): boolean {
  return key.every((step, i) => i >= path.length || String(path[i]) === step) && path.length > 0;
}

async function check(
  engine: string,
  version: string,
  start: (text: string) => Promise<Start>,
  more: (row: Row) => Promise<string[]> = async () => [],
): Promise<void> {
  const problems = await Promise.all(
    rows
      .filter((row) => row.engine === engine)
      .map(async (row) => {
        const found = [
          ...ofDaemon(row, await start(row.text)),
          ...ofFindings(row, version),
          ...(await more(row)),
        ];
        return found.length === 0 ? [] : [`${row.text} (${row.what})\n    ${found.join('\n    ')}`];
      }),
  );
  const wrong = problems.flat();
  assert.equal(wrong.length, 0, `${wrong.length} differ\n${wrong.join('\n')}`);
}

test('Docker 28: what stops or is passed over at the start is said, what works is not blamed', async (t) => {
  const docker = await sidDocker();
  if (docker === undefined) return;
  t.after(docker.close);
  await check('28', docker.version, startDockerd, async ({ text }) => {
    const { ok, message } = await docker.validate(text);
    return ok ? [] : [`dockerd --validate refuses it: ${message}`];
  });
});

test('Docker 20.10: the same', async () => {
  const version = await hostVersion();
  if (version === undefined) return;
  await check('20.10', version, startHostDockerd);
});
