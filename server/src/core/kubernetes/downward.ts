// What a file of a downwardAPI volume can hold, as the API server judges it (core/validation.go, core/pods/helpers.go, 1.37).
import type { Node } from '../syntax/tree.ts';
import { qualifiedName } from './nameForms.ts';
import { worthOf } from './worth.ts';

const fields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
];

/** Whether a field of the pod can be a file: with a key behind it only labels and annotations, whose keys are checked. */
export function downwardField(path: string): { problem?: 'field' | 'key'; known: readonly string[] } {
  const [, base, key] = /^(.+?)\['(.*)'\]$/s.exec(path) ?? [];
  if (base === undefined || key === undefined)
    return fields.includes(path) ? { known: fields } : { problem: 'field', known: fields };
  if (base !== 'metadata.labels' && base !== 'metadata.annotations')
    return { problem: 'field', known: fields };
  const name = base === 'metadata.annotations' ? key.toLowerCase() : key;
  return qualifiedName(name) === undefined ? { known: fields } : { problem: 'key', known: fields };
}

const resources = ['limits', 'requests'].flatMap((bound) =>
  ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${bound}.${name}`),
);

/** Undefined where a resource can be a file, else those that can. */
export function downwardResource(name: string): readonly string[] | undefined {
  return resources.includes(name) || /^(?:limits|requests)\.hugepages-/.test(name) ? undefined : resources;
}

const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const byResource: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:limits|requests)\.cpu$/, ['1m', '1']],
  [/^(?:limits|requests)\.(?:memory$|ephemeral-storage$|hugepages-)/, sizes],
];

/** What is wrong with a divisor for a resource; zero counts as not written. The server looks at what the quantity is worth. */
export function downwardDivisor(resource: string, node: Node): { value: string; known: string } | undefined {
  const known = byResource.find(([form]) => form.test(resource))?.[1];
  const own = worthOf(node);
  if (known === undefined || own === undefined || own.thousandths === 0n) return undefined;
  if (known.includes(own.canonical)) return undefined;
  return { value: own.text, known: known.join(', ') };
}
