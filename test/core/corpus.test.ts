// Real public files beside the verdicts of real engines (dockerd 28.5.2, containers-storage 1.64, kubectl 1.36): what an
// engine took gets no error from us, what it refused for the text's sake does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Analysis, analyze } from '../../server/src/core/analyze.ts';
import type { FileKind, Settings } from '../../server/src/core/finding.ts';
import { familyOf, recognise } from '../../server/src/core/recognise.ts';
import type { Span } from '../../server/src/core/syntax/tree.ts';
import { corpusFiles, sharedText } from '../support/corpus.ts';
import { k8sOracle, oracleVersion } from '../support/k8sOracle.ts';
import { unknownKeys } from './storageKnown.ts';

interface Judged {
  readonly name: string;
  readonly text: string;
  readonly columns: readonly string[];
}

/** The files of a folder with their row of verdicts. */
function judged(family: string): Judged[] {
  const texts = new Map(corpusFiles(`corpus/${family}`).map(({ name, text }) => [name, text]));
  const rows = sharedText(`corpus/${family}-verdicts.tsv`)?.trim().split('\n').slice(1) ?? [];
  return rows.flatMap((row) => {
    const [name = '', ...columns] = row.split('\t');
    const text = texts.get(name);
    return text === undefined ? [] : [{ name, text, columns }];
  });
}

function errors(text: string, kind: FileKind, settings: Settings = {}): Analysis['findings'] {
  const { findings, faults } = analyze(text, kind, {}, settings);
  assert.deepEqual(faults, []);
  return findings.filter(({ level }) => level === 'error');
}

function kindOf(as: string): FileKind {
  const kind = familyOf(as);
  assert.ok(kind);
  return kind;
}

/** The keys that dockerd's message names: unknown directives, or the field that it could not fill. */
function keysIn(message: string): string[] {
  const listed = /match any configuration option: (.*)$/.exec(message)?.[1]?.split(', ') ?? [];
  const field = /Go struct field Config\.([\w-]+)/.exec(message)?.[1];
  return field === undefined ? listed : [field];
}

test('daemon.json: the same verdict as dockerd --validate, at the same place, but for what depends on its machine', () => {
  const files = judged('daemon');
  const counts = new Map<string, { files: number; agreed: number }>();
  for (const { name, text, columns } of files) {
    const [verdict, message = '', reason = ''] = columns;
    const refused = errors(text, kindOf('daemon.json'), { versions: { docker: '28.5' } }).filter(
      ({ effect }) => effect === 'refused',
    );
    const count = counts.get(reason) ?? { files: 0, agreed: 0 };
    counts.set(reason, {
      files: count.files + 1,
      agreed: count.agreed + Number((verdict === 'ok') === (refused.length === 0)),
    });
    if (verdict === 'ok') assert.deepEqual(refused, [], name);
    else if (!['env', 'template'].includes(reason)) {
      assert.notEqual(refused.length, 0, `${name}: ${message}`);
      for (const key of keysIn(message)) {
        const isKey = ({ start, end }: Span) => text.slice(start, end) === JSON.stringify(key);
        const here = ({ path, span, related }: (typeof refused)[number]) =>
          path[0] === key || isKey(span) || related.some((one) => isKey(one.span));
        assert.ok(refused.some(here), `${name}: nothing at ${key}, which ${message}`);
      }
    }
  }
  const table = [...counts].map(([reason, { files: all, agreed }]) => `${reason} ${agreed} of ${all}`);
  if (files.length > 0)
    console.log(`daemon.json of the corpus, agreeing with dockerd 28.5.2: ${table.join(', ')}`);
});

/** What no reading of the file alone can tell: folders, programs and file systems of the machine that judged. */
const ofMachine =
  /can't stat|command is not available|not on a btrfs|backingFS XFS|no such file|helper program/;

/** The keys that a loader says it did not decode. */
function undecoded(message: string): string[] {
  const list = /Failed to decode the keys \[(.*?)\] from/.exec(message)?.[1] ?? '';
  return [...new Set([...list.matchAll(/\\?"(.+?)\\?"/g)].map(([, name = '']) => name))].sort();
}

/** The files of each class, and in how many of them we say what a loader said; what it said is in one column. */
function compareStorage(
  storage: string,
  column: number,
  tellsKeys: boolean,
): Map<string, [agreed: number, all: number]> {
  const counts = new Map<string, [agreed: number, all: number]>();
  // They were judged as root's own file.
  const kind: FileKind = { ...kindOf('storage.conf'), scope: 'system' };
  for (const { name, text, columns } of judged('storage')) {
    const message = columns[column] ?? '';
    const refused = message.startsWith('refused');
    const keys = tellsKeys ? undecoded(message) : [];
    const verdict = refused
      ? ofMachine.test(message)
        ? 'machine'
        : 'refused'
      : keys.length > 0
        ? 'unknown keys'
        : 'ok';
    const analysis = analyze(text, kind, {}, { versions: { containersStorage: storage } });
    const found = analysis.findings.filter(({ level }) => level === 'error');
    const agreed =
      refused === found.length > 0 &&
      (refused || !tellsKeys || `${[...unknownKeys(analysis)].sort()}` === `${keys}`);
    const [before, all] = counts.get(verdict) ?? [0, 0];
    counts.set(verdict, [before + Number(agreed), all + 1]);
    const said = `${name}: ${message} | ${found.map(({ code }) => code)} | ${[...unknownKeys(analysis)]}`;
    if (verdict !== 'machine') assert.ok(agreed, said);
  }
  return counts;
}

test('storage.conf: the same verdict as Podman 5.8.6, and as 4.3.1 with the same keys, but for what depends on their machine', () => {
  for (const [podman, storage, column, tellsKeys] of [
    ['5.8.6', '1.64', 4, false],
    ['4.3.1', '1.43', 5, true],
  ] as const) {
    const counts = [...compareStorage(storage, column, tellsKeys)];
    const table = counts.map(([verdict, [agreed, all]]) => `${verdict} ${agreed} of ${all}`);
    if (counts.length > 0)
      console.log(`storage.conf of the corpus, agreeing with Podman ${podman}: ${table.join(', ')}`);
  }
});

/** Files that hold the same key twice: tools that read them without strict validation take the last one. */
const twice = ['149-rancher-local-path-provisioner-local-path-storage.yaml'];

/** Wrong on purpose, in what only a rule of the CRD refuses: the verdicts' schemas do not hold it. */
const wrong = ['067-kubernetes-csi-external-snapshotter-invalid-snapshot-v1.yaml'];

test('Kubernetes: no error for what kubectl and the schemas took', () => {
  for (const { name, text, columns } of judged('k8s')) {
    const [parsed, , schema, , , typed] = columns;
    const kind = recognise(`/manifests/${name}`, text);
    if (kind === undefined || [...twice, ...wrong].includes(name)) continue;
    const taken = parsed === 'ok' && typed !== 'refused' && (schema === 'ok' || schema === 'no-schema');
    // The verdicts' schemas hold versions that no cluster of today serves.
    const refused = errors(text, kind).filter(
      ({ effect, code }) => effect === 'refused' && code !== 'api-version-removed',
    );
    if (taken) assert.deepEqual(refused, [], name);
  }
});

/** Files in which we see an error and the API server of today sees no kind that it serves. */
const older: Readonly<Record<string, string>> = {
  '079-kubernetes-sigs-aws-ebs-csi-driver-volume-snapshot-content.yaml':
    'snapshots of v1beta1, which no snapshotter since 6.0 serves',
  '099-kubernetes-sigs-azuredisk-csi-driver-volumeattributesclass.yaml':
    'a VolumeAttributesClass of v1beta1, gone in 1.37',
};

/** Files that the API server refuses for what has nothing to do with storage. */
const elsewhere: Readonly<Record<string, string>> = {
  '046-kubernetes-csi-csi-driver-smb-csi-azurefile-node.yaml': 'a variable without the field it comes from',
};

test('Kubernetes: no error in a file that the API server of today takes, one in each that it refuses for its storage', async (t) => {
  const oracle = k8sOracle();
  if (oracle === undefined) return;
  t.after(oracle.close);
  const exceptions: string[] = [];
  let refusals = 0;
  const files = corpusFiles('corpus/k8s');
  for (const { name, text } of files) {
    const kind = recognise(`/manifests/${name}`, text);
    if (kind === undefined) continue;
    const verdicts = await oracle.judge(text);
    const isTaken = verdicts.every(({ stage }) => stage === 'ok' || stage === 'unserved');
    const found = errors(text, kind, { versions: { kubernetes: oracleVersion } });
    if (isTaken === (found.length === 0)) refusals += Number(!isTaken);
    else if (name in (isTaken ? older : elsewhere)) exceptions.push(name);
    else assert.fail(`${name}: ${JSON.stringify(isTaken ? found : verdicts)}`);
  }
  if (files.length === 0) return;
  assert.deepEqual(exceptions.sort(), Object.keys({ ...older, ...elsewhere }).sort());
  console.log(
    `${files.length} Kubernetes files of the corpus, ${refusals} refused by both, ${exceptions.length} exceptions`,
  );
});

test('files of other programs are not ours, whatever their name; templates are passed over', () => {
  for (const { name, text } of corpusFiles('corpus/not-ours')) {
    const kind = recognise(`/srv/${name.replace(/^\d+-.*?-?((daemon|storage)\.(json|conf))$/, '$1')}`, text);
    assert.equal(kind, undefined, name);
  }
  for (const { name, text } of corpusFiles('corpus/not-plain')) {
    const kind = recognise(`/chart/${name}`, text);
    if (kind !== undefined) assert.deepEqual(errors(text, kind), [], name);
  }
});
