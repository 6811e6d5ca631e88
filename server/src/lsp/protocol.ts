// What this server says beyond the protocol. Plain names and data, so that every client can take part.
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import type { Facts } from '../core/finding.ts';

/** Client → server, a notification: what was learnt from engines since. It replaces what was sent before; open documents are judged anew. */
export const factsNotification = 'stowage/facts';
/** What lies beside a file the server reads itself. */
export type FactsParams = Omit<Facts, 'beside'>;

/** Client → server, a request: what an open document is judged for; null where it is not ours. */
export const judgedForRequest = 'stowage/judgedFor';
export interface JudgedForParams {
  readonly uri: string;
}
export interface JudgedFor {
  readonly family: 'daemon' | 'storage' | 'k8s';
  /** `Docker`, `containers/storage`, `Kubernetes`. */
  readonly engine: string;
  readonly version: string;
  /** Where the version came from: a setting, a `.docker-version`, a connected engine, or the newest known. */
  readonly origin: 'setting' | 'beside' | 'engine' | 'newest';
  /** The system that dockerd runs on; of meaning for daemon.json only. */
  readonly platform: 'linux' | 'windows';
  /** The setting that chooses the version: `stowage.docker.version`. */
  readonly setting: string;
  /** Versions to choose from, the oldest first. */
  readonly known: readonly string[];
  /** By version, the program that has it in it, where users know that better: `Podman 5.8`. */
  readonly knownIn: Readonly<Record<string, string>>;
}

/** Client → server, a request: what bringing an open document to a version takes; null where it is not ours. Nothing is changed by asking. */
export const updateRequest = 'stowage/update';
export interface UpdateParams {
  readonly uri: string;
  /** `major.minor[.patch]` of the engine of the document's family. */
  readonly version: string;
}
export interface UpdatePlan {
  /** The version of the text that the plan is of. */
  readonly textVersion: number;
  /** All safe fixes as one edit; null where there is none. */
  readonly edit: WorkspaceEdit | null;
  /** What the edit mends. */
  readonly applied: readonly UpdateItem[];
  /** What a person must decide: errors and warnings that stay. */
  readonly left: readonly (UpdateItem & {
    /** In the text as it is after the edit. */
    readonly range: Range;
    /** Titles of the fixes that are suggested for it. */
    readonly suggestions: readonly string[];
  })[];
}
export interface UpdateItem {
  readonly message: string;
  readonly code: string;
}

/** Client → server, a request: storage.conf files to begin with, for the version that the settings name. */
export const templateRequest = 'stowage/template';
export interface TemplateParams {
  /** `major.minor[.patch]` of containers/storage, where it is not that of the settings. */
  readonly version?: string;
}
export interface Templates {
  /** What the templates are right for. */
  readonly version: string;
  readonly templates: readonly {
    /** What `stowage new storage.conf --template` takes. */
    readonly name: string;
    readonly title: string;
    readonly about: string;
    readonly text: string;
  }[];
}

/** Client → server, a request: what containers/storage takes from all its files on this machine together. Only reads. */
export const effectiveStorageRequest = 'stowage/effectiveStorage';
export interface EffectiveStorageParams {
  /** 0 is root; the server's own user where missing. */
  readonly uid?: number;
  /** Of containers/storage; the newest known where missing. */
  readonly version?: string;
  /** A folder that holds a copy of a machine's files. */
  readonly root?: string;
}
export interface EffectiveStorageAnswer {
  /** Valid TOML with comments that say where each value stands. */
  readonly text: string;
  /** Stretches of the text that name a place in a file. */
  readonly links: readonly { readonly range: Range; readonly uri: string; readonly line: number }[];
  readonly uid: number;
  readonly version: string;
  /** How many files are read. */
  readonly read: number;
  /** The engine would not start with these files. */
  readonly stops: boolean;
}

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** Settings for clients that cannot be asked for their configuration; the same names as in `stowage.*`. */
  readonly settings?: unknown;
  /** `pull`: diagnostics are sent only when they are asked for (textDocument/diagnostic). */
  readonly diagnostics?: 'push' | 'pull';
}
