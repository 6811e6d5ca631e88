// The same verdict as a real `dockerd --validate` on thousands of small daemon.json files: what it refuses is an error
// of ours that says so, what it takes is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { soak } from '../support/docker.ts';
import { oldDocker } from '../support/oldDocker.ts';
import { sidDocker, type Verdict } from '../support/sidDocker.ts';
import { type DaemonCase, drawn, handMade } from './daemonCases.ts';

type Exceptions = readonly (readonly [reason: string, message: RegExp])[];

/** Where the engine refuses what no reading of the file alone can tell, by its message; each must still occur. */
const exceptions: Exceptions = [
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
  [
    'the machine’s users',
    /no subuid ranges found|(?:uid|gid|groupname) lookup for "[^"]+"|has no entry in \/etc\/passwd/,
  ],
  [
    'this test: it gives --validate and --config-file',
    /both as a flag and in the configuration file: (?:validate|config-file): /,
  ],
];

const oldExceptions: Exceptions = [
  ['this test: it gives --config-file', /both as a flag and in the configuration file: config-file: /],
  [
    'template marks: a file with {{ is passed over',
    /invalid character '\{' looking for beginning of object key/,
  ],
  [
    'an encoding that editors decode and never show: UTF-16',
    /invalid character '[ÿþ]' looking for beginning of value/,
  ],
];

/** Whatever says what an engine makes of a file. */
interface Judge {
  readonly version: string;
  validate(content: string | Uint8Array): Promise<Verdict>;
}

interface Judged extends DaemonCase {
  readonly verdict: Verdict;
  readonly refusals: readonly Finding[];
}

/** Three at a time: more would only wait for each other. */
async function judge(docker: Judge, cases: readonly DaemonCase[]): Promise<Judged[]> {
  const queue = cases.entries();
  const judged: Judged[] = [];
  const work = async () => {
    for (const [index, one] of queue) judged[index] = await judgeOne(docker, one);
  };
  await Promise.all([work(), work(), work()]);
  return judged;
}

async function judgeOne(docker: Judge, one: DaemonCase): Promise<Judged> {
  const verdict = await docker.validate(one.bytes ?? one.text);
  const kind = { family: 'daemon', format: 'json', scope: 'system' } as const;
  const settings = { versions: { docker: docker.version } };
  const { findings, faults } = analyze(one.text, kind, {}, settings);
  assert.deepEqual(faults, [], one.text);
  const refusals = findings.filter(({ level, effect }) => level === 'error' && effect === 'refused');
  return { ...one, verdict, refusals };
}

function inWords({ text, verdict, refusals }: Judged): string {
  const engine = verdict.ok ? 'takes it' : verdict.message.replace(/^.*with file FILE: /, '').slice(0, 300);
  const ours = refusals.map(({ code, path }) => `${code} at ${path.join('/')}`).join(', ');
  return `${JSON.stringify(text)}\n  engine: ${engine}\n  we: ${ours === '' ? 'no refusal' : ours}`;
}

/** Compares; fails with the files that differ without a reason, and, of `all` files, where a reason no longer occurs. */
async function compare(
  docker: Judge,
  cases: readonly DaemonCase[],
  reasons: Exceptions,
  all = true,
): Promise<void> {
  const judged = await judge(docker, cases);
  const differing = judged.filter(({ verdict, refusals }) => verdict.ok === refusals.length > 0);
  const known = (one: Judged) =>
    one.verdict.ok ? undefined : reasons.find(([, message]) => message.test(one.verdict.message));
  const unknown = differing.filter((one) => known(one) === undefined);
  const agreed = judged.length - differing.length;
  const excepted = differing.length - unknown.length;
  console.log(
    `${judged.length} files (dockerd ${docker.version}): ${agreed} agreed, ${excepted} known exceptions`,
  );
  const counts = Object.entries(Object.groupBy(unknown, ({ about }) => about)).map(
    ([about, list]) => `${about} ${list?.length ?? 0}`,
  );
  assert.equal(
    unknown.length,
    0,
    [`${unknown.length} differ: ${counts.join(', ')}`, ...unknown.slice(0, 60).map(inWords)].join('\n'),
  );
  for (const exception of all ? reasons : []) {
    assert.ok(
      differing.some((one) => known(one) === exception),
      `no longer occurs: ${exception[0]}`,
    );
  }
}

test('daemon.json: the same verdict as dockerd --validate, file by file', async (t) => {
  const docker = await sidDocker();
  if (docker === undefined) return;
  t.after(docker.close);
  const seed = soak ? Math.floor(Math.random() * 2 ** 31) : 1;
  console.log(`seed ${seed}`);
  await compare(docker, [...handMade(), ...drawn(seed, soak ? 30_000 : 600)], exceptions);
});

test('daemon.json: the same verdict as Docker 20.10 gives when it reads its file', async (t) => {
  const docker = await oldDocker();
  if (docker === undefined) return;
  t.after(docker.close);
  const cases = [...handMade(), ...drawn(1, soak ? 3_000 : 300)];
  // A start takes longer than --validate: of every three files one.
  await compare(docker, soak ? cases : cases.filter((_, index) => index % 3 === 0), oldExceptions, soak);
});
