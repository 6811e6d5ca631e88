// What the analysis says: findings, their fixes, and the words for both. Identity is the rule's id, never a text.
import type { Change, Span } from './syntax/tree.ts';

export type Family = 'daemon' | 'storage' | 'k8s';

/** error: this engine version refuses the file or it can never work · warning: ignored, data at risk, open to the network, or removed later · info: likely not meant · hint: could be simpler. */
export type Level = 'error' | 'warning' | 'info' | 'hint';

/** What the engine does about it: refused when it reads the file · fails-later at start, provisioning, bind or mount · ignored · risk · style. */
export type Effect = 'refused' | 'fails-later' | 'ignored' | 'risk' | 'style';

/** A text by id; the words come from the rule (English) or a locale file, `{name}` filled from args. */
export interface Message {
  readonly id: string;
  readonly args: Readonly<Record<string, string>>;
}

export interface Fix {
  readonly title: Message;
  /** safe: the engine behaves the same or the file was refused before; suggestion: a person should look. */
  readonly kind: 'safe' | 'suggestion';
  readonly changes: readonly Change[];
}

export interface Related {
  readonly span: Span;
  readonly message: Message;
}

export interface Finding {
  /** The rule's id. */
  readonly code: string;
  readonly level: Level;
  readonly effect: Effect;
  readonly span: Span;
  readonly message: Message;
  /** Where in the document, as names and indexes from its root. */
  readonly path: readonly (string | number)[];
  /** Which document of the stream, from 0. */
  readonly document: number;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

/** What a file is: its family, and what its path says about who reads it. */
export interface FileKind {
  readonly family: Family;
  readonly format: 'json' | 'toml' | 'yaml';
  /** The engine's user where the path tells: rootless configuration lies in a home directory. */
  readonly scope: 'system' | 'user' | 'unknown';
}

/** Engine versions that a file is judged for, `major.minor[.patch]`. */
export interface Versions {
  readonly docker: string;
  readonly containersStorage: string;
  readonly kubernetes: string;
}

/** Learnt from engines beforehand and passed in as values, so that analysis never waits. */
export interface Facts {
  /** Versions of engines that are connected; a setting wins over them. */
  readonly versions?: Partial<Versions>;
}

export interface Settings {
  readonly versions?: Partial<Versions>;
  /** Rule id → level, or off. */
  readonly rules?: Readonly<Record<string, Level | 'off'>>;
}
