// The schema of storage.conf against a sheet of facts that were read from the sources of containers/storage and tried on
// engines, row by row.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition, EnumValue } from '../../server/src/core/schema/definition.ts';
import { definitionAt } from '../../server/src/core/schema/load.ts';
import { compareVersions } from '../../server/src/core/schema/versions.ts';
import { sharedText } from '../support/corpus.ts';

type Row = Readonly<Record<string, string>>;

const [head = '', ...lines] = (sharedText('facts/storage-conf-keys.tsv') ?? '').trimEnd().split('\n');
const columns = head.split('\t');
const rows: readonly Row[] = lines.map((line) =>
  Object.fromEntries(line.split('\t').map((cell, index) => [columns[index] ?? '', cell.trim()])),
);

/** Where the schema says something else on purpose: `table key word`, and why. */
const differs: Readonly<Record<string, string>> = {
  'storage.options additionalimagestores default': 'an empty list: nothing to tell a reader',
  'storage.options additionallayerstores default': 'an empty list: nothing to tell a reader',
  'storage.options force_mask default': 'that no mask is set is not a mask of 0',
  'storage.options.vfs sync default': 'the driver refuses every value, `none` too',
};

/** What is no key of the file: names by which drivers know options, and keys in tables where they do not belong. */
const noKey = /^\(top level\)|\(option string only\)$|, auto-userns/;

/** What the schema has for a row: a key, or one of a key's values. */
function definitionOf({
  table = '',
  key = '',
  toml_type_expected: type = '',
}: Row): Definition | EnumValue | undefined {
  const definition = definitionAt(`storage#/${table.replaceAll('.', '/')}/${key}`);
  const value = /^\(value (\w+)\)$/.exec(type)?.[1];
  return value === undefined ? definition : definition?.['x-values']?.find((one) => one.value === value);
}

/** The first version in a cell, or undefined where it names none. */
function version(cell = ''): string | undefined {
  return cell.match(/\d+\.\d+(\.\d+)?/)?.[0];
}

const types: Readonly<Record<string, string>> = { table: 'object' };

/** What the sheet says of a row, in the words of the schema; a word that it says nothing of is left out. */
function facts(row: Row): Record<string, unknown> {
  const type = row['toml_type_expected']?.match(/^[a-z]+/)?.[0];
  // Main is what became 1.63; the first release is as old as the file itself.
  const since = row['since_storage(podman)']?.replace(/^main.*/, '1.63').replace(/^1\.1\b(?!\.).*/, '');
  const gone = row['deprecated_or_removed'] ?? '';
  const removed = /removed in/.test(gone) ? version(gone.replace(/^.*?removed in /, '')) : undefined;
  const fixed = row['default_rootful']?.match(
    /^(?:true|false|\d+|none|containers|\/[\w/]+|\[.*\])(?= |$)/,
  )?.[0];
  return {
    ...(type !== undefined && { type: types[type] ?? type }),
    ...(version(since) && { 'x-since': version(since) }),
    ...(removed !== undefined && { 'x-removed': removed }),
    ...(/^deprecated/.test(gone) && { 'x-deprecated': '1.63' }),
    ...(/never read/.test(gone) && { 'x-ignored': version(row['since_storage(podman)']) }),
    ...(fixed !== undefined && { default: fixed }),
    ...(row['looks_bool_or_int_but_is_string'] === 'yes' &&
      removed === undefined &&
      !/never/.test(gone) && { switch: true }),
    ...(row['toml_type_expected']?.includes('uint32') && { maximum: 2 ** 32 - 1 }),
  };
}

/** The schema's words, and whether a string holds a boolean. */
function said(definition: Definition | EnumValue): Readonly<Record<string, unknown>> {
  const isSwitch =
    ('format' in definition && definition.format === 'go-bool') ||
    ('x-values' in definition && definition['x-values']?.some(({ value }) => value === 'true'));
  // A table whose options nobody reads is gone, whatever becomes of its name.
  const gone = parentOf(definition)?.['x-ignored'] ?? definition['x-removed'];
  return { ...definition, ...(isSwitch && { switch: true }), 'x-removed': gone ?? definition['x-removed'] };
}

function parentOf(definition: Definition | EnumValue): Definition | undefined {
  return 'pointer' in definition ? definitionAt(definition.pointer.replace(/\/[^/]*$/, '')) : undefined;
}

function same(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'string' && typeof theirs === 'string' && /^\d+\.\d/.test(theirs))
    return compareVersions(ours, theirs) === 0;
  if (Array.isArray(ours) && typeof theirs === 'string') return `[${ours.join(', ')}]` === theirs;
  return String(ours) === String(theirs);
}

test('every row of the sheet is there, and says the same', () => {
  const found = rows
    .filter(({ table = '', key = '' }) => !noKey.test(table) && !noKey.test(key))
    .flatMap((row) => {
      const name = `${row['table']} ${row['key']}`;
      const definition = definitionOf(row);
      if (definition === undefined) return [`${name} absent`];
      const ours = said(definition);
      return Object.entries(facts(row))
        .filter(([word, theirs]) => !same(ours[word], theirs))
        .map(([word]) => `${name} ${word}`);
    });
  assert.deepEqual(found.sort(), rows.length === 0 ? [] : Object.keys(differs).sort());
});
