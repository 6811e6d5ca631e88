// What is asked of the effective configuration of containers/storage, and what is answered: plain data, both ways.
import type { Finding } from '../../finding.ts';
import type { Unread } from '../place.ts';

export interface StorageQuestion {
  /** Of containers/storage, `major.minor[.patch]`. */
  readonly version: string;
  /** 0 is root. */
  readonly uid: number;
  readonly home: string | undefined;
  /** The variables of the tool's process: XDG_*, CONTAINERS_STORAGE_CONF, STORAGE_*, and those that paths name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `usr` and `etc` of the system; Linux where missing. */
  readonly system?: SystemFolders;
  /** Every file that is there, whether it is read or not. */
  readonly files: readonly PresentFile[];
}

/** The folders of the distribution and of the administrator. */
export interface SystemFolders {
  readonly usr: string;
  readonly etc: string;
}

export interface PresentFile {
  readonly path: string;
  /** Undefined where it is there but its text is not to be had. */
  readonly text: string | undefined;
  /** dangling: a link to nothing · folder: it has the name of a file · denied: this process may not read it. */
  readonly state?: 'dangling' | 'folder' | 'denied';
}

/** Why a file that is there is not read, or not as a whole. */
export type PassedOver =
  | Unread
  /** A drop-in, and the version reads none. */
  | 'old'
  /** CONTAINERS_STORAGE_CONF names another file. */
  | 'environment'
  /** For root, for users without root, or for another of them. */
  | 'other-user'
  /** Another main file, or a drop-in of the same name elsewhere, is read instead. */
  | 'shadowed'
  | 'dangling'
  | 'denied'
  /** The tool stops before it. */
  | 'not-reached'
  /** Up to 1.62: the file of the system, of which a user without root gets a few keys only. */
  | 'partly'
  /** Up to 1.62: root's own configuration is read where XDG_CONFIG_HOME is set. */
  | 'no-xdg'
  /** Up to 1.62: the user's own file cannot be read and is left with a warning. */
  | 'refused';

export interface ListedFile {
  readonly path: string;
  /** Read as a whole where missing. */
  readonly passedOver?: PassedOver;
  /** The file that is read instead. */
  readonly by?: string;
}

/** Where a value comes from. */
export type Source = { readonly file: string; readonly line: number } | { readonly variable: string };

export type StorageValue = string | number | boolean | readonly string[];

/** Why a value that stands in a file that is read has no effect. */
export type NoEffect =
  /** "" counts as not set. */
  | 'empty'
  /** Up to 1.62 users without root do not get it from the file of the system. */
  | 'not-inherited'
  /** Up to 1.62 driver tables are read for the driver that is named only. */
  | 'other-driver'
  | 'no-driver'
  /** STORAGE_OPTS takes the place of all options of the driver. */
  | 'storage-opts'
  /** Read for users without root only, or for root only. */
  | 'for-rootless'
  | 'for-root'
  /** rootless_storage_path beside graphroot. */
  | 'graphroot-wins'
  /** driver_priority beside driver. */
  | 'driver-wins'
  | 'never-read';

export interface EffectiveValue {
  /** As `["storage", "options", "overlay", "mountopt"]`. */
  readonly key: readonly string[];
  readonly value: StorageValue;
  /** Missing: a default. */
  readonly from?: Source;
  /** What earlier files said, the last first. */
  readonly overrides: readonly { readonly value: StorageValue; readonly from: Source }[];
  /** Where each item of a list that files added to comes from. */
  readonly items?: readonly Source[];
  /** The path with its variables filled in, where that makes a difference. */
  readonly resolved?: string;
  readonly noEffect?: NoEffect;
}

/** Why the tool does not start. */
export type Stop =
  /** A file that it cannot decode. */
  | { readonly reason: 'refused'; readonly file: string; readonly line: number; readonly finding: Finding }
  /** A file that a variable names and that is not there. */
  | { readonly reason: 'missing'; readonly file: string; readonly variable: string }
  | { readonly reason: 'folder'; readonly file: string }
  /** Up to 1.58 a file must set both roots. */
  | { readonly reason: 'no-root'; readonly file: string; readonly key: string }
  | { readonly reason: 'imagestore'; readonly file: string; readonly line: number };

export interface EffectiveStorage {
  readonly version: string;
  readonly uid: number;
  /** Those that are read, in the order in which they are; a later one wins. */
  readonly read: readonly ListedFile[];
  readonly notRead: readonly ListedFile[];
  /** The values of the variables that have a say. */
  readonly variables: Readonly<Record<string, string>>;
  readonly values: readonly EffectiveValue[];
  readonly stop?: Stop;
}
