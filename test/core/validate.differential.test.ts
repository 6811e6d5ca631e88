// The same verdict as a real `dockerd --validate` on thousands of small daemon.json files: what it refuses is an error
// of ours that says so, what it takes is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { soak } from '../support/docker.ts';
import { type SidDocker, sidDocker, type Verdict } from '../support/sidDocker.ts';
import { type DaemonCase, drawn, handMade } from './daemonCases.ts';

/** Where the engine refuses what no reading of the file alone can tell, by its message; each must still occur. */
const exceptions: readonly (readonly [reason: string, message: RegExp])[] = [
  [
    'the kernel: no real-time scheduling for control groups',
    /cpu-rt-runtime are not supported by the kernel/,
  ],
  ['the machine’s files: no such program', /invalid userland-proxy-path: exec: "/],
  [
    'the machine’s files: no such certificate',
    /(?:load|reading) X509 key pair \(cert: "[^"]+", key: "[^"]+"\)/,
  ],
  [
    'template marks: a file with {{ is passed over',
    /invalid character '\{' looking for beginning of object key/,
  ],
  ['the machine’s users', /(?:uid|gid|groupname) lookup for "[^"]+"|has no entry in \/etc\/passwd/],
  [
    'this test: it gives --validate and --config-file',
    /both as a flag and in the configuration file: (?:validate|config-file): /,
  ],
];

interface Judged extends DaemonCase {
  readonly verdict: Verdict;
  readonly refusals: readonly Finding[];
}

async function judge(docker: SidDocker, cases: readonly DaemonCase[]): Promise<Judged[]> {
  return Promise.all(
    cases.map(async (one) => {
      const verdict = await docker.validate(one.bytes ?? one.text);
      const kind = { family: 'daemon', format: 'json', scope: 'system' } as const;
      const settings = { versions: { docker: docker.version } };
      const { findings, faults } = analyze(one.text, kind, {}, settings);
      assert.deepEqual(faults, [], one.text);
      const refusals = findings.filter(({ level, effect }) => level === 'error' && effect === 'refused');
      return { ...one, verdict, refusals };
    }),
  );
}

function inWords({ text, verdict, refusals }: Judged): string {
  const engine = verdict.ok ? 'takes it' : verdict.message.replace(/^.*with file FILE: /, '').slice(0, 300);
  const ours = refusals.map(({ code, path }) => `${code} at ${path.join('/')}`).join(', ');
  return `${JSON.stringify(text)}\n  engine: ${engine}\n  we: ${ours === '' ? 'no refusal' : ours}`;
}

test('daemon.json: the same verdict as dockerd --validate, file by file', async (t) => {
  const docker = await sidDocker();
  if (docker === undefined) return;
  t.after(docker.close);
  const seed = soak ? Math.floor(Math.random() * 2 ** 31) : 1;
  const judged = await judge(docker, [...handMade(), ...drawn(seed, soak ? 30_000 : 600)]);
  const differing = judged.filter(({ verdict, refusals }) => verdict.ok === refusals.length > 0);
  const known = (one: Judged) =>
    one.verdict.ok ? undefined : exceptions.find(([, message]) => message.test(one.verdict.message));
  const unknown = differing.filter((one) => known(one) === undefined);
  const agreed = judged.length - differing.length;
  const excepted = differing.length - unknown.length;
  const by = `dockerd ${docker.version}, seed ${seed}`;
  console.log(`${judged.length} files (${by}): ${agreed} agreed, ${excepted} known exceptions`);
  const counts = Object.entries(Object.groupBy(unknown, ({ about }) => about)).map(
    ([about, list]) => `${about} ${list?.length ?? 0}`,
  );
  assert.equal(
    unknown.length,
    0,
    [`${unknown.length} differ: ${counts.join(', ')}`, ...unknown.slice(0, 60).map(inWords)].join('\n'),
  );
  for (const exception of exceptions) {
    assert.ok(
      differing.some((one) => known(one) === exception),
      `no longer occurs: ${exception[0]}`,
    );
  }
});
