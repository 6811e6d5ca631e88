// Where the cursor stands in YAML: block style goes by lines and columns, so that half-typed and empty lines count too.
import type { Analysis } from '../analyze.ts';
import { type Bound, variantOf } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';

import { kindDefinition } from '../schema/kinds.ts';
import { get, type Node, target, text as textOf } from '../syntax/tree.ts';
import { anyKind, anyManifest } from './anyKind.ts';
import { flowPlace, memberOf, type Place } from './place.ts';

/** The place of an offset, or undefined in comments, block texts and documents of unknown kinds below their first level. */
export function placeInYaml(text: string, analysis: Analysis, offset: number): Place | undefined {
  const { binding, tree } = analysis;
  if (tree.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  const flow = bracketed(binding.find(offset), offset);
  if (flow !== undefined) return flowPlace({ text, offset, separator: ':' }, flow);
  const unknown = binding.find(offset) === undefined ? anyManifest(analysis, offset) : undefined;
  if (unknown !== undefined) return flowPlace({ text, offset, separator: ':' }, unknown);
  const index = Math.max(
    0,
    tree.documents.findLastIndex(({ span }) => span.start <= offset),
  );
  const document = tree.documents[index];
  if (document === undefined || document.templated) return undefined;
  const version = textOf(get(document.root, 'apiVersion')) ?? '';
  const kind = textOf(get(document.root, 'kind')) ?? '';
  const root = kindDefinition(version, kind) ?? anyKind(version, kind);
  const from = documentStart(text, offset);
  const lines = text.slice(from, offset).split(/\r?\n/);
  const line = lines.pop() ?? '';
  const after = text.slice(offset).match(/^[^\r\n]*/)?.[0] ?? '';
  return linePlace({
    text,
    from,
    offset,
    above: lines,
    line,
    after,
    root,
    node: document.root,
    document: index,
  });
}

interface Line {
  readonly text: string;
  readonly from: number;
  readonly offset: number;
  readonly above: readonly string[];
  readonly line: string;
  readonly after: string;
  readonly root: Definition;
  readonly node: Node;
  readonly document: number;
}

function linePlace(at: Line): Place | undefined {
  const [, dashes = '', rest = ''] = at.line.match(/^([ \t]*(?:-[ \t]+)*)(.*)$/) ?? [];
  const open = openAbove(at.above);
  if (open === undefined) return undefined;
  const steps = descend(open, dashes);
  const of = steps.reduce<Definition | undefined>((definition, step) => {
    if (step.key === undefined) return definition?.items;
    // What a map at the first level may hold can hang on a sibling: on a class's driver.
    const member = memberOf(definition, step.key);
    return definition === at.root ? variantOf(member, at.node, at.root) : member;
  }, at.root);
  const indent = dashes.replace(/-/g, ' ');
  const assigned = rest.match(/^["']?([\w./-]+)["']?:[ \t]+(.*)$/);
  if (assigned !== null) {
    const [, name = '', typed = ''] = assigned;
    const tail = at.after.match(/^(?:"[^"]*"|'[^']*'|[^#\r])*/)?.[0].trimEnd().length ?? 0;
    const replace = { start: at.offset - typed.length, end: at.offset + tail };
    return { kind: 'value', of: memberOf(of, name), replace, before: '', indent };
  }
  if (!/^["']?[\w./-]*$/.test(rest)) return undefined;
  const tail = at.after.match(/^[\w./-]*["']?/)?.[0].length ?? 0;
  const replace = { start: at.offset - rest.length, end: at.offset + tail };
  // A list whose first dash is not written yet, or one of its items.
  if (of?.items !== undefined) return { kind: 'value', of: of.items, replace, before: '- ', indent };
  if (of?.properties === undefined) return { kind: 'value', of, replace, before: '', indent };
  return {
    kind: 'key',
    of,
    present: siblings(at, dashes.length),
    replace,
    named: /^\s*:/.test(at.after.slice(tail)),
    indent,
    document: at.document,
  };
}

interface Step {
  readonly column: number;
  /** Undefined for an item of a list. */
  readonly key: string | undefined;
}

/** The keys and items that are open behind the lines above; undefined inside a block text. */
function openAbove(lines: readonly string[]): Step[] | undefined {
  let open: Step[] = [];
  let blockText: number | undefined;
  for (const line of lines) {
    const column = line.search(/\S/);
    if (column < 0) continue;
    if (blockText !== undefined && column > blockText) continue;
    blockText = undefined;
    if (line.trimStart().startsWith('#')) continue;
    const [, dashes = '', key, value = ''] =
      line.match(/^([ \t]*(?:-[ \t]+)*)(?:["']?([\w./-]+)["']?:(?:[ \t]+(.*))?$)?/) ?? [];
    open = descend(open, dashes);
    if (key !== undefined)
      open = [...open.filter((step) => step.column < dashes.length), { column: dashes.length, key }];
    if (/^[|>][-+\d]*\s*(#.*)?$/.test(value)) blockText = column;
  }
  return blockText === undefined ? open : undefined;
}

/** What is left open for a line that begins with these blanks and dashes. */
function descend(open: readonly Step[], dashes: string): Step[] {
  let left = [...open];
  for (const { index } of dashes.matchAll(/-/g)) {
    // A dash may stand under its key.
    left = left.filter(({ column, key }) => column < index || (column === index && key !== undefined));
    left.push({ column: index, key: undefined });
  }
  return left.filter(({ column }) => column < dashes.length);
}

/** The keys at the same column of the same map. */
function siblings({ text, from, offset, line }: Line, column: number): Set<string> {
  const found = new Set<string>();
  const key = (one: string) => one.match(/^[ \t]*(?:-[ \t]+)*["']?([\w./-]+)["']?:(?:\s|$)/)?.[1];
  const start = offset - line.length;
  const collect = (lines: readonly string[], beginsItem: (line: string) => boolean) => {
    for (const one of lines) {
      const at = one.match(/^[ \t]*(?:-[ \t]+)*/)?.[0].length ?? 0;
      if (one.trim() === '' || at > column) continue;
      if (at < column || one.startsWith('---')) return;
      const name = key(one);
      if (name !== undefined) found.add(name);
      if (beginsItem(one)) return;
    }
  };
  const isItem = (one: string) => one.trimStart().startsWith('- ');
  if (!isItem(line)) collect(text.slice(from, start).split('\n').slice(0, -1).reverse(), isItem);
  const below = text.slice(offset).split('\n').slice(1);
  const end = below.findIndex(
    (one) => isItem(one) && (one.match(/^[ \t]*(?:-[ \t]+)*/)?.[0].length ?? 0) === column,
  );
  collect(end < 0 ? below : below.slice(0, end), () => false);
  return found;
}

function documentStart(text: string, offset: number): number {
  const marks = [...text.slice(0, offset).matchAll(/^---(?:\s.*)?$/gm)];
  const last = marks.at(-1);
  return last === undefined ? 0 : last.index + last[0].length + 1;
}

function bracketed(bound: Bound | undefined, offset: number): Bound | undefined {
  for (let at = bound; at !== undefined; at = at.parent) {
    const node = target(at.node);
    if ((node.kind === 'map' || node.kind === 'list') && node.style === 'flow') {
      if (at.node.span.start < offset && offset < at.node.span.end) return at;
    }
  }
  return undefined;
}
