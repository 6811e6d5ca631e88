// Where the cursor stands, in no format's words: at a key, at a value, or in a table's header. Works on half-typed text.
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { type Entry, type MapNode, type Span, target } from '../syntax/tree.ts';

export interface KeyPlace {
  readonly kind: 'key';
  /** What the map is whose key is written here. */
  readonly of: Definition | undefined;
  /** Keys that the map has already. */
  readonly present: ReadonlySet<string>;
  readonly replace: Span;
  /** Separator and value follow already: only the name is written. */
  readonly named: boolean;
  /** Column of the key: what is written below goes deeper by one step. */
  readonly indent: string;
  readonly document: number;
  /** Inside braces, where line breaks mean nothing. */
  readonly flow?: true;
  /** Inside a string: written without quotes, with `=` behind it. */
  readonly part?: true;
}

export interface ValuePlace {
  readonly kind: 'value';
  readonly of: Definition | undefined;
  readonly replace: Span;
  /** Goes before the value: `- ` where a YAML list begins. */
  readonly before: string;
  readonly indent: string;
  /** Inside a string: written without quotes. */
  readonly part?: true;
}

export interface HeaderPlace {
  readonly kind: 'header';
  readonly replace: Span;
  /** The brackets stand there already. */
  readonly opened: boolean;
  readonly closed: boolean;
}

export type Place = KeyPlace | ValuePlace | HeaderPlace;

/** What stands under a key in a definition: the named member, else what all others are. */
export function memberOf(definition: Definition | undefined, name: string): Definition | undefined {
  const named = definition?.properties?.[name];
  const other = definition?.additionalProperties;
  return named ?? (typeof other === 'object' ? other : undefined);
}

/** The names written in a map, but for the entry that is being written. */
export function presentKeys(map: MapNode, but?: Entry): Set<string> {
  return new Set(map.entries.filter((entry) => entry !== but).map(({ key }) => String(key.value)));
}

/** The place inside `{…}` or `[…]`; `separator` stands between a key and its value. */
export function flowPlace(
  text: string,
  bound: Bound,
  offset: number,
  separator: ':' | '=',
): Place | undefined {
  const node = target(bound.node);
  const indent = indentAt(text, offset);
  const empty = { start: offset, end: offset };
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const { key, value } = entry;
      if (key.span.start <= offset && offset <= key.span.end) {
        const named = text.slice(key.span.end).trimStart().startsWith(separator);
        return keyPlace(bound, presentKeys(node, entry), key.span, named, indent);
      }
      if (value.span.start > offset || offset > value.span.end) continue;
      const child = bound.children.find((one) => one.entry === entry);
      if (child !== undefined) {
        return inside(text, child, offset, separator, indent);
      }
    }
    const before = text.slice(0, offset).trimEnd();
    if (/[{,]$/.test(before)) return keyPlace(bound, presentKeys(node), empty, false, indent);
    if (!before.endsWith(separator)) return undefined;
    const owner = bound.children.findLast(({ entry }) => entry !== undefined && entry.key.span.end < offset);
    return { kind: 'value', of: owner?.definition, replace: empty, before: '', indent };
  }
  if (node.kind !== 'list') return undefined;
  const child = bound.children.find(({ node: { span } }) => span.start <= offset && offset <= span.end);
  if (child !== undefined) return inside(text, child, offset, separator, indent);
  return /[[,]$/.test(text.slice(0, offset).trimEnd())
    ? { kind: 'value', of: bound.definition?.items, replace: empty, before: '', indent }
    : undefined;
}

function inside(
  text: string,
  bound: Bound,
  offset: number,
  separator: ':' | '=',
  indent: string,
): Place | undefined {
  const node = target(bound.node);
  const { start, end } = bound.node.span;
  if (node.kind === 'map' || node.kind === 'list') {
    const closed = /[\]}]$/.test(text.slice(start, end));
    const within = start < offset && (offset < end || !closed);
    return within ? flowPlace(text, bound, offset, separator) : undefined;
  }
  const [pair] = bound.definition?.['x-pair'] === true ? bound.children : [];
  if (pair?.entry !== undefined) return pairPlace(bound, pair, pair.entry, offset, indent);
  return { kind: 'value', of: bound.definition, replace: bound.node.span, before: '', indent };
}

/** Before or behind the `=` of a string that is `name=value`. */
function pairPlace(bound: Bound, pair: Bound, { key, value }: Entry, offset: number, indent: string): Place {
  const named = value.kind !== 'missing';
  if (offset <= key.span.end || !named) {
    return { ...keyPlace(bound, new Set(), key.span, named, indent), part: true };
  }
  return { kind: 'value', of: pair.definition, replace: value.span, before: '', indent, part: true };
}

function keyPlace(
  bound: Bound,
  present: Set<string>,
  replace: Span,
  named: boolean,
  indent: string,
): KeyPlace {
  return {
    kind: 'key',
    of: bound.definition,
    present,
    replace,
    named,
    indent,
    document: bound.document,
    flow: true,
  };
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1).match(/^[ \t]*/)?.[0] ?? '';
}
