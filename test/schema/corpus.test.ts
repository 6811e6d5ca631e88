// Real files that real engines accepted hold no unknown key and no wrong type: an error there would be our bug.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../server/src/core/finding.ts';
import { type Bound, bind } from '../../server/src/core/schema/bind.ts';
import { keyFate } from '../../server/src/core/schema/fate.ts';
import { typeMatches } from '../../server/src/core/schema/types.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import { corpusFiles, sharedText } from '../support/corpus.ts';

/** The rows of a family's verdicts by column name, with the bound places of the file. */
function verdicts(kind: FileKind): { row: Record<string, string>; file: string; all: readonly Bound[] }[] {
  const texts = new Map(corpusFiles(`corpus/${kind.family}`).map(({ name, text }) => [name, text]));
  const table = sharedText(`corpus/${kind.family}-verdicts.tsv`)?.trimEnd().split('\n') ?? [''];
  const [names = [], ...rows] = table.map((line) => line.split('\t'));
  return rows.map((cells) => {
    const row = Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']));
    const file = row['file'] ?? '';
    const all = bind(frontEnds[kind.format].parse(texts.get(file) ?? ''), kind).all;
    return { row, file, all };
  });
}

function wrongTypes(all: readonly Bound[], { family }: FileKind): string[] {
  return all
    .filter(({ node, definition }) => !typeMatches(node, definition, family))
    .map(({ path }) => path.join('.'));
}

function unknown(all: readonly Bound[]): string[] {
  return all.flatMap((bound) => bound.unknown.map((entry) => [...bound.path, entry.key.value].join('.')));
}

/** Top-level names of daemon.json that Docker 28.5 refuses. */
function refusedKeys(all: readonly Bound[]): string[] {
  const versions = { ...newest, docker: '28.5.2' };
  return all
    .filter(
      (place) =>
        place.path.length === 1 && !['taken', 'ignored'].includes(keyFate(place, 'daemon', versions)),
    )
    .map(({ path }) => String(path[0]))
    .sort();
}

/** Keys of storage.conf that Podman 4.3.1 (containers-storage 1.43) warns of. */
function undecoded(all: readonly Bound[]): string[] {
  const versions = { ...newest, containersStorage: '1.43.0' };
  return (
    all
      .filter((place) => ['unknown', 'not-yet', 'removed'].includes(keyFate(place, 'storage', versions)))
      // A map takes every name, so nothing in it is reported.
      .filter(({ path }) => !path.includes('pull_options') || path.at(-1) === 'pull_options')
      .map(({ path }) => path.join('.'))
      .sort()
  );
}

test('daemon.json files that dockerd accepts', () => {
  const kind: FileKind = { family: 'daemon', format: 'json', scope: 'unknown' };
  for (const { row, file, all } of verdicts(kind)) {
    const verdict = row['class'];
    if (verdict === 'ok' || verdict === 'env') {
      assert.deepEqual(wrongTypes(all, kind), [], file);
      assert.deepEqual(refusedKeys(all), [], file);
    }
    if (verdict === 'type') assert.notDeepEqual(wrongTypes(all, kind), [], `${file}: ${row.message}`);
    if (verdict === 'unknown-key') {
      // Of an object under an unknown name dockerd lists the members instead.
      const objects = all
        .filter(({ path, node }) => path.length === 1 && node.kind === 'map')
        .map(({ path }) => path[0]);
      const named = /option: (.*)/.exec(row['message'] ?? '')?.[1]?.split(', ');
      const found = refusedKeys(all);
      if (found.some((name) => objects.includes(name))) assert.notDeepEqual(found, [], file);
      else assert.deepEqual(found, named, file);
    }
  }
});

test('storage.conf files that containers-storage reads', () => {
  const kind: FileKind = { family: 'storage', format: 'toml', scope: 'unknown' };
  for (const { row, file, all } of verdicts(kind)) {
    const { 'containers-storage-1.64': newStore = '', 'podman-4.3.1': old = '' } = row;
    if (!newStore.startsWith('refused')) assert.deepEqual(wrongTypes(all, kind), [], file);
    if (old === 'ok') assert.deepEqual(undecoded(all), [], file);
    const listed = /Failed to decode the keys \[(.*?)\]/.exec(old)?.[1];
    if (listed !== undefined) {
      const names = [...listed.matchAll(/\\?"(.+?)\\?"/g)].map(([, name]) => name).sort();
      assert.deepEqual(undecoded(all), names, file);
    }
  }
});

test('Kubernetes manifests that kubectl takes', () => {
  const kind: FileKind = { family: 'k8s', format: 'yaml', scope: 'unknown' };
  for (const { row, file, all } of verdicts(kind)) {
    if (row['kubectl-typed'] === 'ok') assert.deepEqual(wrongTypes(all, kind), [], file);
    if (/PersistentVolume(Claim)? \[type\]/.test(row['openapi-message'] ?? '')) {
      assert.notDeepEqual(wrongTypes(all, kind), [], `${file}: ${row['openapi-message']}`);
    }
    if (row['openapi'] === 'ok') assert.deepEqual(unknown(all), [], file);
  }
});
