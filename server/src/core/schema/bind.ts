// Ties every node of a tree to its definition, once; completion, hover and rules read this and never walk schemas again.
import type { Family, FileKind } from '../finding.ts';
import type { Entry, MapNode, Node, Span, Tree } from '../syntax/tree.ts';
import { entriesOf, get, pairIn, target, text } from '../syntax/tree.ts';
import type { Definition } from './definition.ts';
import { itemKind, kindDefinition } from './kinds.ts';
import { members, rootPointer, schemas } from './load.ts';
import { nearest } from './search.ts';

/** A node and what the schema says it is. */
export interface Bound {
  /** As written: an alias stays an alias (use `target`). */
  readonly node: Node;
  /** Undefined where the schema has no opinion (opaque, or an unknown member). */
  readonly definition: Definition | undefined;
  /** Schema pointer; of an unknown member its parent's pointer and its name after `/?`. */
  readonly pointer: string;
  readonly path: readonly (string | number)[];
  readonly document: number;
  readonly parent: Bound | undefined;
  /** The entry whose value it is, where the parent is a map. */
  readonly entry: Entry | undefined;
  /** Entries of this map that the schema does not know. */
  readonly unknown: readonly Entry[];
  readonly children: readonly Bound[];
}

export interface Binding {
  readonly family: Family;
  /** One for each document that is ours, in order. */
  readonly roots: readonly Bound[];
  /** All bound places in source order, roots included; what an alias or a merge key brings in stands where it is used. */
  readonly all: readonly Bound[];
  /** The places that a schema pointer names, or that come from the shared part which it names (`k8s#Volume`). */
  at(pointer: string): readonly Bound[];
  /** The innermost bound place that holds an offset (its key counts as part of it), else the root of the document there. */
  find(offset: number): Bound | undefined;
  /** The place of a node; of one that aliases repeat, where it is written. */
  of(node: Node): Bound | undefined;
}

/** A bound place while its children are still being added. */
interface Growing extends Bound {
  readonly children: Growing[];
  readonly unknown: Entry[];
}

interface Walk {
  readonly family: Family;
  readonly all: Bound[];
  /** The places whose text lies where they are bound, which what aliases bring in does not. */
  readonly written: Bound[];
}

/** Aliases can make a small file large; more places than this are not bound. */
const mostPlaces = 200_000;

/** Binds every document of `tree` that is of `kind`'s family; a document with template marks is passed over. */
export function bind(tree: Tree, kind: FileKind): Binding {
  const walk: Walk = { family: kind.family, all: [], written: [] };
  const roots = tree.documents.flatMap((document, index) => {
    const definition = document.templated ? undefined : rootDefinition(document.root, kind.family);
    if (definition === undefined) return [];
    const root: Growing = {
      node: document.root,
      definition,
      pointer: definition.pointer,
      path: [],
      document: index,
      parent: undefined,
      entry: undefined,
      unknown: [],
      children: [],
    };
    grow(root, true, walk);
    return [root];
  });
  return lookups(tree, roots, walk);
}

function lookups(tree: Tree, roots: readonly Bound[], { family, all, written }: Walk): Binding {
  const byPointer = new Map<string, Bound[]>();
  for (const bound of all) {
    for (const pointer of new Set([bound.pointer, bound.definition?.part ?? bound.pointer])) {
      const same = byPointer.get(pointer);
      if (same === undefined) byPointer.set(pointer, [bound]);
      else same.push(bound);
    }
  }
  const byNode = new Map<Node, Bound>();
  for (const bound of [...written, ...all]) if (!byNode.has(bound.node)) byNode.set(bound.node, bound);
  return {
    family,
    roots,
    all,
    at: (pointer) => byPointer.get(pointer) ?? [],
    of: (node) => byNode.get(node),
    find: (offset) => {
      const document = tree.documents.findLastIndex(({ span }) => span.start <= offset && offset <= span.end);
      return innermost(written, offset) ?? roots.find((root) => root.document === document);
    },
  };
}

/** The place with the shortest stretch around an offset; of equal ones the deeper. Tables of TOML need not lie inside their parents. */
function innermost(places: readonly Bound[], offset: number): Bound | undefined {
  let best: Bound | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const bound of places) {
    const { start, end } = placeSpan(bound);
    if (start > offset || offset > end) continue;
    if (end - start > shortest) continue;
    best = bound;
    shortest = end - start;
  }
  return best;
}

function placeSpan({ node, entry }: Bound): Span {
  if (entry === undefined) return node.span;
  // A TOML table's header may stand far from its body, so the key does not stretch it.
  return entry.span.end >= node.span.end ? entry.span : node.span;
}

/** The definition that a document's root has, or undefined where it is not ours. */
function rootDefinition(root: Node, family: Family, list?: Node): Definition | undefined {
  if (family !== 'k8s') return schemas[family].roots[''];
  // Items of a list of one kind need not say what they are.
  const version = text(get(root, 'apiVersion')) ?? text(get(list, 'apiVersion'));
  const kind = text(get(root, 'kind')) ?? itemKind(text(get(list, 'kind')) ?? '');
  return version === undefined || kind === undefined ? undefined : kindDefinition(version, kind);
}

function grow(bound: Growing, written: boolean, walk: Walk): void {
  if (walk.all.length >= mostPlaces) return;
  walk.all.push(bound);
  if (written) walk.written.push(bound);
  const node = target(bound.node);
  const here = written && node === bound.node;
  if (node.kind === 'map') {
    for (const entry of entriesOf(node)) {
      const inside =
        here && entry.span.start >= node.span.start && (isTable(node) || entry.span.end <= node.span.end);
      addChild(bound, memberOf(bound, entry, walk.family), entry, entry.value, inside, walk);
    }
  } else if (node.kind === 'list') {
    node.items.forEach((item, index) => {
      addChild(bound, itemOf(bound, item, index, walk.family), undefined, item, here, walk);
    });
  } else if (bound.definition?.['x-pair'] === true) {
    const pair = pairIn(node);
    if (pair !== undefined) addChild(bound, memberOf(bound, pair, walk.family), pair, pair.value, here, walk);
  }
}

/** Bodies of TOML tables may lie outside their parent's. */
function isTable(node: MapNode): boolean {
  return node.style === 'table';
}

type Place = Pick<Bound, 'definition' | 'pointer'> & { readonly step: string | number };

function addChild(
  parent: Growing,
  { step, ...place }: Place,
  entry: Entry | undefined,
  node: Node,
  written: boolean,
  walk: Walk,
): void {
  const child: Growing = {
    ...place,
    definition: variantOf(place.definition, parent.node, parent.definition),
    node,
    path: [...parent.path, step],
    document: parent.document,
    parent,
    entry,
    unknown: [],
    children: [],
  };
  parent.children.push(child);
  grow(child, written, walk);
}

/** Of a definition that hangs on a sibling's text the case that counts; of one with an unknown text the definition itself. */
export function variantOf(
  definition: Definition | undefined,
  holder: Node,
  of: Definition | undefined,
): Definition | undefined {
  const variants = definition?.['x-variants'];
  if (variants === undefined) return definition;
  const { by, cases } = variants;
  const chosen = text(get(holder, by)) || String(of?.properties?.[by]?.default);
  return Object.hasOwn(cases, chosen) ? cases[chosen] : definition;
}

function memberOf(parent: Growing, entry: Entry, family: Family): Place {
  const step = String(entry.key.value);
  const of = parent.definition;
  const named = of && propertyNamed(of, step, family);
  if (named !== undefined) return { step, definition: named, pointer: named.pointer };
  const other = of?.additionalProperties;
  if (typeof other === 'object') return { step, definition: other, pointer: other.pointer };
  if (isUnknown(of, step)) parent.unknown.push(entry);
  return { step, definition: undefined, pointer: `${parent.pointer}/?${step}` };
}

/** Of a passage most members are not ours to know: unknown is what can only be one of ours with a slip in it. */
function isUnknown(of: Definition | undefined, name: string): boolean {
  if (of?.properties === undefined || of['x-opaque'] === true) return false;
  if (of['x-passage'] !== true) return of.additionalProperties !== true;
  const ours = members(of).filter(([, member]) => member['x-passage'] !== true);
  return (
    nearest(
      name,
      ours.map(([known]) => known),
      2,
    ) !== undefined
  );
}

/**
 * Kubernetes, the top level of daemon.json and `proxies` take names exactly (daemon/config/config.go:631, docker 29.7.2;
 * RUN 28.5.2); Go's decoders for other objects in daemon.json and for storage.conf pass over case, but not in maps.
 */
function propertyNamed(of: Definition, name: string, family: Family): Definition | undefined {
  const properties = of.properties ?? {};
  if (Object.hasOwn(properties, name)) return properties[name];
  const exact =
    family === 'k8s' ||
    exactNames.includes(of.pointer) ||
    of.additionalProperties !== undefined ||
    isBraces(of);
  if (exact) return undefined;
  return memberFolded(of, name);
}

/** The member whose name is the same but for case, as Go folds it: the old long s is an s. (RUN 28.5.2) */
export function memberFolded(of: Definition | undefined, name: string): Definition | undefined {
  const fold = (text: string) => text.replaceAll('ſ', 's').toLowerCase();
  return Object.entries(of?.properties ?? {}).find(([known]) => fold(known) === fold(name))?.[1];
}

/** `{append=true}` in a list of storage.conf, which no decoder fills. */
function isBraces({ pointer }: Definition): boolean {
  return pointer.startsWith('storage#') && pointer.endsWith('/[]');
}

const exactNames = ['daemon#', 'daemon#/proxies'];

/** The place of a member, whatever the case it is written in; the last where it is written twice. */
export function partOf(bound: Bound, name: string): Bound | undefined {
  const definition = memberFolded(bound.definition, name);
  return definition && bound.children.findLast((child) => child.definition === definition);
}

function itemOf(parent: Bound, item: Node, step: number, family: Family): Place {
  // What `kubectl get -o yaml` prints: the items are documents of their own kinds.
  const kind = parent.pointer === listItems ? rootDefinition(item, family, parent.parent?.node) : undefined;
  const definition = kind ?? parent.definition?.items;
  return { step, definition, pointer: definition?.pointer ?? `${parent.pointer}/[]` };
}

const listItems = `${rootPointer('k8s', 'v1/List')}/items`;
