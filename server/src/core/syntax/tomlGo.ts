// Where the engine's reader (BurntSushi/toml) refuses a name that is taken. It is laxer than TOML and @iarna/toml
// where dotted keys or headers made a table on their way: such a table may be written once more, whatever it holds.
import type { Reading } from './tomlRead.ts';
import type { Flow, Way } from './tomlReader.ts';
import type { TomlRelease } from './tomlRelease.ts';
import type { Node } from './tree.ts';

type Table = Map<string, Held>;
type Held = Table | Table[] | 'value';
type Path = readonly string[];

/** What has been read so far. Paths are kept without regard to items of arrays of tables, as that reader does. */
interface State {
  readonly root: Table;
  /** Tables that were made on the way to another. */
  readonly implicit: Set<string>;
  /** Names whose value was last a list in brackets. */
  readonly lists: Set<string>;
  readonly flows: ReadonlyMap<number, Flow>;
  readonly release: TomlRelease;
}

/** Where the statements begin that a release refuses for their names. */
export function refusedNames({ statements, flows }: Reading, release: TomlRelease = 6): ReadonlySet<number> {
  const state: State = {
    root: new Map(),
    implicit: new Set(),
    lists: new Set(),
    flows: new Map(flows.map((flow) => [flow.start, flow])),
    release,
  };
  const refused = new Set<number>();
  let context: Path = [];
  for (const statement of statements) {
    const path = namesOf(statement);
    if (statement.kind === 'pair') {
      if (assign(state, context, statement) === undefined) refused.add(statement.span.start);
      continue;
    }
    if (!enter(state, path, statement.kind === 'item')) refused.add(statement.span.start);
    state.lists.delete(JSON.stringify(path));
    context = path;
  }
  return refused;
}

function namesOf({ parts }: Way): Path {
  return parts.map(({ value }) => String(value));
}

/** Makes the table at a path, or the next item of the array there; false where something else stands in the way. */
function enter(state: State, path: Path, item: boolean): boolean {
  let table: Table | undefined = state.root;
  for (const [index, name] of path.slice(0, -1).entries()) {
    if (!table.has(name)) {
      state.implicit.add(JSON.stringify(path.slice(0, index + 1)));
      table.set(name, new Map());
    }
    table = inside(table.get(name));
    if (table === undefined) return false;
  }
  const name = path.at(-1) ?? '';
  if (!item) return put(state, path, new Map());
  const held = table.get(name) ?? [];
  if (!Array.isArray(held)) return false;
  held.push(new Map());
  table.set(name, held);
  return true;
}

function inside(held: Held | undefined): Table | undefined {
  const table = Array.isArray(held) ? held.at(-1) : held;
  return table === 'value' ? undefined : table;
}

/** What was made on the way may be written once; then it counts as written. Releases before 1.6 overwrite lists, however often. */
function put({ root, implicit, lists, release }: State, path: Path, held: Held): boolean {
  let table: Table | undefined = root;
  for (const name of path.slice(0, -1)) table = table && inside(table.get(name));
  const name = path.at(-1) ?? '';
  const key = JSON.stringify(path);
  if (table === undefined) return false;
  if (!table.has(name)) {
    table.set(name, held);
    return true;
  }
  const over = lists.has(key) && (release < 6 || implicit.has(key));
  if (over) table.set(name, held);
  return implicit.delete(key) || over;
}

/** Sets a key in the table at `context`; what it holds then, undefined where it is refused. */
function assign(state: State, context: Path, way: Way): Held | undefined {
  const names = namesOf(way);
  for (let length = 1; length < names.length; length += 1) {
    const path = [...context, ...names.slice(0, length)];
    state.implicit.add(JSON.stringify(path));
    if (!enter(state, path, false)) return undefined;
  }
  const path = [...context, ...names];
  const held = read(state, path, way.value, false);
  if (held === undefined || !put(state, path, held)) return undefined;
  if (way.value?.kind !== 'list') state.lists.delete(kindKey(path));
  return held;
}

function read(state: State, path: Path, node: Node | undefined, inList: boolean): Held | undefined {
  if (node?.kind === 'list') {
    state.lists.add(kindKey(path));
    const fine = node.items.every((item) => read(state, path, item, true) !== undefined);
    return fine ? 'value' : undefined;
  }
  if (node?.kind !== 'map') return 'value';
  state.implicit.add(JSON.stringify(path));
  if (!enter(state, path, inList)) return undefined;
  const table: Table = new Map();
  for (const slot of state.flows.get(node.span.start)?.slots ?? []) {
    const held = assign(state, path, slot);
    if (held === undefined || (!keep(table, namesOf(slot), held) && state.release >= 4)) return undefined;
  }
  return table;
}

/** Under which name that reader files what a value is: of a key without a name under its table's (parse.go setType). */
function kindKey(path: Path): string {
  return JSON.stringify(path.length > 1 && path.at(-1) === '' ? path.slice(0, -1) : path);
}

/** Braces are also looked at for themselves: what they hold under one name must be a table to be added to. */
function keep(braces: Table, names: Path, held: Held): boolean {
  let table: Table | undefined = braces;
  for (const name of names.slice(0, -1)) {
    if (table && !table.has(name)) table.set(name, new Map());
    table = table && inside(table.get(name));
  }
  table?.set(names.at(-1) ?? '', held);
  return table !== undefined;
}
