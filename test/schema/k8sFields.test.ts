// The schema of Kubernetes' storage kinds against a sheet of facts that were read from the API's types, defaults and validation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { apiVersionOf, kindDefinition } from '../../server/src/core/schema/kinds.ts';
import { definitionAt, inherited } from '../../server/src/core/schema/load.ts';
import { sharedText } from '../support/corpus.ts';
import { differs } from './k8sDiffers.ts';

type Row = Readonly<Record<string, string>>;

function sheet(name: string): readonly Row[] {
  const [head = '', ...lines] = (sharedText(name) ?? '').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) =>
    Object.fromEntries(line.split('\t').map((cell, index) => [columns[index] ?? '', cell.trim()])),
  );
}

const rows = sheet('facts/k8s-fields.tsv');
const kinds = sheet('facts/k8s-kinds.tsv');

/** The pointers that a row speaks of: `{a,b}` are several; a list's own row ends with `[]`. */
function pointers({ kind = '', path = '' }: Row): string[] {
  const pod = kind.startsWith('PodSpec');
  const root = `k8s#${pod ? 'Pod' : kind}`;
  const plain = path
    .replace('{podSpec}', 'spec')
    .replace(/\[\]$/, '')
    .replace(/\.?([\w{},]+)\['([^']+)'\]/g, (_, name: string, key: string) => `.${name}.<${key}>`);
  const steps = plain.split(/\.(?![^<]*>)/).map((step) => step.replace(/^<|>$/g, ''));
  return steps
    .filter((step) => step !== '')
    .reduce<string[]>(
      (all, step) => all.flatMap((one) => names(step).map((name) => `${one}/${name}`)),
      [root],
    );
}

function names(step: string): string[] {
  const [, choice, list = ''] = step.match(/^\{(.*)\}(\[\])?$/) ?? [];
  return (choice?.split(',') ?? [step.replace(/\[\]$/, '')]).map((name) =>
    list !== '' || step.endsWith('[]') ? `${name}/[]` : name,
  );
}

const types: Readonly<Record<string, readonly string[]>> = {
  map: ['object'],
  quantity: ['string', 'number'],
  time: ['string'],
  'int-or-string': ['integer', 'string'],
};

/** What the sheet says, in the words of the schema; a word that it says nothing of is left out. */
function facts(row: Row): Record<string, unknown> {
  const type = row['type']?.match(/^[\w-]+/)?.[0] ?? '';
  const range = row['notes']?.match(/(?:^|each )(\d+)\.\.(\d+)$/);
  const least = row['notes']?.match(/^>= (\d+)/)?.[1];
  const octal = (text = '') => Number.parseInt(text, text.startsWith('0') ? 8 : 10);
  return {
    type: types[type] ?? [type],
    ...(row['enum'] !== '' && { values: listed(row['enum'] ?? '') }),
    ...(isPlain(row['default'] ?? '') && { default: plainDefault(row['default'] ?? '') }),
    ...(/^(yes|no)$/.test(row['required'] ?? '') && { required: row['required'] === 'yes' }),
    ...(/^(yes|no)$/.test(row['immutable_after_create'] ?? '') && {
      immutable: row['immutable_after_create'] === 'yes',
    }),
    ...(/^Pod: yes/.test(row['immutable_after_create'] ?? '') && { immutable: true }),
    ...(row['feature_gate_and_ga'] !== '' && { gate: gateIn(row['feature_gate_and_ga'] ?? '') }),
    ...(range && { minimum: octal(range[1]), maximum: octal(range[2]) }),
    ...(least && { minimum: Number(least) }),
    ...(/^\d/.test(row['since'] ?? '') && { since: row['since'] }),
  };
}

/** Words in brackets explain; `types` and the like before a list do, too. */
function listed(cell: string): string[] {
  const values = cell.replace(/ ?\([^)]*\)/g, '').replace(/^(types|conditions) /, '');
  return values.split('|').map((value) => value.trim().replace(/^""$/, ''));
}

function isPlain(cell: string): boolean {
  return /^(""|\[?[\w./%-]+\]?)( \([^)]*\))?$/.test(cell);
}

function plainDefault(cell: string): unknown {
  const text = cell.replace(/ \(.*$/, '');
  if (text === '""') return '';
  if (/^\[/.test(text)) return [text.slice(1, -1)];
  if (/^0\d+$/.test(text)) return Number.parseInt(text, 8);
  return /^(true|false|\d+)$/.test(text) ? JSON.parse(text) : text;
}

function gateIn(cell: string): Record<string, string> {
  const said = (word: string) => cell.match(new RegExp(`${word} ?(\\d+\\.\\d+)`))?.[1];
  const name = cell.match(/^[A-Z]\w+(?= |$)/)?.[0];
  const [alpha, beta, stable] = [said('alpha'), said('beta'), said('GA')];
  return {
    ...(name !== undefined && { name }),
    ...(alpha !== undefined && { alpha }),
    ...(beta !== undefined && { beta }),
    ...(stable !== undefined && { stable }),
  };
}

/** The same words out of the schema. */
function said(word: string, definition: Definition, row: Row): unknown {
  const { pointer, name, items, additionalProperties } = definition;
  const parent = definitionAt(pointer.slice(0, pointer.lastIndexOf('/')));
  const below = typeof additionalProperties === 'object' ? additionalProperties : items;
  switch (word) {
    case 'type':
      return [definition.type ?? []].flat();
    case 'values':
      return [...(definition['x-values'] ?? []), ...(below?.['x-values'] ?? [])].map(({ value }) => value);
    case 'required':
      return parent?.required?.includes(name) === true;
    case 'immutable':
      return inherited(definition, 'x-immutable') === true;
    case 'gate':
      return definition['x-gate'] ?? {};
    case 'since':
      return sinceOf(definition) ?? kindSince(row);
    case 'minimum':
    case 'maximum':
      return definition[word] ?? below?.[word];
    default:
      return definition[word as 'default'];
  }
}

/** What lies in a younger field is as young, also where many share it. */
function sinceOf({ pointer, 'x-since': since }: Definition): string | undefined {
  const holder = definitionAt(pointer.slice(0, pointer.lastIndexOf('/')));
  return since ?? (holder && sinceOf(holder));
}

/** Fields as old as the apiVersion of their kind do not say so again. */
function kindSince({ kind = '' }: Row): string | undefined {
  const version = kinds.find((row) => row['kind'] === kind && !/(alpha|beta)/.test(row['apiVersion'] ?? ''));
  return apiVersionOf(version?.['apiVersion'] ?? '', kind)?.['x-since'];
}

function agrees(word: string, ours: unknown, theirs: unknown): boolean {
  if (word === 'values') return (theirs as string[]).every((value) => (ours as unknown[]).includes(value));
  if (word === 'gate')
    return Object.entries(theirs as object).every(([key, value]) => (ours as Row)[key] === value);
  // Quantities are texts and numbers alike.
  if (word === 'default') return String(ours) === String(theirs);
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

test('every field of the sheet is there, and says the same', () => {
  const found = rows.flatMap((row) =>
    pointers(row).flatMap((pointer) => {
      const definition = definitionAt(pointer);
      if (definition === undefined) return [`${pointer} absent`];
      return Object.entries(facts(row))
        .filter(([word, theirs]) => !agrees(word, said(word, definition, row), theirs))
        .map(([word]) => `${pointer} ${word}`);
    }),
  );
  const expected = rows.length === 0 ? [] : Object.keys(differs);
  const matched = new Set<string>();
  const unexpected = found.filter((one) => {
    const rule = expected.find((pattern) => new RegExp(`^k8s#(?:${pattern})$`).test(one));
    if (rule !== undefined) matched.add(rule);
    return rule === undefined;
  });
  assert.deepEqual(unexpected, []);
  assert.deepEqual(
    expected.filter((pattern) => !matched.has(pattern)),
    [],
  );
});

test('every kind of the sheet has a definition in each of its versions, and the same life', () => {
  for (const { kind = '', apiVersion = '', removed_k8s: removed = '', scope = '' } of kinds) {
    const definition = kindDefinition(apiVersion, kind);
    assert.ok(definition !== undefined, `${apiVersion} ${kind}`);
    assert.equal(definition['x-scope'], scope === 'Cluster' ? 'cluster' : 'namespace', kind);
    const known = apiVersionOf(apiVersion, kind);
    const engine = known?.engine === undefined ? /(\d+\.\d+)/ : /snapshotter (?:2\.0|\d+\.\d+)/;
    const gone = removed.match(engine)?.[0].match(/\d+\.\d+/)?.[0];
    assert.equal(known?.['x-removed'], gone, `${apiVersion} ${kind}`);
  }
});
