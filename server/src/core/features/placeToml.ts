// Where the cursor stands in TOML: headers and entries go by lines, what is in brackets goes as in JSON.
import type { Analysis } from '../analyze.ts';
import { type Bound, memberFolded } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { type Node, type Tree, target } from '../syntax/tree.ts';
import { flowPlace, type KeyPlace, memberOf, type Place, presentKeys } from './place.ts';

/** A cursor on its line. */
interface Line {
  readonly text: string;
  readonly offset: number;
  /** What stands left and right of it on the line. */
  readonly before: string;
  readonly after: string;
}

/** A table: what it is, and what is written of it. */
interface Table {
  readonly of: Definition | undefined;
  readonly node: Node | undefined;
}

/** The place of an offset, or undefined in a comment, in a text of several lines, and behind a value that is finished. */
export function placeInToml(text: string, { binding, tree }: Analysis, offset: number): Place | undefined {
  if (tree.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  const root = binding.roots[0];
  if (root === undefined) return undefined;
  const here = binding.find(offset);
  if (isLongText(here?.node, tree, offset)) return undefined;
  const flow = bracketed(here, text, offset);
  if (flow !== undefined) return flowPlace({ text, offset, separator: '=' }, flow);
  const line: Line = {
    text,
    offset,
    before: text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset),
    after: text.slice(offset).match(/^[^\r\n]*/)?.[0] ?? '',
  };
  return headerPlace(line) ?? linePlace(line, root);
}

/** In a header, its brackets included; two where one is right are replaced too. */
function headerPlace({ text, offset, before, after }: Line): Place | undefined {
  const [, indent = '', brackets = '', name] = before.match(/^(\s*)(\[{1,2})([\w."' -]*)$/) ?? [];
  if (name === undefined) return undefined;
  const rest = after.match(/^[\w."' -]*\]{1,2}|^[\w."'-]*/)?.[0].length ?? 0;
  const start = offset - before.length + indent.length;
  const free = isFreeBelow(text, offset + rest);
  return { kind: 'header', replace: { start, end: offset + rest }, brackets, free };
}

/** Whether no key follows that would come into a table begun here. */
function isFreeBelow(text: string, offset: number): boolean {
  return /^[ \t]*(?:#.*)?(?:\r?\n[ \t\r]*(?:#.*)?)*(?:\n[ \t]*\[|$)/.test(text.slice(offset));
}

/** In a text of several lines, or behind one that never ends. */
function isLongText(node: Node | undefined, { problems }: Tree, offset: number): boolean {
  if (problems.some(({ message, span }) => message === 'unclosed-multiline' && span.start < offset))
    return true;
  if (node?.kind !== 'scalar' || !/^("{3}|'{3})/.test(node.raw)) return false;
  return node.span.start < offset && offset < node.span.end;
}

/** The innermost inline table or list around an offset. */
function bracketed(bound: Bound | undefined, text: string, offset: number): Bound | undefined {
  for (let at = bound; at !== undefined; at = at.parent) {
    const node = target(at.node);
    if ((node.kind === 'map' || node.kind === 'list') && node.style === 'flow') {
      const closed = /[\]}]$/.test(text.slice(node.span.start, node.span.end));
      if (node.span.start < offset && (offset < node.span.end || !closed)) return at;
    }
  }
  return undefined;
}

const bare = String.raw`[\w-]+`;
const part = `(?:${bare}|"[^"]*"|'[^']*')`;
const assignment = new RegExp(String.raw`^\s*(${part}(?:\s*\.\s*${part})*)\s*=\s*(.*)$`);
const halfKey = new RegExp(String.raw`^\s*((?:${part}\s*\.\s*)*)(["']?[\w-]*)$`);

function linePlace(line: Line, root: Bound): Place | undefined {
  const { text, offset, before, after } = line;
  const above = tableAbove(root, offset - before.length);
  const [assigned, dotted = '', typed = ''] = before.match(assignment) ?? [];
  if (assigned !== undefined) {
    const parts = partsOf(dotted);
    const name = parts.pop() ?? '';
    const { of } = parts.reduce(step, above.table);
    const isWhole = /^(?:"[^"]*"|'[^']*'|[^\s"'#]+)\s+$/.test(typed);
    if (isWhole && /^\s*(?:#|$)/.test(after)) return undefined;
    // The value as far as it is typed, up to blanks and a comment behind it.
    const rest = after.match(/^(?:"[^"]*"|'[^']*'|[^#])*/)?.[0].trimEnd().length ?? 0;
    const replace = { start: offset - typed.length, end: offset + rest };
    return {
      kind: 'value',
      of: memberFolded(of, name) ?? memberOf(of, name),
      replace,
      before: '',
      indent: '',
    };
  }
  const [, way = '', word] = before.match(halfKey) ?? [];
  if (word === undefined) return undefined;
  const rest = after.match(/^[\w-]*["']?/)?.[0].length ?? 0;
  // Before a bracket nothing can stand; before a dot stands the name of a table.
  const tail = after.slice(rest).trim();
  if (!/^(?:[=#]|$)/.test(tail)) return undefined;
  const replace = { start: offset - word.length, end: offset + rest };
  // Above the first table there are no keys: tables are what can begin here.
  if (above.top && way === '' && !tail.startsWith('='))
    return { kind: 'header', replace, brackets: '', free: isFreeBelow(text, replace.end) };
  const table = partsOf(way).reduce(step, above.table);
  return {
    kind: 'key',
    ...keysOf(table, replace.start),
    replace,
    named: tail.startsWith('='),
    indent: before.match(/^\s*/)?.[0] ?? '',
    document: 0,
    ...(way !== '' && { dotted: true }),
    ...(way === '' && before.trim() === word && { below: isFreeBelow(text, replace.end) }),
  };
}

/** What the table takes and has already, but for what begins at `start`. */
function keysOf({ of, node }: Table, start: number): Pick<KeyPlace, 'of' | 'present' | 'table' | 'value'> {
  const map = node && target(node);
  if (map?.kind !== 'map') return { of, present: new Set() };
  const here = map.entries.find(({ key }) => key.span.start === start);
  const names = [...presentKeys(map, here)];
  const known = names.flatMap((name) => memberFolded(of, name)?.name ?? []);
  return { of, present: new Set([...names, ...known]), table: map, ...(here && { value: here.value }) };
}

function partsOf(dotted: string): string[] {
  return [...dotted.matchAll(new RegExp(part, 'g'))].map(([one]) => one.replace(/^["']|["']$/g, ''));
}

/** The table one name further; a table of its own header takes nothing by dots. */
function step({ of, node }: Table, name: string): Table {
  const found = valueFolded(node, name);
  const table = found && target(found);
  if (table !== undefined && !takesDots(table)) return { of: undefined, node: undefined };
  return { of: memberFolded(of, name), node: found };
}

/** The value of a map's entry, in whatever case its name is written. */
export function valueFolded(node: Node | undefined, name: string): Node | undefined {
  return node && valuesFolded(node, name).at(-1);
}

/** Whether dotted keys may go on in a table: no header opens it or what lies in it. */
export function takesDots(node: Node): boolean {
  if (node.kind === 'missing') return true;
  if (node.kind !== 'map' || node.style !== 'table' || (node.headers ?? []).length > 0) return false;
  return node.entries.every(
    ({ value }) => value.kind !== 'map' || value.style === 'flow' || takesDots(value),
  );
}

/** The table of the last header above, and whether there is none. */
function tableAbove(root: Bound, lineStart: number): { table: Table; top: boolean } {
  let last = -1;
  let table: Table = { of: root.definition, node: root.node };
  const visit = (bound: Bound) => {
    const node = target(bound.node);
    const headers = node.kind === 'map' ? (node.headers ?? []) : [];
    for (const { start } of headers) {
      if (start >= lineStart || start <= last) continue;
      last = start;
      table = { of: bound.definition, node };
    }
    bound.children.forEach(visit);
  };
  visit(root);
  return { table, top: last < 0 };
}

/** What is written at a path, in whatever case its names are. */
export function nodesAt(root: Node, path: readonly string[]): Node[] {
  return path.reduce<Node[]>((nodes, name) => nodes.flatMap((node) => valuesFolded(node, name)), [root]);
}

function valuesFolded(node: Node, name: string): Node[] {
  const map = target(node);
  const folded = name.toLowerCase();
  if (map.kind !== 'map') return [];
  return map.entries
    .filter(({ key }) => String(key.value).toLowerCase() === folded)
    .map(({ value }) => value);
}
