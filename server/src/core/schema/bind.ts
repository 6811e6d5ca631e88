// Ties every node of a tree to its definition, once; completion, hover and rules read this and never walk schemas again.
import type { Family } from '../finding.ts';
import type { Document, Entry, MapNode, Node } from '../syntax/tree.ts';
import type { Definition } from './definition.ts';

/** A node and what the schema says it is. */
export interface Bound {
  /** As written: an alias stays an alias (use `target`). */
  readonly node: Node;
  /** Undefined where the schema has no opinion (opaque, or an unknown member). */
  readonly definition: Definition | undefined;
  /** Schema pointer; of an unknown member its parent's pointer and its name after `/?`. */
  readonly pointer: string;
  readonly path: readonly (string | number)[];
  readonly document: number;
  readonly parent: Bound | undefined;
  /** The entry whose value it is, where the parent is a map. */
  readonly entry: Entry | undefined;
  /** Entries of this map that the schema does not know. */
  readonly unknown: readonly Entry[];
  readonly children: readonly Bound[];
}

export interface Binding {
  readonly family: Family;
  /** One for each document that is ours, in order. */
  readonly roots: readonly Bound[];
  /** All bound places in source order, roots included. */
  readonly all: readonly Bound[];
  /** The places that a schema pointer names. */
  at(pointer: string): readonly Bound[];
  /** The innermost bound place that holds an offset, and its document. */
  find(offset: number): Bound | undefined;
  of(node: Node): Bound | undefined;
}

export type { Document, MapNode };
