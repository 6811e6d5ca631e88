// The port that every engine answers through: ten methods, abilities as a set, failures with a reason.
// Nothing here knows Docker, Podman or VS Code.
import type { Readable } from 'node:stream';

/** What an adapter can do beyond listing. */
export type Ability = 'events' | 'users' | 'create' | 'remove' | 'read' | 'write';

/** Why an engine or an operation failed; each has words and a next step of its own in the doors. */
export type Reason =
  | 'not-installed'
  | 'not-running'
  | 'denied'
  | 'too-old'
  | 'not-found'
  | 'exists'
  | 'in-use'
  | 'read-only'
  | 'no-space'
  | 'cancelled'
  | 'unsupported'
  | 'truncated'
  | 'other';

/** Thrown by every method of an engine; `message` holds the engine's own words. */
export class EngineError extends Error {
  readonly reason: Reason;
  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.reason = reason;
  }
}

export type EngineState =
  | {
      readonly state: 'ready';
      readonly version: string;
      readonly product: string;
      readonly storageDriver?: string;
      readonly root?: string;
      /** The system that its daemon runs on. */
      readonly platform?: 'linux' | 'windows';
      /** It runs with remapped user namespaces. */
      readonly usernsRemap?: boolean;
      /** How many it has, stopped containers too. */
      readonly containers?: number;
      readonly images?: number;
    }
  | { readonly state: 'down'; readonly reason: Reason; readonly detail: string };

/** A container that refers to a volume. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
}

export interface Volume {
  readonly name: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Where the engine's own machine has it; not always readable from here. */
  readonly mountpoint?: string;
  /** RFC 3339, where the engine gives one that can be trusted. */
  readonly created?: string;
  readonly usedBy: readonly User[];
}

export interface VolumeSpec {
  readonly name: string;
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A thing in a volume that a read had to leave out: `sockets` and the name, raw bytes as latin1. */
export interface Loss {
  readonly id: string;
  readonly name: string;
}

/** Something changed; `volume` where the engine says which. `resync`: events may be lost, list again. */
export type VolumeEvent =
  | { readonly kind: 'changed'; readonly volume?: string }
  | { readonly kind: 'resync' };

export interface Engine {
  /** As it is written after `--engine`: `docker=unix:///var/run/docker.sock`, `folder=/srv/volumes`. */
  readonly id: string;
  readonly kind: 'docker' | 'podman' | 'folder';
  readonly can: ReadonlySet<Ability>;
  /** Never throws: a dead engine is a state. */
  probe(): Promise<EngineState>;
  list(): Promise<Volume[]>;
  /** Ends when the signal does; throws EngineError when the engine goes away. */
  watch(signal: AbortSignal): AsyncIterable<VolumeEvent>;
  /** @throws EngineError not-found */
  inspect(volume: string): Promise<Volume>;
  /** @throws EngineError exists */
  create(spec: VolumeSpec): Promise<void>;
  /** @throws EngineError in-use, not-found */
  remove(volume: string): Promise<void>;
  /** A PAX or GNU tar of the contents, names relative to the volume's root, the root itself as `./`. What it met and could not read is told to `lost`. */
  read(volume: string, signal: AbortSignal, lost?: (loss: Loss) => void): Promise<Readable>;
  /** Adds the tar's entries, the root's owner and mode included; may leave a partial volume, the caller decides. */
  write(volume: string, tar: Readable, signal: AbortSignal): Promise<void>;
  /** What reading through this engine cannot keep, as ids of the doors' words (`sockets`, `xattrs`, `sub-second-times` …). */
  readonly loses: readonly string[];
  /** Lets go of connections and helper containers. */
  close(): Promise<void>;
}
