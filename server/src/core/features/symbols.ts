// The outline of a file: maps and lists as far as people look, documents of a stream by kind and name.
import type { Analysis } from '../analyze.ts';
import { get, type Node, type Span, target, text } from '../syntax/tree.ts';

export interface DocumentSymbol {
  readonly name: string;
  /** The text of a scalar, or of a list in brackets. */
  readonly detail: string;
  readonly kind: 'document' | 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null';
  readonly span: Span;
  /** The name itself, within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** Deeper levels are not listed. */
const deepest = 12;

/** The symbols of a file, in source order. */
export function symbols({ tree, kind }: Analysis): DocumentSymbol[] {
  if (kind.family !== 'k8s') return tree.documents.flatMap(({ root }) => inside(root, 0));
  return tree.documents.flatMap(({ root }, index): DocumentSymbol[] => {
    const node = target(root);
    if (node.kind !== 'map' || node.entries.length === 0) return [];
    const what = text(get(node, 'kind'));
    const name = text(get(get(node, 'metadata'), 'name'));
    const title = [what, name].filter((part) => part !== undefined && part !== '').join(' ');
    const selection = node.entries[0]?.key.span ?? node.span;
    return [
      {
        name: title === '' ? `#${index + 1}` : title,
        detail: text(get(node, 'apiVersion')) ?? '',
        kind: 'document',
        span: node.span,
        selection,
        children: inside(root, 0),
      },
    ];
  });
}

function inside(node: Node, depth: number): DocumentSymbol[] {
  if (depth > deepest) return [];
  if (node.kind === 'map') {
    return node.entries.map(({ key, value, span }) =>
      symbol(String(key.value) || '""', value, around(span, value.span), key.span, depth),
    );
  }
  if (node.kind !== 'list') return [];
  return node.items.map((item, index) =>
    symbol(text(get(item, 'name')) ?? String(index), item, item.span, item.span, depth),
  );
}

function symbol(name: string, value: Node, span: Span, selection: Span, depth: number): DocumentSymbol {
  const children = inside(value, depth + 1);
  const detail = detailOf(value).slice(0, 80);
  return { name, detail, kind: kindOf(value), span: hull(span, value, children), selection, children };
}

/** A TOML table's body may lie behind its header's name. */
function around(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Tables of TOML lie where their headers do: what holds them reaches to them all, so that a cursor is found in both. */
function hull(span: Span, value: Node, children: readonly DocumentSymbol[]): Span {
  if ((value.kind !== 'map' && value.kind !== 'list') || value.style !== 'table') return span;
  return children.reduce((whole, child) => around(whole, child.span), span);
}

/** A scalar, or a list of some in brackets. */
function detailOf(node: Node): string {
  if (node.kind === 'scalar') return node.raw;
  if (node.kind !== 'list' || node.style !== 'flow') return '';
  const raws = node.items.map((item) => (item.kind === 'scalar' ? item.raw : '…'));
  return `[${raws.join(', ')}]`;
}

function kindOf(node: Node): DocumentSymbol['kind'] {
  if (node.kind === 'map' || node.kind === 'list') return node.kind;
  if (node.kind !== 'scalar') return 'null';
  if (node.type === 'integer' || node.type === 'float') return 'number';
  return node.type === 'boolean' || node.type === 'null' ? node.type : 'string';
}
