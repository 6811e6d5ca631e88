// The schema of daemon.json against a sheet of facts that were read from dockerd's sources and tried on engines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { definitionAt, members, schemas } from '../../server/src/core/schema/load.ts';
import { compareVersions } from '../../server/src/core/schema/versions.ts';
import { sharedText } from '../support/corpus.ts';

type Row = Readonly<Record<string, string>>;

const [head = '', ...lines] = (sharedText('facts/daemon-json-keys.tsv') ?? '').trimEnd().split('\n');
const columns = head.split('\t');
/** One for each key; what the sheet says of single values has tests of its own. */
const rows: readonly Row[] = lines
  .map((line) =>
    Object.fromEntries(line.split('\t').map((cell, index) => [columns[index] ?? '', cell.trim()])),
  )
  .filter((row) => !row['key']?.includes('='));

const noField =
  'no engine takes it from the file, so it is as unknown as a misspelt one (RUN 20.10.24, 28.5.2)';

/** Where the schema says something else on purpose: `key column`, and why. */
const differs: Readonly<Record<string, string>> = {
  'containerd-plugin-namespace absent': noField,
  'default-init absent': noField,
  'resolv-conf absent': noField,
  'swarm-raft-heartbeat-tick absent': noField,
  'swarm-raft-election-tick absent': noField,
  'api-enable-cors x-deprecated':
    'the key is as old as the file, 1.10, and was deprecated from the first day',
  'disable-legacy-registry x-deprecated': 'deprecated and refused in one version: being removed is enough',
};

/** The names that a row speaks of: most one, some several. */
function names(row: Row): string[] {
  return (row['key'] ?? '').replace(/ \(top level\)$/, '').split(' / ');
}

function definitionOf(name: string): Definition | undefined {
  const path = name.replaceAll('[]', '/[]').replaceAll('<name>', '*').replaceAll('.', '/');
  return definitionAt(`daemon#/${path}`);
}

/** The first version in a cell, or undefined where it names none. */
function version(cell = ''): string | undefined {
  return cell.match(/\d+\.\d+(\.\d+)?/)?.[0];
}

/** What is true of any key, whatever it is called: another JSON type is refused. */
const anyKey = /^(wrong JSON type = refusal|$|-$)/;
/** Keys whose ways to fail lie in their options and values, which have sheets of their own. */
const byOptions = ['log-driver', 'log-opts', 'storage-driver', 'storage-opts'];

/** What the sheet says of a name, in the words of the schema; a word that it says nothing of is left out. */
function facts(name: string, row: Row, onlyName: boolean): Record<string, unknown> {
  const gone = row['removed_in'] ?? '';
  const goneAs = /ignored|ACCEPTED/.test(gone) ? 'x-ignored' : 'x-removed';
  const flag = name === row['key'] ? row['dockerd_flag']?.match(/^(?:-\w[/ ])?(--[\w-]+)/)?.[1] : undefined;
  const reload = row['reload_SIGHUP'] ?? '-';
  return {
    ...((flag !== undefined || row['dockerd_flag']?.startsWith('none')) && { 'x-flag': flag }),
    'x-platform': row['platform']?.match(/^(linux|windows)\b/)?.[0],
    ...(!onlyName && reload !== '-' && { 'x-reload': /^(was )?yes/.test(reload) ? 'reload' : 'restart' }),
    ...(version(row['since_engine']) && { 'x-since': version(row['since_engine']) }),
    ...(version(row['deprecated_in']) && { 'x-deprecated': version(row['deprecated_in']) }),
    ...(version(gone) && { [goneAs]: version(gone) }),
    ...(row['json_type']?.match(/^(boolean|string|integer|array|object)/) &&
      !onlyName && { type: row['json_type'].match(/^\w+/)?.[0] }),
  };
}

function same(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'string' && typeof theirs === 'string' && /^\d/.test(theirs))
    return compareVersions(ours, theirs) === 0;
  return [ours].flat().includes(theirs);
}

test('every key of the sheet is there, and says the same', () => {
  const found = rows.flatMap((row) =>
    names(row).flatMap((name) => {
      const definition = definitionOf(name);
      if (definition === undefined) return [`${name} absent`];
      const said: Readonly<Record<string, unknown>> = { ...definition };
      return Object.entries(facts(name, row, definition['x-ignored'] === '0'))
        .filter(([word, theirs]) => !same(said[word], theirs))
        .map(([word]) => `${name} ${word}`);
    }),
  );
  assert.deepEqual(found.sort(), rows.length === 0 ? [] : Object.keys(differs).sort());
});

test('a key of which the sheet knows how it fails says so', () => {
  const mute = rows
    .filter((row) => !anyKey.test(row['refusal_rule'] ?? ''))
    .flatMap(names)
    .filter((name) => !byOptions.includes(name))
    .filter((name) => {
      const { 'x-ignored': ignored, 'x-refusal': said } = definitionOf(name) ?? { 'x-ignored': '0' };
      return ignored !== '0' && said === undefined;
    });
  assert.deepEqual(mute, []);
});

test('every key that counts has a type, a place to read on, and says when a change takes effect', () => {
  const root = schemas.daemon.roots[''];
  for (const [name, definition] of members(root)) {
    assert.match(definition['x-docs'] ?? '', /^https:\/\/docs\.docker\.com\//, name);
    if (definition['x-ignored'] === '0') continue;
    assert.ok(definition.type !== undefined, `${name}: type`);
    assert.ok(definition['x-reload'] !== undefined, `${name}: x-reload`);
    assert.ok(definition['x-source'] !== undefined || definition['x-removed'] !== undefined, name);
  }
});
