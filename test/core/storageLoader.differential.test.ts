// The same verdict as the real loaders of storage.conf on hundreds of small files: what they refuse is an error of ours, a key
// that they do not decode is one that we say they do not know, and of the rest we say neither.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { soak } from '../support/docker.ts';
import {
  type LoaderVerdict,
  newPodman,
  oldPodman,
  type StorageLoader,
  skopeo,
} from '../support/storageLoaders.ts';
import { drawn, everyType, handMade, type StorageCase } from './storageCases.ts';
import { unknownKeys } from './storageKnown.ts';

type Exceptions = readonly (readonly [reason: string, is: RegExp | ((one: Judged) => boolean)])[];

/** Where the loader refuses what no reading of the file alone can tell, by its message; each must still occur. */
const exceptions: Exceptions = [
  ['the machine’s file system: btrfs wants its own', /is not on a btrfs filesystem/],
  ['the machine’s programs: zfs wants its own', /the 'zfs' command is not available/],
  ['the machine’s file system: sizes want XFS', /only supported for backingFS XFS/],
  ['the machine’s programs: none of that name', /overlay: can't stat program/],
  ['the machine’s files: no such store', /overlay: can't stat (?:imageStore|additionallayerstore) dir/],
  ['the kernel’s overlay: mount options become part of a file’s name', /metacopy-being-used status/],
  ['the machine’s choice: which driver runs where the file names none; we warn', isUnsure],
];

function isUnsure({ text, findings }: Judged): boolean {
  const warned = findings.some(
    ({ level, effect }) => level === 'warning' && ['refused', 'fails-later'].includes(effect),
  );
  return !/^ *driver *=|storage\.driver *=/im.test(text) && warned;
}

const oldExceptions: Exceptions = [
  ...exceptions,
  ['the kernel: aufs was never in it', /kernel does not support aufs/],
  ['the kernel: it mounts overlay itself; we warn', /'force_mask' is supported only with 'mount_program'/],
  ['Debian’s build: devicemapper is left out', /Error: driver not supported$/],
  ['the machine’s users', /no subuid ranges found for user/],
];

const newExceptions: Exceptions = [
  ...exceptions,
  ['the machine’s programs: composefs wants its own', /composefs helper program not found/],
];

interface Judged extends StorageCase {
  readonly verdict: LoaderVerdict;
  readonly findings: readonly Finding[];
  readonly errors: readonly Finding[];
  /** The keys that we say are not known. */
  readonly unknown: ReadonlySet<string>;
}

function judgeOne(one: StorageCase, verdict: LoaderVerdict, { storage }: StorageLoader): Judged {
  const kind = { family: 'storage', format: 'toml', scope: 'system' } as const;
  const analysis = analyze(one.text, kind, {}, { versions: { containersStorage: storage } });
  assert.deepEqual(analysis.faults, [], one.text);
  const errors = analysis.findings.filter(({ level }) => level === 'error');
  return { ...one, verdict, findings: analysis.findings, errors, unknown: unknownKeys(analysis) };
}

/** Of a refused file no loader says what else is in it. */
function differs({ verdict, errors, unknown }: Judged): boolean {
  if (verdict.refused || errors.length > 0) return verdict.refused !== errors.length > 0;
  if (verdict.undecoded === undefined) return false;
  return `${[...unknown].sort()}` !== `${[...new Set(verdict.undecoded)].sort()}`;
}

function inWords({ about, text, verdict, errors, unknown }: Judged): string {
  const theirs = verdict.undecoded === undefined ? '' : `, not decoded: ${verdict.undecoded.join(' ')}`;
  const engine = verdict.refused ? verdict.message.slice(-300) : `takes it${theirs}`;
  const ours = errors.map(({ code, path }) => `${code} at ${path.join('/')}`).join(', ');
  return `${about}: ${JSON.stringify(text)}\n  engine: ${engine}\n  we: ${ours || `no error, not known: ${[...unknown].join(' ')}`}`;
}

/** Compares; fails with the files that differ without a reason, and where a reason no longer occurs. */
async function compare(
  loader: StorageLoader,
  cases: readonly StorageCase[],
  reasons: Exceptions,
): Promise<void> {
  const judged: Judged[] = [];
  for (let start = 0; start < cases.length; start += 500) {
    const some = cases.slice(start, start + 500);
    const verdicts = await loader.judge(some.map(({ text }) => text));
    judged.push(
      ...verdicts.flatMap((verdict, index) =>
        some.slice(index, index + 1).map((one) => judgeOne(one, verdict, loader)),
      ),
    );
  }
  const differing = judged.filter(differs);
  const known = (one: Judged) =>
    reasons.find(
      ([, is]) => one.verdict.refused && (is instanceof RegExp ? is.test(one.verdict.message) : is(one)),
    );
  const unexplained = differing.filter((one) => known(one) === undefined);
  const refused = judged.filter(({ verdict }) => verdict.refused).length;
  const undecoded = judged.filter(
    ({ verdict }) => !verdict.refused && (verdict.undecoded?.length ?? 0) > 0,
  ).length;
  console.log(
    `${judged.length} files (${loader.name}, containers/storage ${loader.storage}): ${refused} refused, ${undecoded} with keys not decoded; ${judged.length - differing.length} agreed, ${differing.length - unexplained.length} known exceptions`,
  );
  const counts = Object.entries(Object.groupBy(unexplained, ({ about }) => about)).map(
    ([about, list]) => `${about} ${list?.length ?? 0}`,
  );
  assert.equal(
    unexplained.length,
    0,
    [
      `${unexplained.length} differ: ${counts.join(', ')}`,
      ...unexplained.slice(0, Number(process.env['SHOW'] ?? 60)).map(inWords),
    ].join('\n'),
  );
  for (const reason of reasons)
    assert.ok(
      differing.some((one) => known(one) === reason),
      `no longer occurs: ${reason[0]}`,
    );
}

const seed = soak ? Math.floor(Math.random() * 2 ** 31) : 1;
/** In CI of every six keys with a type one. */
const cases = [
  ...handMade(),
  ...everyType().filter((_, index) => soak || index % 6 === 0),
  ...drawn(seed, soak ? 5_000 : 120),
];

for (const [find, reasons] of [
  [oldPodman, oldExceptions],
  [skopeo, newExceptions],
  [newPodman, newExceptions],
] as const) {
  test(`storage.conf: the same verdict as ${find.name}, file by file`, async () => {
    const loader = find();
    if (loader === undefined) return;
    console.log(`seed ${seed}`);
    await compare(loader, cases, reasons);
  });
}
