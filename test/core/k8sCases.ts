// Manifests for the API server and us to judge: right ones of every kind, the same with one or two things changed, and
// some by hand for each rule of validation. The same seed draws the same manifests.
import { readFileSync } from 'node:fs';
import { parseAllDocuments, stringify } from 'yaml';
import { analyze } from '../../server/src/core/analyze.ts';
import type { FileKind } from '../../server/src/core/finding.ts';
import { picker } from '../support/random.ts';
import { type Change, changed, changesOf, type Json } from './kubernetes/changes.ts';
import { handMadeObjects } from './kubernetes/handMade.ts';

export interface ManifestCase {
  readonly kind: string;
  readonly what: string;
  readonly object: Json;
  readonly text: string;
}

const here = new URL('kubernetes/', import.meta.url);
export const k8sKind: FileKind = { family: 'k8s', format: 'yaml', scope: 'unknown' };

/** Every right manifest. */
export function right(): Json[] {
  const documents = parseAllDocuments(readFileSync(new URL('right.yaml', here), 'utf8'), { version: '1.1' });
  return [...documents].map((document) => document.toJS() as Json).filter((object) => object !== null);
}

const valueAt = (object: Json, path: readonly (string | number)[]): Json =>
  path.reduce<Json>((value, step) => (value as Record<string, Json>)[step] ?? null, object);

/** Every change that the schema suggests in a manifest, by the place in the schema. */
function suggested(object: Json): (Change & { readonly pointer: string })[] {
  const { binding } = analyze(JSON.stringify(object), k8sKind);
  return binding.all.flatMap(({ definition, path }) =>
    definition === undefined ||
    definition['x-opaque'] === true ||
    ['kind', 'apiVersion'].includes(path.join())
      ? []
      : changesOf(path, definition, valueAt(object, path)).map((change) => ({
          ...change,
          pointer: definition.texts,
        })),
  );
}

const writings: readonly ((object: Json) => string)[] = [
  (object) => JSON.stringify(object),
  (object) => stringify(object, { version: '1.1', aliasDuplicateObjects: false }),
  (object) => stringify(object, { version: '1.1', aliasDuplicateObjects: false, collectionStyle: 'flow' }),
  // Every second equal part is an alias of the first.
  (object) => stringify(withShared(object, new Map()), { version: '1.1' }),
];

/** Equal lists and maps as one object, which the writer then gives an anchor. */
function withShared(value: Json, known: Map<string, Json>): Json {
  if (value === null || typeof value !== 'object') return value;
  const text = JSON.stringify(value);
  const same = known.get(text);
  if (same !== undefined) return same;
  const parts = Array.isArray(value)
    ? value.map((item) => withShared(item, known))
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withShared(part, known)]));
  known.set(text, parts);
  return parts;
}

export function manifest(what: string, object: Json, writing = 0): ManifestCase {
  const kind = String((object as Record<string, Json>)['kind'] ?? '');
  const write = writings[writing % writings.length] ?? JSON.stringify;
  return { kind, what, object, text: write(object) };
}

/** Right manifests; then each change once for every place of the schema; then as many with one and with two drawn changes. */
export function drawn(seed: number, ones: number, twos: number): ManifestCase[] {
  const { pick } = picker(seed);
  const bases = right().map((object) => ({ object, changes: suggested(object) }));
  const seen = new Set<string>();
  const cases = bases.map(({ object }, index) => manifest('right', object, index));
  for (const { object, changes } of bases) {
    for (const change of changes) {
      const key = `${change.pointer} ${change.what}`;
      if (seen.has(key)) continue;
      seen.add(key);
      cases.push(manifest(key, changed(object, change), cases.length));
    }
  }
  for (let count = 0; count < ones + twos; count += 1) {
    const { object, changes } = pick(bases);
    const first = pick(changes);
    const second = count < ones ? undefined : pick(changes.filter(({ path }) => isApart(path, first.path)));
    const once = changed(object, first);
    const what = [first, ...(second === undefined ? [] : [second])]
      .map((one) => `${one.pointer} ${one.what}`)
      .join(' + ');
    cases.push(manifest(what, second === undefined ? once : changed(once, second), cases.length));
  }
  return cases;
}

/** Neither place lies in the other, and neither moves the other. */
function isApart(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const at = a.findIndex((step, index) => step !== b[index]);
  return at >= 0 && at < b.length && typeof a[at] === 'string';
}

/** The manifests made by hand, each in one of three writings. */
export function handMade(): ManifestCase[] {
  const bases = new Map<string, Json>();
  for (const object of right()) {
    const kind = String((object as Record<string, Json>)['kind']);
    if (!bases.has(kind)) bases.set(kind, object);
  }
  return handMadeObjects(bases).map(({ fact, object }, index) => manifest(`fact ${fact}`, object, index));
}
