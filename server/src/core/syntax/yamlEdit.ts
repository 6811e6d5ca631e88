// Turns wishes into edits of YAML text by its spans: indents, comments and neighbours stay as they are.
import {
  destinationOf,
  gapBefore,
  hasComment,
  inOrder,
  isBlank,
  lineEnd,
  lineStart,
  newlineOf,
  nextLine,
  plainOf,
  reindent,
  type Source,
  skipTrivia,
} from './editText.ts';
import { insertIntoFlow, removeFromFlow } from './flowEdit.ts';
import type { Change, Entry, ListNode, MapNode, Node, Plain, Span, TextEdit, Tree } from './tree.ts';
import { blockText, entryText, flowText, scalarText, valueText, type YamlStyle } from './yamlText.ts';

const cut = (start: number, end: number): TextEdit => ({ span: { start, end }, text: '' });
const put = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** The edits for one change; none where it cannot be made. */
export function editYaml(text: string, tree: Tree, change: Change): TextEdit[] {
  const source = { text, comments: tree.comments };
  const style = styleOf(text);
  switch (change.do) {
    case 'text':
      return [...change.edits];
    case 'create':
      return [];
    case 'replace':
      return [replace(text, tree, change.node, change.value, style)];
    case 'rename':
      return [{ span: change.entry.key.span, text: scalarText(change.name, change.entry.key) }];
    case 'remove':
      return inOrder(remove(source, change.from, change.item));
    case 'insert': {
      const { into, key, value } = change;
      if (into.style === 'flow') {
        return inOrder(insertIntoFlow(source, into, () => `${scalarText(key)}: ${flowText(value)}`));
      }
      return insertIntoBlock(source, into, (indent) => entryText(key, value, indent, style), style);
    }
    case 'move':
      return inOrder(move(source, tree, change, style));
  }
}

function styleOf(text: string): YamlStyle {
  const unit = text.match(/^[^\s#-][^\r\n]*:[ \t]*(?:#[^\r\n]*)?\r?\n( +)[^\s#-]/m)?.[1] ?? '  ';
  return { unit, newline: newlineOf(text) };
}

/** Spaces up to the column where something stands. */
function columnAt(text: string, at: number): string {
  return ' '.repeat(at - lineStart(text, at));
}

function replace(text: string, tree: Tree, node: Node, value: Plain, style: YamlStyle): TextEdit {
  const { start, end } = node.span;
  const owner = ownerOf(tree, node);
  const scalar = typeof value !== 'object' || value === null;
  const like = node.kind === 'scalar' ? node : undefined;
  if (node.kind === 'missing' || owner === undefined || owner.flow) {
    const before = node.kind === 'missing' ? gapBefore(text, start) : '';
    const behind = node.kind === 'missing' && text.charAt(end) === '#' ? ' ' : '';
    const block = node.kind !== 'missing' && owner === undefined;
    const written = scalar ? scalarText(value, like) : block ? blockText(value, '', style) : flowText(value);
    return { span: node.span, text: before + written + behind };
  }
  const column = columnAt(text, start);
  if (owner.entry === undefined) {
    return { span: node.span, text: scalar ? scalarText(value, like) : blockText(value, column, style) };
  }
  const key = owner.entry.key.span;
  const indent = columnAt(text, key.start);
  const colon = text.indexOf(':', key.end) + 1;
  if (isBlank(text, colon, start)) {
    return {
      span: { start: colon, end },
      text: scalar ? ` ${scalarText(value, like)}` : valueText(value, indent, style),
    };
  }
  // A comment or an anchor stands between: the value keeps its place, but deeper than its key.
  const pad = column.length > indent.length ? '' : style.unit;
  return {
    span: node.span,
    text: pad + (scalar ? scalarText(value, like) : blockText(value, column + pad, style)),
  };
}

interface Owner {
  readonly entry?: Entry;
  readonly flow: boolean;
}

/** What holds a node. */
function ownerOf(tree: Tree, node: Node): Owner | undefined {
  const waiting: Node[] = tree.documents.map(({ root }) => root);
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const flow = one.kind === 'map' || one.kind === 'list' ? one.style === 'flow' : false;
    if (one.kind === 'map') {
      const entry = one.entries.find(({ value }) => value === node);
      if (entry !== undefined) return { entry, flow };
      waiting.push(...one.entries.map(({ value }) => value));
    } else if (one.kind === 'list') {
      if (one.items.includes(node)) return { flow };
      waiting.push(...one.items);
    }
  }
  return undefined;
}

function remove(source: Source, from: MapNode | ListNode, item: Entry | Node): TextEdit[] {
  if (from.style === 'flow') return removeFromFlow(source, from, item);
  const parts: readonly { readonly span: Span }[] = from.kind === 'map' ? from.entries : from.items;
  const index = parts.indexOf(item);
  if (index < 0) return [];
  const { text } = source;
  const previous = parts[index - 1];
  const start =
    from.kind === 'map' ? item.span.start : dashBefore(source, previous?.span.end ?? from.span.start, item);
  const { end } = item.span;
  if (parts.length === 1) return [{ span: { start, end }, text: emptied(text, from, start) }];
  if (isBlank(text, lineStart(text, start), start)) return [cutLines(source, start, end)];
  // It shares its line with the dash of the list around it: what follows moves up.
  const next = skipTrivia(source, end);
  return [hasComment(source, end, next) ? cut(start, end) : cut(start, next)];
}

/** An empty collection needs more indent than the key that holds it, which a list of dashes does not. */
function emptied(text: string, from: MapNode | ListNode, start: number): string {
  if (from.kind === 'map') return '{}';
  return isBlank(text, lineStart(text, start), start) ? '  []' : '[]';
}

function dashBefore(source: Source, from: number, item: { readonly span: Span }): number {
  const at = skipTrivia(source, from);
  return source.text[at] === '-' ? at : item.span.start;
}

/** Takes whole lines away; a comment behind the last of them stays in its place. */
function cutLines(source: Source, start: number, end: number): TextEdit {
  const { text } = source;
  const last = lineEnd(text, end);
  if (isBlank(text, end, last)) return cut(lineStart(text, start), nextLine(text, last));
  return cut(start, skipBlanks(text, end));
}

function skipBlanks(text: string, from: number): number {
  return from + (text.slice(from).match(/^[ \t]*/)?.[0].length ?? 0);
}

type Lines = (indent: string) => string;

function insertIntoBlock(source: Source, map: MapNode, lines: Lines, { newline }: YamlStyle): TextEdit[] {
  const { text } = source;
  const last = map.entries.at(-1);
  if (last === undefined) return [];
  const keyAt = last.key.span.start;
  const line = lineStart(text, keyAt);
  const explicit = text.slice(line, keyAt).match(/^( *)\? /)?.[1];
  const indent = explicit ?? columnAt(text, keyAt);
  return [put(endOfBlock(text, last), `${newline}${indent}${lines(indent)}`)];
}

/** The end of an entry's last line; the blank lines after a text that keeps them (`|+`) belong to it. */
function endOfBlock(text: string, { value, span }: Entry): number {
  const end = lineEnd(text, span.end);
  const leaf = lastLeaf(value);
  if (leaf.kind !== 'scalar' || !/^[|>]\d?\+/.test(leaf.raw)) return end;
  return end + (text.slice(end).match(/^(?:\r?\n[ \t]*)+(?=\r?\n|$)/)?.[0].length ?? 0);
}

function lastLeaf(node: Node): Node {
  const last =
    node.kind === 'map' ? node.entries.at(-1)?.value : node.kind === 'list' ? node.items.at(-1) : undefined;
  return last === undefined ? node : lastLeaf(last);
}

/** From the first of the comment lines right above an entry. */
function withOwnComments({ text, comments }: Source, start: number): number {
  let line = lineStart(text, start);
  if (!isBlank(text, line, start)) return start;
  for (;;) {
    const above = lineStart(text, Math.max(0, line - 1));
    const comment = comments.find((one) => one.start >= above && one.end < line);
    if (above === line || comment === undefined || !isBlank(text, above, comment.start)) return line;
    line = above;
  }
}

function move(
  source: Source,
  tree: Tree,
  change: Extract<Change, { do: 'move' }>,
  style: YamlStyle,
): TextEdit[] {
  const { from, entry } = change;
  const destination = destinationOf(tree, change);
  if (destination === undefined) return [];
  const { map, hole, rest } = destination;
  const { text } = source;
  const own = columnAt(text, entry.span.start);
  const sole = from.entries.length === 1;
  const alone =
    from.style === 'block' && isBlank(text, lineStart(text, entry.span.start), entry.span.start) && !sole;
  const start = alone ? withOwnComments(source, entry.span.start) : entry.span.start;
  const end = alone ? lineEnd(text, entry.span.end) : entry.span.end;
  const raw = from.style === 'block' ? text.slice(start, end).trimStart() : undefined;
  const plain = plainOf(entry.value);
  const name = String(entry.key.value);
  const written: Lines = (indent) =>
    raw === undefined ? entryText(name, plain, indent, style) : reindent(raw, own, indent);
  const lines: Lines = (indent) => nested(rest, written, indent, style);
  if (map === from && hole === undefined) {
    if (map.style === 'flow') return [];
    return [{ span: { start, end }, text: (alone ? own : '') + lines(own) }];
  }
  const removal = alone ? [cut(start, nextLine(text, end))] : remove(source, from, entry);
  if (hole !== undefined) {
    const inner = columnAt(text, hole.entry.key.span.start) + style.unit;
    const at = lineEnd(text, hole.value.span.end);
    return joined(removal, put(at, `${style.newline}${inner}${lines(inner)}`), style);
  }
  if (map.style !== 'flow') {
    return insertIntoBlock(source, map, lines, style).flatMap((edit) => joined(removal, edit, style));
  }
  const value = rest.reduceRight<Plain>((inner, key) => ({ [key]: inner }), { [name]: plain });
  const [[key, one] = [name, plain]] = Object.entries(value as Record<string, Plain>);
  return [...removal, ...insertIntoFlow(source, map, () => `${scalarText(key)}: ${flowText(one)}`)];
}

/** New lines that belong right behind lines that go take their place. */
function joined(removal: readonly TextEdit[], insertion: TextEdit, { newline }: YamlStyle): TextEdit[] {
  const at = insertion.span.start;
  const over = removal.find(({ span }) => span.start <= at && at < span.end);
  if (over === undefined) return [...removal, insertion];
  const lines = insertion.text.slice(newline.length) + newline;
  return removal.map((edit) => (edit === over ? { span: edit.span, text: edit.text + lines } : edit));
}

function nested(names: readonly string[], lines: Lines, indent: string, style: YamlStyle): string {
  const [name, ...rest] = names;
  if (name === undefined) return lines(indent);
  const inner = indent + style.unit;
  return `${scalarText(name)}:${style.newline}${inner}${nested(rest, lines, inner, style)}`;
}
