// Fields that the API server wants and that a manifest does not give, and what could be written for them.
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { exists } from '../schema/describe.ts';
import { nearest } from '../schema/search.ts';
import { entry, isNull, type Node, type Plain, type Span, target } from '../syntax/tree.ts';

/** A required field: the steps to it from the place that lacks it, and whether it stands there with nothing in it. */
export interface MissingField {
  readonly steps: readonly string[];
  readonly empty: boolean;
}

/**
 * The required members that a place does not give, the innermost where a whole part is not written: a claim without `resources`
 * lacks `resources.requests.storage`. Of custom kinds a field that is there may be empty. What is being typed just now, and what a slip in a name explains, is left out.
 */
export function missingFields(bound: Bound, version: string, mayBeEmpty: boolean): MissingField[] {
  const { definition, unknown, node } = bound;
  const map = target(node);
  // Of a list's item that is null Go makes an empty struct.
  const written = map.kind === 'map' || (bound.entry === undefined && isNull(node));
  if (definition?.required === undefined || !written) return [];
  return definition.required.flatMap((name): MissingField[] => {
    const member = definition.properties?.[name];
    if (member === undefined || !exists(member, version)) return [];
    const given = entry(map, name);
    if (given === undefined) {
      const slip = unknown.some(({ key }) => nearest(String(key.value), [name]) !== undefined);
      return slip ? [] : leaves(member, [name]).map((steps) => ({ steps, empty: false }));
    }
    if (isNull(given.value)) {
      return leaves(member, [name]).map((steps) => ({ steps, empty: steps.length === 1 }));
    }
    if (mayBeEmpty || !isEmpty(given.value)) return [];
    // Its own members say what is missing in it.
    if (target(given.value).kind === 'map' && member.required !== undefined) return [];
    return [{ steps: [name], empty: true }];
  });
}

/** The innermost required fields of a part that is not written at all. */
function leaves(definition: Definition, steps: readonly string[]): (readonly string[])[] {
  const inner = (definition.required ?? []).flatMap((name) => {
    const member = definition.properties?.[name];
    return member === undefined ? [] : leaves(member, [...steps, name]);
  });
  return inner.length === 0 ? [steps] : inner;
}

/** Go takes "", [] and {} for a field that was never set. A value that is still to be typed is none of them. */
function isEmpty(node: Node): boolean {
  const value = target(node);
  if (value.kind === 'map') return value.entries.length === 0;
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'missing') return false;
  return value.value === '';
}

/** The key under which the map stands; of a document its kind, of an item its first key. */
export function placeOf({ node, entry: own }: Bound): Node | Span {
  if (own !== undefined) return own.key;
  const map = target(node);
  if (map.kind !== 'map') return node;
  return entry(map, 'kind')?.value ?? map.entries[0]?.key ?? node;
}

/** What to write for a part, from the schema's examples, defaults and closed lists of values; undefined where only a person knows. */
export function sampleOf(definition: Definition | undefined): Plain | undefined {
  if (definition === undefined) return undefined;
  const { examples, default: standard, items, required, properties } = definition;
  const known = examples?.[0] ?? standard;
  if (known !== undefined) return known as Plain;
  if (items !== undefined) {
    const item = sampleOf(items);
    return item === undefined ? undefined : [item];
  }
  if (required !== undefined) {
    const parts = required.map((name) => [name, sampleOf(properties?.[name])] as const);
    return parts.some(([, part]) => part === undefined)
      ? undefined
      : (Object.fromEntries(parts) as { [key: string]: Plain });
  }
  return definition['x-open'] === true ? undefined : definition['x-values']?.[0]?.value;
}
