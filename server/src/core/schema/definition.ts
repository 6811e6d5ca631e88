// The listed subset of JSON Schema that schemas/*.json may use, and our own x- words. A repo test refuses every other keyword.
// Definitions are data: they carry no code, and are shared by binding, completion, hover and rules.

export type ValueType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** A documented value of an `enum`. */
export interface EnumValue {
  readonly value: string | number | boolean;
  readonly description?: string;
  readonly 'x-since'?: string;
  readonly 'x-deprecated'?: string;
  /** First version that no longer takes it. */
  readonly 'x-removed'?: string;
  readonly 'x-replaced-by'?: string;
  /** Only the engine on this system has it. */
  readonly 'x-platform'?: 'linux' | 'windows';
  /** Short forms that people write for it and the engine does not know: `RWO`. */
  readonly 'x-short'?: readonly string[];
}

export interface Definition {
  /** Its place in the schema: `daemon#/log-opts/*`, `storage#/storage/options/[]`, `k8s#PersistentVolume/spec/nfs`. Set by the loader. */
  readonly pointer: string;
  /** The key it stands under, of a root the file's name or the kind; `*` or `[]` where it is for any member or item. Set by the loader. */
  readonly name: string;
  /** Where its texts are filed in schemas/locales: its pointer, or of a shared part (`$ref`) that part's own. Set by the loader. */
  readonly texts: string;
  /** Where it stands in the shared part (`$ref`) that it comes from: `k8s#Nfs/path` wherever an NFS source is; of what no part holds, its pointer. Set by the loader. */
  readonly part: string;
  /** What it is for, in our own words, one or two sentences of plain Markdown (English; other languages by pointer in schemas/locales). */
  readonly description?: string;
  readonly type?: ValueType | readonly ValueType[];
  readonly properties?: Readonly<Record<string, Definition>>;
  /** A definition for all other members, or false where other members are unknown. */
  readonly additionalProperties?: Definition | boolean;
  readonly items?: Definition;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  /** What a string holds: quantity, go-bool, size … (core/formats.ts checks them), or path, url, mount-options, which only say it */
  readonly format?: string;
  /** Values with their documentation. */
  readonly 'x-values'?: readonly EnumValue[];
  /** True where another value than x-values is possible (plugins); absent: the list is closed. */
  readonly 'x-open'?: boolean;
  /** First version that knows it. */
  readonly 'x-since'?: string;
  readonly 'x-deprecated'?: string;
  /** First version that no longer takes it. */
  readonly 'x-removed'?: string;
  /** First version that refuses it even with an empty value ("", 0, {}, []), where that is later than x-removed. */
  readonly 'x-removed-empty'?: string;
  readonly 'x-replaced-by'?: string;
  /** First version that takes it without a word and does nothing with it; `0` for all (a flag's name used as a key). */
  readonly 'x-ignored'?: string;
  readonly 'x-platform'?: 'linux' | 'windows';
  /** A change takes effect on: reload (SIGHUP) or restart. */
  readonly 'x-reload'?: 'reload' | 'restart';
  /** The command-line flag of the same meaning. */
  readonly 'x-flag'?: string;
  /** Where to read on. */
  readonly 'x-docs'?: string;
  /** Where the fact was read: engine source file and version. */
  readonly 'x-source'?: string;
  /** A snippet body for completion (`$1`, `${2:x}`), where the value is more than a scalar. */
  readonly 'x-snippet'?: string;
  /** Nothing is known about members below: neither completed nor judged. */
  readonly 'x-opaque'?: boolean;
  /** The string is `name=value`: it is bound like a map that has this one entry, and `properties` are the names. */
  readonly 'x-pair'?: true;
  /** The storage or log drivers that know this option; absent: all. */
  readonly 'x-drivers'?: readonly string[];
  /** What a map may hold hangs on the text of a sibling: a definition for each of its values. */
  readonly 'x-variants'?: Variants;
  /** The least and the most that the engine takes, for integers and quantities. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What a quantity must be more than. */
  readonly exclusiveMinimum?: number;
  /** The most bytes of a string. */
  readonly maxLength?: number;
  /** The most entries of a map. */
  readonly maxProperties?: number;
  /** The most bytes of a map, keys and values together. */
  readonly 'x-max-bytes'?: number;
  /** What the keys of a map must hold, a `format`. */
  readonly 'x-key-format'?: string;
  /** An empty string counts as not written, whatever format and x-values say. */
  readonly 'x-empty'?: true;
  /** No two items of the list may be equal, or agree in the member that is named. */
  readonly 'x-unique'?: true | string;
  /** Members of which one must be given, in the order in which the engine looks at them. */
  readonly 'x-one-of'?: OneOf;
  /** A quantity that should be a whole number: of bytes. */
  readonly 'x-whole'?: true;
  /** May not be set here, though the same part has it elsewhere. */
  readonly 'x-forbidden'?: true;
  /** A sibling that must be given where this is. */
  readonly 'x-needs'?: string;
  /** Of the root of a Kubernetes kind: cluster where its objects lie in no namespace. */
  readonly 'x-scope'?: 'cluster' | 'namespace';
  /** Cannot be changed once the object exists; counts for all below, until another says false. */
  readonly 'x-immutable'?: boolean;
  /** The feature gate that it hangs on, with the first versions in which that is alpha, beta and stable. */
  readonly 'x-gate'?: Gate;
  /** Only a way to what is ours: bound, but neither completed, described nor judged. */
  readonly 'x-passage'?: true;
  /** What makes the engine refuse, fail or look away, in our own words (English; other languages under the texts' pointer and `!`). */
  readonly 'x-refusal'?: string;
}

export interface OneOf {
  readonly members: readonly string[];
  /** None is right, too. */
  readonly optional?: true;
  /** The engine names each that is too many, not the place that holds them. */
  readonly each?: true;
  /** Members that the engine lets stand beside one that comes before them. */
  readonly lenient?: readonly string[];
}

export interface Gate {
  readonly name: string;
  readonly alpha?: string;
  readonly beta?: string;
  readonly stable?: string;
}

export interface Variants {
  /** The sibling's name; where it is not written, its default counts. */
  readonly by: string;
  readonly cases: Readonly<Record<string, Definition>>;
}

/** A family as loaded. Its roots are named: '' for daemon.json and storage.conf, `apiVersion/kind` for Kubernetes. */
export interface Schema {
  readonly family: 'daemon' | 'storage' | 'k8s';
  readonly roots: Readonly<Record<string, Definition>>;
  /** Of Kubernetes: what is known of every `apiVersion/kind`, those that are gone too. */
  readonly apiVersions: Readonly<Record<string, ApiVersion>>;
}

/** How long an apiVersion of a kind is served. */
export interface ApiVersion {
  /** The `apiVersion/kind` whose definition counts for it, where that is another. */
  readonly of?: string;
  /** Who serves it and counts its versions, where that is not Kubernetes. */
  readonly engine?: string;
  readonly 'x-since'?: string;
  readonly 'x-deprecated'?: string;
  /** First version that does not serve it. */
  readonly 'x-removed'?: string;
  /** Its fields are others: nothing of them is known. */
  readonly fields?: 'other';
  /** A place that must be written before the newer version takes the same text. */
  readonly needs?: readonly string[];
}

/** A definition as written in a file under schemas/: no pointers yet, and `$ref` may name a part that several places share. */
export type Written = Omit<
  Definition,
  'pointer' | 'name' | 'texts' | 'part' | 'properties' | 'additionalProperties' | 'items' | 'x-variants'
> & {
  readonly properties?: Readonly<Record<string, Written>>;
  readonly additionalProperties?: Written | boolean;
  readonly items?: Written;
  readonly 'x-variants'?: { readonly by: string; readonly cases: Readonly<Record<string, Written>> };
  /** The names of parts under `parts`, whose members are put together; words beside it win over the parts' own. */
  readonly $ref?: string | readonly string[];
};

/** One file under schemas/. */
export interface SchemaFile {
  readonly family: 'daemon' | 'storage' | 'k8s';
  readonly roots: Readonly<Record<string, Written>>;
  readonly apiVersions?: Readonly<Record<string, ApiVersion>>;
  readonly parts?: Readonly<Record<string, Written>>;
}
