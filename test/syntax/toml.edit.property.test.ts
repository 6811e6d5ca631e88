// Edits of generated TOML: the result is TOML, holds what was wished and all that stood there, and every comment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toml } from '../../server/src/core/syntax/toml.ts';
import { readToml } from '../../server/src/core/syntax/tomlRead.ts';
import type { Change, Entry, ListNode, MapNode, Node, Plain } from '../../server/src/core/syntax/tree.ts';
import { apply } from '../support/tree.ts';
import { judged, plain, tomlText } from './tomlSupport.ts';

type Path = (string | number)[];
interface Found {
  readonly path: Path;
  readonly node: Node;
  readonly parent?: MapNode | ListNode;
  readonly entry?: Entry;
}

function everything(node: Node, path: Path = [], rest: Omit<Found, 'path' | 'node'> = {}): Found[] {
  const found = [{ path, node, ...rest }];
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      found.push(...everything(entry.value, [...path, String(entry.key.value)], { parent: node, entry }));
    }
  }
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      found.push(...everything(item, [...path, index], { parent: node }));
    }
  }
  return found;
}

type Model = { [key: string]: Model } | Model[] | string | boolean;

function at(model: Model, path: Path): Record<string, Model> {
  let here = model as Record<string, Model>;
  for (const step of path) {
    here[step] ??= {};
    here = here[step] as Record<string, Model>;
  }
  return here;
}

function drop(model: Model, path: Path): Model | undefined {
  const parent = at(model, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  const value = parent[last];
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return value;
}

/** A table that nothing is in any more may be gone or not. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, pruned(inner)] as const);
  return Object.fromEntries(
    entries.filter(
      ([, inner]) => !(typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0),
    ),
  );
}

function asModel(value: Plain): Model {
  if (typeof value === 'number') return String(Object.is(value, -0) ? 0 : value);
  if (value === null) return '';
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(asModel);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asModel(inner)]));
}

function comments(text: string): string[] {
  return toml
    .parse(text)
    .comments.map(({ start, end }) => text.slice(start, end))
    .sort();
}

/** Checks one kind of change on generated texts; `make` gives the change and what is to become of the values. */
function check(
  make: (
    found: readonly Found[],
    pick: number,
    name: string,
    value: Plain,
  ) => { change: Change; expect: (model: Model) => void } | undefined,
  least: number,
): void {
  let changed = 0;
  const plainValue = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.double({ noNaN: true }),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z "]{0,4}$/), fc.integer(), { maxKeys: 2 }),
  );
  fc.assert(
    fc.property(
      tomlText,
      fc.nat(),
      fc.constantFrom('a', 'b', 'new', 'q k', 'ü"'),
      plainValue,
      (text, pick, name, value) => {
        if (judged(text) === undefined) return;
        const tree = toml.parse(text);
        const root = tree.documents[0]?.root;
        assert.ok(root);
        const made = make(everything(root), pick, name, value);
        const edits = made === undefined ? [] : toml.edit(text, tree, made.change);
        if (made === undefined || edits.length === 0) return;
        changed += 1;
        const model = plain(root) as Model;
        made.expect(model);
        const result = apply(text, edits);
        const reading = readToml(result);
        // A date that came into brackets is fine, but @iarna/toml stumbles over it.
        const values =
          reading.lenient && reading.problems.length === 0 ? plain(reading.root) : judged(result);
        assert.deepEqual(pruned(values), pruned(model), result);
        assert.deepEqual(comments(result), comments(text), 'a comment was lost');
        if (text.includes('\r\n')) assert.doesNotMatch(result, /[^\r]\n/, 'an end of line changed');
      },
    ),
    { numRuns: 2500 },
  );
  assert.ok(changed > least, `only ${changed} changes were made`);
}

const chosen = (found: readonly Found[], pick: number, fits: (one: Found) => boolean) => {
  const fitting = found.filter(fits);
  return fitting[pick % Math.max(1, fitting.length)];
};

test('replaced values', () => {
  check((found, pick, _name, value) => {
    const one = chosen(found, pick, ({ path }) => path.length > 0);
    if (!one) return undefined;
    const last = one.path.at(-1) ?? '';
    return {
      change: { do: 'replace', node: one.node, value },
      expect: (model) => {
        at(model, one.path.slice(0, -1))[last] = asModel(value);
      },
    };
  }, 300);
});

test('renamed keys', () => {
  check((found, pick) => {
    const one = chosen(found, pick, ({ entry }) => entry !== undefined);
    if (!one?.entry) return undefined;
    return {
      change: { do: 'rename', entry: one.entry, name: 'fresh name' },
      expect: (model) => {
        const value = drop(model, one.path);
        if (value !== undefined) at(model, one.path.slice(0, -1))['fresh name'] = value;
      },
    };
  }, 300);
});

test('removed entries and items', () => {
  check((found, pick) => {
    const one = chosen(found, pick, ({ parent }) => parent !== undefined);
    if (!one?.parent) return undefined;
    return {
      change: { do: 'remove', from: one.parent, item: one.entry ?? one.node },
      expect: (model) => {
        drop(model, one.path);
      },
    };
  }, 300);
});

test('inserted entries', () => {
  check((found, pick, name, value) => {
    const one = chosen(found, pick, ({ node }) => node.kind === 'map');
    if (one?.node.kind !== 'map' || one.node.entries.some(({ key }) => key.value === name)) return undefined;
    const into = one.node;
    return {
      change: { do: 'insert', into, key: name, value },
      expect: (model) => {
        at(model, one.path)[name] = asModel(value);
      },
    };
  }, 300);
});

test('moved entries', () => {
  check((found, pick, name) => {
    const one = chosen(
      found,
      pick,
      ({ parent, path }) => parent?.kind === 'map' && path.every((step) => typeof step === 'string'),
    );
    const goals = [[], ['a'], ['b'], ['a', 'b'], ['far'], ['a', 'far', 'q k'], [name]];
    const path = goals[pick % goals.length] ?? [];
    if (one?.parent?.kind !== 'map' || !one.entry) return undefined;
    return {
      change: { do: 'move', from: one.parent, entry: one.entry, path },
      expect: (model) => {
        const value = drop(model, one.path);
        let goal: Record<string, Model> = model as Record<string, Model>;
        for (const step of path) {
          goal = at(goal, [step]);
          if (Array.isArray(goal)) goal = goal.at(-1) as Record<string, Model>;
        }
        if (value !== undefined) goal[one.path.at(-1) ?? ''] = value;
      },
    };
  }, 150);
});
