// Our reader of TOML: one pass over the lines, picking itself up at the next line wherever one is wrong. Never throws.
// Gives the tree's root with exact places, what is wrong, and the list of statements that edits are made from.
import { clashed, readEquals, readKey } from './tomlKey.ts';
import {
  at,
  atLineEnd,
  insertion,
  lose,
  newReader,
  type Reader,
  restOfLine,
  skipBlanks,
  skipComment,
  take,
} from './tomlReader.ts';
import { lineEnd } from './tomlScalar.ts';
import { assign, finish, newTable, openHeader, type TableDraft } from './tomlTables.ts';
import { readValue } from './tomlValue.ts';
import type { MapNode, Node, ScalarNode } from './tree.ts';

export interface Reading extends Readonly<Omit<Reader, 'pos'>> {
  readonly root: MapNode;
}

/** Where the reader stands among the tables. */
interface Place {
  readonly root: TableDraft;
  table: TableDraft;
  chain: readonly number[];
}

/** Reads a whole text, a byte order mark left aside. */
export function readToml(text: string): Reading {
  const reader = newReader(text, text.startsWith('\ufeff') ? 1 : 0);
  const root = newTable();
  const place: Place = { root, table: root, chain: [] };
  while (reader.pos < text.length) {
    reader.lost = false;
    delete reader.oddBlanks;
    readStatement(reader, place);
    take(reader, /\r*\n?/y);
  }
  return { ...reader, root: finish(root, { start: 0, end: text.length }) };
}

function readStatement(reader: Reader, place: Place): void {
  skipBlanks(reader, /[ \t\r]+/y);
  reader.statement = reader.pos;
  if (!atLineEnd(reader)) {
    const wrong = take(reader, /\/\/|\/\*|;/y);
    if (wrong !== undefined) {
      const span = { start: reader.pos - wrong.length, end: reader.pos };
      lose(reader, 'wrong-comment', span, wrong === '/*' ? undefined : [{ span, text: '#' }]);
      reader.pos = lineEnd(reader.text, reader.pos);
    } else if (at(reader) === '[') readHeader(reader, place);
    else readPair(reader, place);
  }
  endStatement(reader);
}

/** Only a line feed ends a line; a carriage return counts as a blank. */
function endStatement(reader: Reader): void {
  skipBlanks(reader, /[ \t\r]+/y);
  if (!atLineEnd(reader)) surplus(reader);
  skipComment(reader);
  take(reader, /[ \t\r]+/y);
}

/** What stands behind a statement and is no comment. */
function surplus(reader: Reader): void {
  const rest = restOfLine(reader);
  const text = reader.text.slice(rest.start, rest.end);
  const mark = /^(?:\/\/|;.)/.exec(text)?.[0].replace(/^;.*/, ';');
  if (mark === undefined) {
    const stray = /^[,;]$/.test(text);
    lose(reader, 'unexpected-text', rest, stray ? [{ span: rest, text: '' }] : undefined);
    reader.pos = rest.end;
    skipBlanks(reader);
    return;
  }
  const span = { start: rest.start, end: rest.start + mark.length };
  lose(reader, 'wrong-comment', span, [{ span, text: '#' }]);
  reader.pos = lineEnd(reader.text, reader.pos);
}

function readHeader(reader: Reader, place: Place): void {
  const start = reader.pos;
  const item = reader.text.startsWith('[[', start);
  reader.pos += item ? 2 : 1;
  skipBlanks(reader);
  const named = reader.pos;
  const parts = readKey(reader);
  if (parts.length === 0) parts.push(nothing(reader));
  closeHeader(reader, { start, named, close: item ? ']]' : ']' });
  const span = { start, end: reader.pos };
  const { table, ids, chain, clash } = openHeader(place.root, parts, span, item);
  clashed(reader, clash);
  place.table = table;
  place.chain = chain;
  reader.statements.push({ kind: item ? 'item' : 'header', parts, ids, chain, span });
}

/** A header whose name is not written yet. */
function nothing(reader: Reader): ScalarNode {
  const { pos } = reader;
  if (!atLineEnd(reader)) lose(reader, 'missing-key', { start: pos - 1, end: pos + 1 });
  return {
    kind: 'scalar',
    type: 'string',
    value: '',
    raw: '',
    quoted: false,
    span: { start: pos, end: pos },
  };
}

/** Steps over the closing brackets, or over what stands there instead. */
function closeHeader(
  reader: Reader,
  { start, named, close }: { start: number; named: number; close: ']' | ']]' },
): void {
  const end = reader.pos;
  skipBlanks(reader);
  if (reader.text.startsWith(close, reader.pos)) {
    reader.pos += close.length;
    return;
  }
  const found = take(reader, /\]/y) ?? '';
  const rest = restOfLine(reader);
  if (rest.end > rest.start && found === '') {
    const stop = reader.text.slice(rest.start, rest.end).indexOf(']');
    lose(reader, 'bad-header', {
      start: named,
      end: stop < 0 ? rest.end : rest.start + Math.max(1, stop),
    });
    reader.pos = stop < 0 ? rest.end : rest.start + stop;
    take(reader, /\]+/y);
    return;
  }
  if (found === '') reader.pos = end;
  // With a name that is still to come, a bracket alone mends nothing.
  const complete = !/[[.]/.test(reader.text.charAt(reader.pos - 1));
  const edits = complete ? [insertion(reader.pos, close.slice(found.length))] : undefined;
  lose(reader, 'unclosed-header', { start, end: reader.pos }, edits);
}

function readPair(reader: Reader, place: Place): void {
  const start = reader.pos;
  const parts = readKey(reader);
  if (parts.length === 0) {
    const rest = restOfLine(reader);
    if (at(reader) === '=') lose(reader, 'missing-key', { start, end: start + 1 });
    else lose(reader, 'unexpected-text', rest);
    reader.pos = rest.end;
    return;
  }
  const value: Node = readEquals(reader, parts, false)
    ? readValue(reader, false, start)
    : {
        kind: 'missing',
        span: { start: parts.at(-1)?.span.end ?? start, end: parts.at(-1)?.span.end ?? start },
      };
  const span = { start, end: value.span.end };
  const { ids, chain, clash } = assign(place.table, parts, value, span);
  clashed(reader, clash);
  reader.statements.push({ kind: 'pair', parts, ids, chain: [...place.chain, ...chain], span, value });
}
