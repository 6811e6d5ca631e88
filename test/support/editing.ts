// What every edit of every format must keep: the rest of the value, the comments, the other lines.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Change, Entry, FrontEnd, MapNode, Node } from '../../server/src/core/syntax/tree.ts';
import { entry, get, target } from '../../server/src/core/syntax/tree.ts';
import { plainValues, type Sample, sample, type Value } from './layout.ts';
import { apply, assertWellFormed, plainValue } from './tree.ts';

type Step = string | number;

interface Place {
  readonly path: readonly Step[];
  readonly node: Node;
  readonly map?: MapNode;
  readonly entry?: Entry;
}

function placesIn(node: Node, path: readonly Step[] = []): Place[] {
  const found = target(node);
  if (found.kind === 'list') {
    return found.items.flatMap((item, index) => [
      { path: [...path, index], node: item },
      ...placesIn(item, [...path, index]),
    ]);
  }
  if (found.kind !== 'map') return [];
  return found.entries.flatMap((entry) => {
    const here = [...path, String(entry.key.value)];
    return [{ path: here, node: entry.value, map: found, entry }, ...placesIn(entry.value, here)];
  });
}

/** A copy of a value with the thing at `path` changed; `change` gets its holder and its key. */
function changed(value: Value, path: readonly Step[], change: (holder: Value, key: Step) => void): Value {
  const copy = structuredClone(value);
  let holder = copy;
  for (const step of path.slice(0, -1)) holder = (holder as Record<Step, Value>)[step] ?? null;
  change(holder, path.at(-1) ?? '');
  return copy;
}

export const wishes = ['replace', 'rename', 'remove', 'insert', 'move', 'move deep'] as const;

/** A change for a place, and the value that is to come of it. Undefined where the wish does not fit the place. */
function wishFor(
  wish: (typeof wishes)[number],
  value: Value,
  place: Place,
  given: Value,
  holder: Node,
): [Change, Value] | undefined {
  const { path, node, map, entry } = place;
  const record = (one: Value) => one as Record<Step, Value>;
  switch (wish) {
    case 'replace':
      return [
        { do: 'replace', node, value: given },
        changed(value, path, (one, key) => {
          record(one)[key] = given;
        }),
      ];
    case 'rename':
      if (entry === undefined) return undefined;
      return [
        { do: 'rename', entry, name: 'new name' },
        changed(value, path, (one, key) => {
          record(one)['new name'] = record(one)[key] ?? null;
          delete record(one)[key];
        }),
      ];
    case 'remove':
      if (holder.kind !== 'map' && holder.kind !== 'list') return undefined;
      return [
        { do: 'remove', from: holder, item: entry ?? node },
        changed(value, path, (one, key) => {
          if (Array.isArray(one)) one.splice(Number(key), 1);
          else delete record(one)[key];
        }),
      ];
    case 'insert':
      if (node.kind !== 'map') return undefined;
      return [
        { do: 'insert', into: node, key: 'new key', value: given },
        changed(value, [...path, 'new key'], (one, key) => {
          record(one)[key] = given;
        }),
      ];
    case 'move':
    case 'move deep': {
      if (map === undefined || entry === undefined) return undefined;
      const way = wish === 'move' ? ['moved'] : ['moved', 'deeper'];
      const removed = changed(value, path, (one, key) => delete record(one)[key]);
      const moved = { [String(entry.key.value)]: plainValue(node) as Value };
      return [
        { do: 'move', from: map, entry, path: way },
        { ...(removed as { [key: string]: Value }), moved: wish === 'move' ? moved : { deeper: moved } },
      ];
    }
  }
}

/** What the change did not name is as it was: comments, line breaks, other lines. */
function assertNeighbours(text: string, result: string, change: Change, told: string): void {
  const nowhere = { start: 0, end: 0 };
  const gone =
    change.do === 'replace' ? change.node.span : change.do === 'remove' ? change.item.span : nowhere;
  const kept = [...text.matchAll(/c\d+\./g)].filter(({ index }) => index < gone.start || index >= gone.end);
  const lost = kept.filter(([comment]) => result.split(comment).length !== 2).map(([comment]) => comment);
  assert.deepEqual(lost, [], told);
  if (text.includes('\r\n')) assert.doesNotMatch(result, /(?<!\r)\n/, told);
  else if (text.includes('\n')) assert.doesNotMatch(result, /\r/, told);
  const touched =
    change.do === 'move' ? change.entry.span : change.do === 'rename' ? change.entry.key.span : gone;
  const lines = new Set(result.split(/\r?\n/));
  const changedLines = text.split(/\r?\n/).filter((line) => !lines.has(line)).length;
  // Besides its own lines: the one before may lose or gain a comma, the one behind may move up beside a dash.
  const allowed = text.slice(touched.start, touched.end).split('\n').length + 2;
  assert.ok(changedLines <= allowed, `${changedLines} lines are not as they were: ${told}`);
}

/** Holds a front end to its promise with `count` generated files. */
export function assertEditsKeep(
  frontEnd: FrontEnd,
  layout: (one: Sample) => string,
  wish: (typeof wishes)[number],
  count: number,
): void {
  let tried = 0;
  const property = fc.property(sample, fc.nat(), plainValues, (one, pick, given) => {
    const text = layout(one);
    const tree = frontEnd.parse(text);
    const root = tree.documents[0]?.root;
    assert.ok(root);
    assert.deepEqual(plainValue(root), one.value, 'the layout reads back');
    const places: Place[] = [{ path: [], node: root }, ...placesIn(root)];
    const place = places[pick % places.length];
    if (place === undefined || (place.path.length === 0 && wish !== 'insert')) return;
    const holder = places.find(
      ({ path }) =>
        path.length === place.path.length - 1 && path.every((step, index) => step === place.path[index]),
    );
    const wanted = wishFor(wish, one.value, place, given, holder?.node ?? root);
    if (wanted === undefined) return;
    tried++;
    const [change, expected] = wanted;
    const edits = frontEnd.edit(text, tree, change);
    const result = apply(text, edits);
    const again = frontEnd.parse(result);
    const told = `${change.do} ${JSON.stringify(place.path)}\n${text}\n=>\n${result}`;
    assert.deepEqual(again.documents[0] && plainValue(again.documents[0].root), expected, told);
    assert.deepEqual(
      again.problems.filter(({ message }) => message !== 'comment'),
      [],
      told,
    );
    assertWellFormed(result, again);
    assertNeighbours(text, result, change, told);
  });
  fc.assert(property, { numRuns: count, seed: 7 });
  assert.ok(tried > count / 10, `only ${tried} changes of ${count} were tried`);
}

/** Texts before and after one change, which is made from the root map of the first document. */
export function editedBy(frontEnd: FrontEnd): (text: string, change: (root: MapNode) => Change) => string {
  return (text, change) => {
    const tree = frontEnd.parse(text);
    const root = tree.documents[0]?.root;
    assert.ok(root?.kind === 'map');
    return apply(text, frontEnd.edit(text, tree, change(root)));
  };
}

/** The entry under a name, which must be there. */
export function entryAt(node: Node, name: string): Entry {
  const found = entry(node, name);
  assert.ok(found);
  return found;
}

/** The map under a name, which must be there. */
export function mapAt(node: Node, name: string): MapNode {
  const found = get(node, name);
  assert.ok(found?.kind === 'map');
  return found;
}
