// Where the cursor stands in TOML: headers and entries go by lines, what is in brackets goes as in JSON.
import type { Analysis } from '../analyze.ts';
import type { Bound } from '../schema/bind.ts';
import { definitionAt } from '../schema/load.ts';
import { get, type Node, target } from '../syntax/tree.ts';
import { flowPlace, memberOf, type Place, presentKeys } from './place.ts';

/** The place of an offset, or undefined in a comment and in a text of several lines. */
export function placeInToml(text: string, { binding, tree }: Analysis, offset: number): Place | undefined {
  if (tree.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  const here = binding.find(offset);
  if (isLongText(here?.node, offset)) return undefined;
  const flow = bracketed(here, text, offset);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const after = text.slice(offset).match(/^[^\r\n]*/)?.[0] ?? '';
  const header = before.match(/^\s*\[{1,2}([\w."' -]*)$/);
  if (header !== null && flow === undefined) {
    const rest = after.match(/^[\w."'-]*/)?.[0].length ?? 0;
    const start = offset - (header[1]?.length ?? 0);
    return {
      kind: 'header',
      replace: { start, end: offset + rest },
      opened: true,
      closed: after.slice(rest).startsWith(']'),
    };
  }
  if (flow !== undefined) return flowPlace({ text, offset, separator: '=' }, flow);
  return linePlace(text, tree.documents[0]?.root, offset, before, after);
}

function isLongText(node: Node | undefined, offset: number): boolean {
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

function linePlace(
  text: string,
  root: Node | undefined,
  offset: number,
  before: string,
  after: string,
): Place | undefined {
  const path = tableAbove(text.slice(0, offset));
  const of = definitionAt(`storage#/${path.join('/')}`.replace(/\/$/, ''));
  let table: Node | undefined = root;
  for (const step of path) table = get(table, step);
  const map = table && target(table);
  const assigned = before.match(/^\s*([\w-]+)\s*=\s*(.*)$/);
  if (assigned !== null) {
    const [, name = '', typed = ''] = assigned;
    const start = offset - typed.length;
    // The value as far as it is typed, up to blanks and a comment behind it.
    const rest = after.match(/^(?:"[^"]*"|'[^']*'|[^#])*/)?.[0].trimEnd().length ?? 0;
    return {
      kind: 'value',
      of: memberOf(of, name),
      replace: { start, end: offset + rest },
      before: '',
      indent: '',
    };
  }
  const word = before.match(/[\w-]*$/)?.[0] ?? '';
  if (before.slice(0, before.length - word.length).trim() !== '') return undefined;
  const rest = after.match(/^[\w-]*/)?.[0].length ?? 0;
  const replace = { start: offset - word.length, end: offset + rest };
  // Above the first table there are no keys: tables are what can begin here.
  if (path.length === 0) return { kind: 'header', replace, opened: false, closed: false };
  const here =
    map?.kind === 'map' ? map.entries.find(({ key }) => key.span.start === replace.start) : undefined;
  return {
    kind: 'key',
    of,
    present: map?.kind === 'map' ? presentKeys(map, here) : new Set(),
    replace,
    named: /^\s*=/.test(after.slice(rest)),
    indent: before.slice(0, before.length - word.length),
    document: 0,
  };
}

/** The path of the last header above. */
function tableAbove(text: string): string[] {
  const headers = [...text.matchAll(/^[ \t]*\[{1,2}([\w."' -]+)\]{1,2}/gm)];
  return (headers.at(-1)?.[1] ?? '')
    .split('.')
    .flatMap((part) => part.trim().replace(/^["']|["']$/g, '') || []);
}
