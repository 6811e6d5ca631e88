// Puts entries and headers into a TOML text, beside what is like them: a key behind the last of its table, with the
// indent of its neighbours; a table behind its parent's.
import { type Block, blocksOf, chainOf, indentAt, type Places, startWithComments } from './tomlPlaces.ts';
import { insertion, type Statement } from './tomlReader.ts';
import { lineEnd } from './tomlScalar.ts';
import { writeKey } from './tomlWrite.ts';
import type { MapNode, TextEdit } from './tree.ts';

/** An entry to put somewhere. */
export interface Piece {
  readonly key: string;
  /** As TOML. */
  readonly value: string;
  /** Comment lines that stand above it. */
  readonly above: readonly string[];
  /** A comment behind it, or ''. */
  readonly behind: string;
}

/** Puts a piece into a map of the tree; statements in `leaving` are about to go and cannot be built on. */
export function put(
  places: Places,
  into: MapNode,
  piece: Piece,
  leaving: readonly Statement[] = [],
): TextEdit[] {
  if (into.style === 'flow') return putIntoBraces(places, into.span.start, piece);
  const chain = chainOf(places.root, into);
  if (chain === undefined) return [];
  const id = chain.at(-1);
  if (id === undefined) return putIntoRoot(places, piece, leaving);
  const block = blocksOf(places).findLast(({ header }) => header?.chain.at(-1) === id);
  if (block) return putIntoBlock(places, block, piece, leaving);
  return putDotted(places, id, piece, leaving) ?? putHeaderBefore(places, chain, piece);
}

function putIntoRoot(places: Places, piece: Piece, leaving: readonly Statement[]): TextEdit[] {
  const [top, next] = blocksOf(places);
  const last = top?.pairs.findLast((pair) => !leaving.includes(pair));
  if (last) return [behind(places, last, piece)];
  const { text, eol } = places;
  if (next?.header === undefined) return atEnd(places, lines(piece, ''), false);
  const start = startWithComments(places, next.header.span.start);
  return [insertion(start, `${lines(piece, indentAt(text, next.header.span.start)).join(eol)}${eol}${eol}`)];
}

function putIntoBlock(places: Places, block: Block, piece: Piece, leaving: readonly Statement[]): TextEdit[] {
  const anchor = block.pairs.findLast((pair) => !leaving.includes(pair)) ?? block.header;
  return anchor ? [behind(places, anchor, piece)] : [];
}

/** As lines of their own under the statement. */
function behind({ text, eol }: Places, anchor: Statement, piece: Piece): TextEdit {
  const added = lines(piece, indentAt(text, anchor.span.start));
  return insertion(lineEnd(text, anchor.span.end), added.map((line) => eol + line).join(''));
}

function lines({ key, value, above, behind: note }: Piece, indent: string): string[] {
  return [...above, `${key} = ${value}${note && ` ${note}`}`].map((line) => indent + line);
}

/** Into a table that only dotted keys make: one more of them. */
function putDotted(
  places: Places,
  id: number,
  piece: Piece,
  leaving: readonly Statement[],
): TextEdit[] | undefined {
  const { statements, flows } = places.reading;
  const anchor = statements.findLast(
    (one) => one.kind === 'pair' && one.ids.includes(id) && !leaving.includes(one),
  );
  const slot = flows.flatMap(({ slots }) => slots).findLast(({ ids }) => ids.includes(id));
  const way = anchor ?? slot;
  if (way === undefined) return undefined;
  const prefix = way.parts.slice(0, way.ids.indexOf(id) + 1).map(({ raw }) => raw);
  const dotted = { ...piece, key: [...prefix, piece.key].join('.') };
  if (anchor) return [behind(places, anchor, dotted)];
  return [insertion(way.span.end, `, ${dotted.key} = ${piece.value}`)];
}

/** Into a table that only the headers of its children make: a header of its own before the first. */
function putHeaderBefore(places: Places, chain: readonly number[], piece: Piece): TextEdit[] {
  const { eol, reading, text } = places;
  const id = chain.at(-1);
  const child = reading.statements.find(
    ({ kind, ids }) => kind !== 'pair' && id !== undefined && ids.includes(id),
  );
  if (child === undefined || id === undefined) return [];
  const name = child.parts.slice(0, child.ids.indexOf(id) + 1).map(({ raw }) => raw);
  const indent = indentAt(text, child.span.start);
  const added = [`${indent}[${name.join('.')}]`, ...lines(piece, indent), ''];
  return [insertion(startWithComments(places, child.span.start), added.map((line) => line + eol).join(''))];
}

function putIntoBraces({ reading, text }: Places, start: number, { key, value }: Piece): TextEdit[] {
  const last = reading.flows.findLast((flow) => flow.start === start)?.slots.at(-1);
  if (last) return [insertion(last.span.end, `, ${key} = ${value}`)];
  const close = text.charAt(start + 1) === '}' ? ' ' : '';
  return [insertion(start + 1, ` ${key} = ${value}${close}`)];
}

/** Makes the table `names` below `parent` with the piece in it. */
export function putNew(
  places: Places,
  parent: MapNode,
  path: readonly string[],
  missing: readonly string[],
  piece: Piece,
  leaving: readonly Statement[] = [],
): TextEdit[] {
  const chain = chainOf(places.root, parent);
  const id = chain?.at(-1);
  const blocks = blocksOf(places);
  const last = blocks.findLastIndex(
    ({ header, pairs }) =>
      id === undefined ||
      header?.chain.includes(id) === true ||
      pairs.some((pair) => pair.chain.includes(id)),
  );
  if (parent.style === 'flow' || last < 0) {
    const [first = '', ...rest] = missing.map(writeKey);
    const value = rest.reduceRight(
      (inner, name) => `{ ${name} = ${inner} }`,
      `{ ${piece.key} = ${piece.value} }`,
    );
    return put(places, parent, { key: first, value, above: [], behind: '' }, leaving);
  }
  const added = [`[${path.map(writeKey).join('.')}]`, ...lines(piece, '')];
  const next = blocks[last + 1]?.header;
  if (next === undefined) return atEnd(places, added, true);
  const start = startWithComments(places, next.span.start);
  const gap = emptyAbove(places.text, start) ? [] : [''];
  return [insertion(start, [...gap, ...added, ''].map((line) => line + places.eol).join(''))];
}

function atEnd({ text, eol }: Places, added: readonly string[], apart: boolean): TextEdit[] {
  const empty = text.replace('\ufeff', '') === '';
  const open = empty || text.endsWith('\n') ? '' : eol;
  const gap = apart && !empty && !emptyAbove(text + open, text.length + open.length) ? eol : '';
  return [insertion(text.length, open + gap + added.map((line) => line + eol).join(''))];
}

/** Whether an empty line, or nothing, stands above the line that begins at `pos`. */
function emptyAbove(text: string, pos: number): boolean {
  return /(?:^\ufeff?|\n[ \t\r]*\n)$/.test(text.slice(Math.max(0, pos - 200), pos)) || pos === 0;
}
