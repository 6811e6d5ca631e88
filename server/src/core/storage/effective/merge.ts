// Puts the values of files on top of one another, as the loader does with one structure that every file is decoded into.
import type { FileValue } from './fileValues.ts';
import type { EffectiveValue, Source, StorageValue } from './types.ts';

/** A value while further files may still change it. */
export type Merged = EffectiveValue & { readonly from: Source };

/** By key, its names joined by a blank: none holds one but those of pull_options. */
export type Values = Map<string, Merged>;

export function keyText(key: readonly string[]): string {
  return JSON.stringify(key);
}

/**
 * Adds one file. A key takes the later value, each of pull_options for itself. Once a file has said `{append = true}` of a
 * list, later files add to it too until one says false: the mark stays in the structure (storage/pkg/configfile/slice.go:45-80,
 * containers/storage 1.65; seen on 1.64).
 */
export function addFile(
  values: Values,
  appending: Map<string, boolean>,
  file: string,
  said: readonly FileValue[],
): void {
  for (const { key, value, line, append, noEffect } of said) {
    const id = keyText(key);
    const from = { file, line };
    const before = values.get(id);
    if (append !== undefined) appending.set(id, append);
    const adds = appending.get(id) === true && before !== undefined;
    values.set(id, {
      ...(adds ? added(before, value, from) : replaced(before, value, from)),
      key,
      ...(noEffect && { noEffect }),
    });
  }
}

function replaced(before: Merged | undefined, value: StorageValue, from: Source): Omit<Merged, 'key'> {
  const overrides =
    before === undefined ? [] : [{ value: before.value, from: before.from }, ...before.overrides];
  return { value, from, overrides };
}

function added(before: Merged, value: StorageValue, from: Source): Omit<Merged, 'key'> {
  const old = listOf(before.value);
  const more = listOf(value);
  const items = before.items ?? old.map(() => before.from);
  return {
    value: [...old, ...more],
    from,
    overrides: before.overrides,
    items: [...items, ...more.map(() => from)],
  };
}

function listOf(value: StorageValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)];
}
