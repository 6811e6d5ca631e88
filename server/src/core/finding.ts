// What the analysis says: findings, their fixes, and the words for both. Identity is the rule's id, never a text.
import type { StoragePlace } from './storage/place.ts';
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
  /** The engine and version that it holds for: `Docker 28.5`. */
  readonly engine: string;
}

/** The system that dockerd runs on: its keys differ. */
export type Platform = 'linux' | 'windows';

/** What a file is: its family, and what its path says about who reads it. */
export interface FileKind {
  readonly family: Family;
  readonly format: 'json' | 'toml' | 'yaml';
  /** The engine's user where the path tells: rootless configuration lies in a home directory. */
  readonly scope: 'system' | 'user' | 'unknown';
  /** Where the path tells it. */
  readonly platform?: Platform;
  /** It lies where an engine looks for it, not in somebody's sources. */
  readonly live?: true;
  /** Of storage.conf and its drop-ins: which of them it is, and who reads it. Missing where the path does not tell. */
  readonly place?: StoragePlace;
  /** A Kubernetes file whose place says that it is laid over whole objects elsewhere. */
  readonly partial?: true;
}

/** What a file is judged for: engine versions, `major.minor[.patch]`, and the system that dockerd runs on. */
export interface Versions {
  readonly docker: string;
  readonly containersStorage: string;
  readonly kubernetes: string;
  readonly platform: Platform;
}

/** Where the version of a file's engine came from, the strongest first. */
export type VersionOrigin = 'setting' | 'beside' | 'engine' | 'newest';

/** A flag that dockerd is started with, and where that is written. */
export interface DaemonFlag {
  /** The long name without dashes: `host` for `-H`. */
  readonly name: string;
  readonly value: string;
  /** Path and line, counted from 1. */
  readonly file: string;
  readonly line: number;
}

/** What a connected Docker says of itself. */
export interface DockerFacts {
  readonly dataRoot: string;
  readonly driver: string;
  /** It runs with remapped user namespaces. */
  readonly usernsRemap: boolean;
  readonly containers: number;
  readonly images: number;
}

/** Learnt from engines beforehand and passed in as values, so that analysis never waits. */
export interface Facts {
  /** Versions of engines that are connected; a setting wins over them. */
  readonly versions?: Partial<Versions>;
  readonly docker?: DockerFacts;
  /** What lies around the one file that is judged. */
  readonly beside?: Beside;
}

/** What files near a daemon.json say. */
export interface Beside {
  /** From the nearest `.docker-version`. */
  readonly versions?: Partial<Versions>;
  /** From systemd units and their drop-ins, and from files that give them variables; missing where nothing tells how dockerd is started. */
  readonly flags?: readonly DaemonFlag[];
  /** The command line of the unit that gives the flags. */
  readonly command?: readonly CommandWord[];
  /** Absolute path of the drop-in of docker.service that can be made: no file is there yet. */
  readonly dropIn?: string;
}

/** A word of the command line that starts dockerd. */
export interface CommandWord {
  /** As it is written in the unit, with its quotes. */
  readonly text: string;
  /** The long name of the flag that it is, or that it is the value of. */
  readonly flag?: string;
}

export interface Settings {
  readonly versions?: Partial<Versions>;
  /** Rule id → level, or off. */
  readonly rules?: Readonly<Record<string, Level | 'off'>>;
}
