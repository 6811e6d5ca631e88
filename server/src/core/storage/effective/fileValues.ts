// What one file says, as the loader of a version decodes it: values by key with their lines, or why the file is refused.
import { analyze } from '../../analyze.ts';
import type { Finding } from '../../finding.ts';
import type { Bound } from '../../schema/bind.ts';
import { keyFate } from '../../schema/fate.ts';
import { type Node, target } from '../../syntax/tree.ts';
import type { StorageValue } from './types.ts';

export interface FileValue {
  readonly key: readonly string[];
  readonly value: StorageValue;
  /** Counted from 1. */
  readonly line: number;
  /** Of a list with `{append = …}`: what it says. */
  readonly append?: boolean;
  readonly noEffect?: 'never-read';
}

export interface FileRead {
  readonly values: readonly FileValue[];
  readonly refused?: { readonly finding: Finding; readonly line: number };
}

/** Reads a file as containers/storage of a version does. Never throws. */
export function readFile(text: string, version: string): FileRead {
  // A comment silences a finding, not the loader; the offsets stay.
  const plain = text.replaceAll('stowage-ignore', 'stowage_ignore');
  const kind = { family: 'storage', format: 'toml', scope: 'unknown' } as const;
  const { binding, versions, findings } = analyze(
    plain,
    kind,
    {},
    { versions: { containersStorage: version } },
  );
  const finding = findings.find(({ effect }) => effect === 'refused');
  if (finding !== undefined)
    return { values: [], refused: { finding, line: lineOf(text, finding.span.start) } };
  const values = binding.all.flatMap((bound): FileValue[] => {
    const key = keyOf(bound);
    if (key === undefined || bound.entry === undefined) return [];
    const fates = upwards(bound).map((place) => keyFate(place, 'storage', versions));
    if (fates.some((fate) => fate !== 'taken' && fate !== 'ignored')) return [];
    const read = readValue(bound.node);
    if (read === undefined) return [];
    const line = lineOf(text, bound.entry.key.span.start);
    return [{ key, line, ...read, ...(fates.includes('ignored') && { noEffect: 'never-read' as const }) }];
  });
  return { values };
}

/** The names of a key below `storage` as the schema spells them; undefined for tables and what is no key of ours. */
function keyOf({ definition, parent, path }: Bound): string[] | undefined {
  const open = parent?.definition?.additionalProperties;
  if (definition === undefined || path[0] === undefined || definition.pointer.includes('/[]'))
    return undefined;
  if (definition.type === 'object') return undefined;
  const names = definition.pointer.slice('storage#/'.length).split('/');
  return typeof open === 'object' ? [...names.slice(0, -1), String(path.at(-1))] : names;
}

function upwards(bound: Bound): Bound[] {
  return bound.parent === undefined ? [bound] : [bound, ...upwards(bound.parent)];
}

function readValue(node: Node): Pick<FileValue, 'value' | 'append'> | undefined {
  const value = target(node);
  if (value.kind === 'list') return listOf(value.items);
  if (value.kind !== 'scalar' || value.value === null) return undefined;
  return { value: typeof value.value === 'bigint' ? String(value.value) : value.value };
}

/** A list's strings, and what `{append = …}` among them says; the last one counts (storage/pkg/configfile/slice.go:45-80). */
function listOf(items: readonly Node[]): Pick<FileValue, 'value' | 'append'> {
  const strings: string[] = [];
  let append: boolean | undefined;
  for (const item of items.map(target)) {
    if (item.kind === 'scalar') strings.push(String(item.value));
    if (item.kind !== 'map') continue;
    for (const { key, value } of item.entries) {
      const said = target(value);
      if (key.value === 'append' && said.kind === 'scalar') append = said.value === true;
    }
  }
  return { value: strings, ...(append !== undefined && { append }) };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
