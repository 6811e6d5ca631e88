// Reads schemas/*.json into definitions: sets every pointer once, puts shared parts in, a family at its first use and not before.
import driversFile from '../../../../schemas/csi-drivers.json' with { type: 'json' };
import daemonFile from '../../../../schemas/daemon.json' with { type: 'json' };
import k8sFile from '../../../../schemas/k8s-storage.json' with { type: 'json' };
import storageFile from '../../../../schemas/storage-conf.json' with { type: 'json' };
import type { Family } from '../finding.ts';
import type { Definition, Schema, SchemaFile, Written } from './definition.ts';

// TypeScript widens what it reads from JSON; test/repo/schemas.test.ts holds the files to these types.
const files = {
  daemon: daemonFile as unknown as SchemaFile,
  storage: storageFile as unknown as SchemaFile,
  // What each CSI driver takes lies in a file of its own: as parts.
  k8s: withParts(k8sFile as unknown as SchemaFile, driversFile as unknown as SchemaFile),
};

function withParts(file: SchemaFile, more: SchemaFile): SchemaFile {
  return { ...file, parts: { ...file.parts, ...more.parts } };
}

interface Loaded extends Schema {
  readonly byPointer: ReadonlyMap<string, Definition>;
}

const loaded = new Map<Family, Loaded>();

/** Every family's schema; a family is expanded when it is first asked for. */
export const schemas: Readonly<Record<Family, Schema>> = {
  get daemon() {
    return family('daemon');
  },
  get storage() {
    return family('storage');
  },
  get k8s() {
    return family('k8s');
  },
};

/** The definition at a schema pointer (`daemon#/log-opts/*`), or undefined where there is none. */
export function definitionAt(pointer: string): Definition | undefined {
  const name = pointer.slice(0, pointer.indexOf('#'));
  return name === 'daemon' || name === 'storage' || name === 'k8s'
    ? family(name).byPointer.get(pointer)
    : undefined;
}

/** What a definition or the nearest one that it lies in says under a word: where to read on, when a change counts, whether it can change. */
export function inherited<W extends 'x-docs' | 'x-reload' | 'x-immutable'>(
  definition: Definition,
  word: W,
): Definition[W] {
  let pointer = definition.pointer;
  let found: Definition | undefined = definition;
  for (;;) {
    if (found?.[word] !== undefined) return found[word];
    const end = pointer.lastIndexOf('/');
    if (end < 0) return undefined;
    pointer = pointer.slice(0, end);
    found = definitionAt(pointer);
  }
}

/** The named members of a definition, in the order of the schema. */
export function members(definition: Definition | undefined): readonly (readonly [string, Definition])[] {
  return Object.entries(definition?.properties ?? {});
}

/** How a root's pointer is written: `daemon#`, `k8s#PersistentVolume`. */
export function rootPointer(name: Family, root: string): string {
  return `${name}#${root.slice(root.lastIndexOf('/') + 1)}`;
}

const rootNames = { daemon: 'daemon.json', storage: 'storage.conf' };

function family(name: Family): Loaded {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const file = files[name];
  const byPointer = new Map<string, Definition>();
  const roots = Object.entries(file.roots).map(([root, written]) => {
    const pointer = rootPointer(name, root);
    const title = name === 'k8s' ? pointer.slice(pointer.indexOf('#') + 1) : rootNames[name];
    return [
      root,
      expand(written, { pointer, name: title, texts: pointer, part: pointer }, { file, byPointer }),
    ] as const;
  });
  const made = {
    family: name,
    roots: Object.fromEntries(roots),
    apiVersions: file.apiVersions ?? {},
    byPointer,
  };
  loaded.set(name, made);
  return made;
}

/** What the loader adds to a definition. */
type Place = Pick<Definition, 'pointer' | 'name' | 'texts' | 'part'>;

/** What a definition says beside its parts and its variants. */
type Plain = Omit<Written, '$ref' | 'x-variants'>;

interface Expansion {
  readonly file: SchemaFile;
  readonly byPointer: Map<string, Definition>;
}

function expand(written: Written, at: Place, to: Expansion): Definition {
  const { $ref, 'x-variants': variants, ...own } = written;
  const refs = [$ref ?? []].flat();
  const parts = refs.map((name): Plain => to.file.parts?.[name] ?? {});
  // A part's texts are filed once under the part, unless this place says its own.
  const from = refs.length === 1 ? `${to.file.family}#${refs[0]}` : at.texts;
  const part = refs.length === 1 ? from : at.part;
  const joined: Plain = Object.assign({}, ...parts, own);
  const { properties: _, additionalProperties, items, ...plain } = joined;
  const below = (child: Written, name: string, texts: string, holder: string) =>
    expand(
      child,
      { name, pointer: `${at.pointer}/${name}`, texts: `${texts}/${name}`, part: `${holder}/${name}` },
      to,
    );
  const members = [...parts, own].flatMap(({ properties }, index) => {
    const shared = refs[index] === undefined ? undefined : `${to.file.family}#${refs[index]}`;
    return Object.entries(properties ?? {}).map(
      ([name, child]) => [name, below(child, name, shared ?? at.texts, shared ?? at.part)] as const,
    );
  });
  const definition: Definition = {
    ...plain,
    ...at,
    part,
    texts: own.description === undefined ? from : at.texts,
    ...([...parts, own].some(({ properties }) => properties !== undefined) && {
      properties: Object.fromEntries(members),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'boolean'
          ? additionalProperties
          : below(additionalProperties, '*', from, part),
    }),
    ...(items !== undefined && { items: below(items, '[]', from, part) }),
    ...(variants !== undefined && {
      'x-variants': {
        by: variants.by,
        cases: Object.fromEntries(
          Object.entries(variants.cases).map(([name, one]) => [
            name,
            expand({ ...own, ...one }, { ...at, pointer: `${at.pointer}=${name}` }, to),
          ]),
        ),
      },
    }),
  };
  to.byPointer.set(at.pointer, definition);
  return definition;
}
