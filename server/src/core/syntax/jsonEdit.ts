// Turns wishes into edits of JSON text: commas, indents and comments stay right.
import { destinationOf, gapBefore, indentAt, inOrder, newlineOf, reindent } from './editText.ts';
import { insertIntoFlow, type Member, removeFromFlow } from './flowEdit.ts';
import type { Change, Node, Plain, TextEdit, Tree } from './tree.ts';

/** The edits for one change; none where it cannot be made. */
export function editJson(text: string, tree: Tree, change: Change): TextEdit[] {
  const source = { text, comments: tree.comments };
  const style = styleOf(text);
  switch (change.do) {
    case 'text':
      return [...change.edits];
    case 'create':
      return [];
    case 'replace': {
      const { start } = change.node.span;
      if (isPart(change.node)) return [{ span: change.node.span, text: bare(change.value) }];
      const gap = change.node.kind === 'missing' ? gapBefore(text, start) : '';
      return [{ span: change.node.span, text: gap + jsonText(change.value, indentAt(text, start), style) }];
    }
    case 'rename':
      return [
        {
          span: change.entry.key.span,
          text: isPart(change.entry.key) ? bare(change.name) : JSON.stringify(change.name),
        },
      ];
    case 'remove':
      return inOrder(removeFromFlow(source, change.from, change.item));
    case 'insert': {
      const member: Member = (indent) =>
        `${JSON.stringify(change.key)}: ${jsonText(change.value, indent, style)}`;
      return inOrder(insertIntoFlow(source, change.into, member, style.unit));
    }
    case 'move':
      return inOrder(move(text, tree, change, style));
  }
}

function isPart(node: Node): boolean {
  return node.kind === 'scalar' && node.part === true;
}

/** A text as it stands inside a string. */
function bare(value: Plain): string {
  return JSON.stringify(String(value)).slice(1, -1);
}

interface Style {
  readonly unit: string;
  readonly newline: string;
}

function styleOf(text: string): Style {
  return { unit: text.match(/^([ \t]+)\S/m)?.[1] ?? '  ', newline: newlineOf(text) };
}

/** A value as JSON; lists of scalars stay on one line. */
function jsonText(value: Plain, indent: string, style: Style): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = indent + style.unit;
  const lines = (parts: string[], open: string, close: string) =>
    parts.length === 0
      ? open + close
      : `${open}${style.newline}${parts.map((part) => inner + part).join(`,${style.newline}`)}${style.newline}${indent}${close}`;
  if (isList(value)) {
    const parts = value.map((item) => jsonText(item, inner, style));
    const flat = value.every((item) => typeof item !== 'object' || item === null);
    return flat ? `[${parts.join(', ')}]` : lines(parts, '[', ']');
  }
  const parts = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}: ${jsonText(one, inner, style)}`,
  );
  return lines(parts, '{', '}');
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

// Comments are no part of JSON, so they do not move along: the fix for them is to go.
function move(text: string, tree: Tree, change: Extract<Change, { do: 'move' }>, style: Style): TextEdit[] {
  const { from, entry } = change;
  const destination = destinationOf(tree, change);
  if (destination === undefined) return [];
  const { map, hole, rest } = destination;
  const raw = text.slice(entry.span.start, entry.span.end);
  const own = indentAt(text, entry.span.start);
  const member: Member = (indent) => nested(rest, raw, own, indent, style);
  const source = { text, comments: tree.comments };
  const removal = removeFromFlow(source, from, entry);
  if (hole !== undefined) {
    const indent = indentAt(text, hole.entry.span.start);
    const gap = gapBefore(text, hole.value.span.start);
    const inner = `{${style.newline}${indent}${style.unit}${member(indent + style.unit)}${style.newline}${indent}}`;
    return [...removal, { span: hole.value.span, text: gap + inner }];
  }
  if (map === from) return [{ span: entry.span, text: member(own) }];
  return [...removal, ...insertIntoFlow(source, map, member, style.unit)];
}

/** The entry as written, inside objects of the given names. */
function nested(names: readonly string[], raw: string, own: string, indent: string, style: Style): string {
  const [name, ...rest] = names;
  if (name === undefined) return reindent(raw, own, indent);
  const inner = indent + style.unit;
  return `${JSON.stringify(name)}: {${style.newline}${inner}${nested(rest, raw, own, inner, style)}${style.newline}${indent}}`;
}
