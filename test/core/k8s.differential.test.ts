// The same judgement of thousands of manifests as the API server's own code gives, place by place: what it refuses is an
// error of ours that says so, what it takes is none.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { validationFacts } from '../../server/tools/coveragePage.ts';
import { soak } from '../support/docker.ts';
import { k8sOracle, oracleVersion } from '../support/k8sOracle.ts';
import { drawn, handMade, k8sKind, type ManifestCase, manifest, right } from './k8sCases.ts';
import { type Comparison, compare, type Difference } from './kubernetes/compare.ts';

/** What we do not judge as the API server does yet: `side place what`, one a line; `UPDATE=1` writes it. It only gets shorter. */
const notYetFile = new URL('kubernetes/not-yet.tsv', import.meta.url);

interface Judged extends Comparison {
  readonly one: ManifestCase;
  readonly stage: string;
  /** The refusals and warnings as the facts name them: `place Type message`. */
  readonly said: readonly string[];
}

const settings = { versions: { kubernetes: oracleVersion } };

async function judged(
  cases: readonly ManifestCase[],
  judge: (text: string) => Promise<readonly unknown[]>,
): Promise<Judged[]> {
  const results: Judged[] = [];
  for (let start = 0; start < cases.length; start += 200) {
    const part = cases.slice(start, start + 200);
    const verdicts = await Promise.all(part.map(({ text }) => judge(text)));
    for (const [index, one] of part.entries()) {
      const [verdict] = verdicts[index] as Awaited<
        ReturnType<NonNullable<ReturnType<typeof k8sOracle>>['judge']>
      >;
      assert.ok(verdict !== undefined && !['unserved', 'syntax', 'panic'].includes(verdict.stage), one.text);
      const analysis = analyze(one.text, k8sKind, {}, settings);
      assert.deepEqual(analysis.faults, [], one.text);
      const said = (verdict.errors ?? []).map(
        ({ field, type = '', message }) =>
          `${field.replace(/\[\d+\]/g, '[]')} ${type.replace('FieldValue', '')} ${message}`,
      );
      results.push({
        ...compare(one.object, verdict, analysis),
        one,
        stage: verdict.stage,
        said: [...said, ...(verdict.warnings ?? [])],
      });
    }
  }
  return results;
}

/** The line of `not-yet.tsv` that a difference belongs to. */
function lineOf({ side, path, said, cause }: Difference): string {
  const place = path.map((step) => (typeof step === 'number' || step === '*' ? '[]' : step)).join('.');
  const shared = place.replace(/^.*?((?:volumes|[cC]ontainers)\.\[\]|volumeClaimTemplates?\.)/, '…$1');
  const printable = shared.replace(/[^…\u0020-\u007e]|a{20,}/g, '?');
  return `${side}\t${printable}\t${cause === undefined ? said : (cause.type ?? '')}`;
}

function inWords(one: Judged): string[] {
  return one.differences.map(
    (difference) =>
      `${lineOf(difference)}: ${difference.said.slice(0, 200)}\n  ${one.one.text.slice(0, 600)}`,
  );
}

test('Kubernetes: the same refusals as the API server, place by place', async (t) => {
  const oracle = k8sOracle();
  if (oracle === undefined) return;
  t.after(oracle.close);
  const seed = soak ? Math.floor(Math.random() * 2 ** 31) : 1;
  const all = process.env['UPDATE'] === '1' || soak;
  // Of the drawn ones every third, but for a soak.
  const cases = [
    ...handMade(),
    ...drawn(seed, soak ? 20_000 : 500, soak ? 20_000 : 1000).filter((_, index) => all || index % 3 === 0),
  ];
  const results = await judged(cases, oracle.judge);
  const lines = new Set(results.flatMap(({ differences }) => differences.map(lineOf)));
  if (process.env['UPDATE'] === '1')
    writeFileSync(
      notYetFile,
      [...lines]
        .sort()
        .map((line) => `${line}\n`)
        .join(''),
    );
  const notYet = new Set(readFileSync(notYetFile, 'utf8').split('\n'));
  const agreed = results.reduce((sum, one) => sum + one.agreed, 0);
  const whole = results.filter(({ differences }) => differences.length === 0).length;
  const refused = results.filter(({ stage }) => stage !== 'ok').length;
  console.log(
    `${results.length} manifests (Kubernetes ${oracleVersion}, seed ${seed}), ${refused} refused: ${whole} judged alike in full, ${agreed} refusals at the same place, ${lines.size} kinds of difference left`,
  );
  const unknown = results.filter(({ differences }) => differences.some((one) => !notYet.has(lineOf(one))));
  assert.equal(
    unknown.length,
    0,
    [`${unknown.length} differ`, ...unknown.slice(0, 40).flatMap(inWords)].join('\n'),
  );

  const said = results.flatMap((one) => one.said);
  const unmet = validationFacts.filter(({ at, warning }) => {
    const pattern = at ?? warning;
    return pattern !== undefined && !said.some((line) => new RegExp(pattern).test(line));
  });
  assert.deepEqual(
    unmet.map(({ number, at, warning }) => `${number} ${at ?? warning}`),
    [],
    'no manifest meets these facts',
  );
  for (const reason of ['a mount of a volume that is refused itself'])
    assert.ok(
      results.some(({ excepted }) => excepted.includes(reason)),
      `no longer occurs: ${reason}`,
    );
});

test('Kubernetes: the same findings in block, flow, JSON and with anchors', () => {
  const bases = right().map((object) => manifest('right', object));
  const cases = [...bases, ...handMade().filter((_, index) => index % (soak ? 1 : 5) === 0)];
  for (const { what, object } of cases) {
    const [json, ...others] = [0, 1, 2, 3].map((writing) => manifest(what, object, writing).text);
    const expected = found(json ?? '', 'json');
    for (const text of others) assert.deepEqual(found(text, 'yaml'), expected, text);
  }
});

/** Rule, place and words of every finding, without what depends on the writing. */
function found(text: string, format: 'json' | 'yaml'): string[] {
  const { findings } = analyze(text, { ...k8sKind, format }, {}, settings);
  return findings
    .map(
      ({ code, path, message }) => `${path.join('/')} ${code} ${message.id} ${JSON.stringify(message.args)}`,
    )
    .sort();
}
