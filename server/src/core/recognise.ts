// Says what a file is: by where it lies, else by what stands at its beginning. Other programs' files of the same name are
// not ours. Cheap enough for every document an editor opens.
import type { FileKind } from './finding.ts';
import { members, schemas } from './schema/load.ts';
import { json } from './syntax/json.ts';
import type { MapNode } from './syntax/tree.ts';

/** More than any of our files needs to show what it is, in UTF-16 units. */
const beginning = 65_536;

type Scope = FileKind['scope'];

/** The kind of a file, or undefined where it is not ours. `path` may have slashes of either sort; only its beginning of `text` is looked at. */
export function recognise(path: string, text: string): FileKind | undefined {
  const normal = path.replaceAll('\\', '/');
  const name = normal.slice(normal.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.json')) {
    return daemonAt(normal) ?? byJson(name, text);
  }
  if (name.endsWith('.yaml') || name.endsWith('.yml')) {
    return isManifest(text.slice(0, beginning))
      ? { family: 'k8s', format: 'yaml', scope: 'unknown', ...(patchPath.test(normal) && { partial: true }) }
      : undefined;
  }
  const scope = storageScope(normal) ?? (isStorageConf(name, text) ? 'unknown' : undefined);
  return scope && { family: 'storage', format: 'toml', scope };
}

/** Where projects that use Kustomize keep patches: what is laid over the objects of a base. */
const patchPath = /(^|\/)(overlays?|patch(es)?)\/|patch[^/]*$/i;

/** The kinds that `--as` names. */
export function familyOf(name: string): FileKind | undefined {
  switch (name) {
    case 'daemon.json':
      return { family: 'daemon', format: 'json', scope: 'unknown' };
    case 'storage.conf':
      return { family: 'storage', format: 'toml', scope: 'unknown' };
    case 'k8s.yaml':
      return { family: 'k8s', format: 'yaml', scope: 'unknown' };
    case 'k8s.json':
      return { family: 'k8s', format: 'json', scope: 'unknown' };
    default:
      return undefined;
  }
}

/** What the place of a daemon.json says of it, or undefined where none does. */
function daemonAt(path: string): FileKind | undefined {
  const scope = daemonScope(path);
  if (scope === undefined) return undefined;
  return {
    family: 'daemon',
    format: 'json',
    scope,
    ...(windowsPath.test(path) && { platform: 'windows' }),
    ...(livePath.test(path) && { live: true }),
  };
}

/** `%ProgramData%\docker\config`, also in a copy of a machine's files. */
const windowsPath = /(^|\/)programdata\/docker\/config\/daemon\.json$/i;

/** The very places that an engine reads, not copies of them; an editor's path of a drive begins with a slash. */
const livePath =
  /^(\/etc\/docker|((\/var)?\/home\/[^/]+|\/root|(\/?[a-z]:)?\/users\/[^/]+)\/\.(config\/)?docker|\/?[a-z]:\/programdata\/docker\/config)\/daemon\.json$/i;

/** Where dockerd looks: `/etc/docker`, `%ProgramData%\docker\config`, Docker Desktop's `~/.docker`, rootless `~/.config/docker`. */
function daemonScope(path: string): Scope | undefined {
  if (/(^|\/)\.config\/docker\/daemon\.json$/.test(path)) return 'user';
  if (/(^|\/)(etc\/docker|\.docker)\/daemon\.json$/.test(path)) return 'system';
  if (windowsPath.test(path)) return 'system';
  return /(^|\/)docker\/daemon\.json$/.test(path) ? 'unknown' : undefined;
}

/** `containers/storage.conf`, and the drop-in folders beside it that containers-storage 1.62 and newer read. */
function storageScope(path: string): Scope | undefined {
  const found = path.match(
    /(?:^|\/)((?:[^/]+\/)*)containers\/(storage\.conf|storage(\.rootless|\.rootful)?\.conf\.d\/([^/]+\/)?[^/]+\.conf)$/,
  );
  if (found === null) return undefined;
  const folder = `/${found[1] ?? ''}`;
  if (folder.endsWith('/.config/') || found[3] === '.rootless') return 'user';
  return folder.endsWith('/etc/') || folder.endsWith('/usr/share/') ? 'system' : 'unknown';
}

function byJson(name: string, text: string): FileKind | undefined {
  const head = text.slice(0, beginning);
  if (name.includes('daemon') && isDaemon(head))
    return { family: 'daemon', format: 'json', scope: 'unknown' };
  if (!/"apiVersion"\s*:/.test(head) || !/"kind"\s*:/.test(head)) return undefined;
  const root = rootOf(head);
  const values = new Map(root?.entries.map(({ key, value }) => [key.value, value]));
  const version = values.get('apiVersion');
  const kind = values.get('kind');
  const word = (node: typeof kind) => (node?.kind === 'scalar' ? String(node.value) : '');
  if (version === undefined || kind === undefined || !isOurs(word(version), word(kind))) return undefined;
  return { family: 'k8s', format: 'json', scope: 'unknown' };
}

function rootOf(text: string): MapNode | undefined {
  const root = json.parse(text).documents[0]?.root;
  return root?.kind === 'map' ? root : undefined;
}

/**
 * Half of the keys or more must be dockerd's, and one of them in its own hyphenated spelling or nothing else beside them:
 * words such as `debug` and `hosts` stand in the files of other daemons too.
 */
function isDaemon(text: string): boolean {
  const known = new Map(members(schemas.daemon.roots['']));
  const keys = (rootOf(text)?.entries ?? []).map(({ key }) => String(key.value));
  const ours = keys.filter((key) => {
    const definition = known.get(key);
    return definition !== undefined && definition['x-ignored'] === undefined;
  });
  if (ours.length === 0 || ours.length * 2 < keys.length) return false;
  return ours.length === keys.length || ours.some((key) => key.includes('-'));
}

/** A `storage.conf` elsewhere (also `storage.conf-freebsd`, `my_storage.conf`): a `[storage]` table with a key of ours below it. */
function isStorageConf(name: string, text: string): boolean {
  if (!/storage[^/]*\.conf([-.]\w+)?$/.test(name) || /\.(j2|tpl|erb)$/.test(name)) return false;
  const head = text.slice(0, beginning);
  const table = head.search(/^[ \t]*\[[ \t]*storage[ \t]*(\.[^\]\r\n]*)?\]/m);
  if (table < 0) return false;
  const storage = new Map(members(schemas.storage.roots[''])).get('storage');
  const names = new Set(
    [...members(storage), ...members(storage?.properties?.['options'])].map(([key]) => key),
  );
  const keys = head.slice(table).matchAll(/^[ \t]*(?:\[[ \t]*storage\.)?([\w-]+)[ \t]*[=\].]/gm);
  return [...keys].some(([, key = '']) => names.has(key));
}

/** Groups of the storage kinds and of the workloads that use volumes; other tools write `apiVersion` and `kind` too. */
const ourGroups =
  /^(v1|(apps|batch|extensions|(?:snapshot\.|groupsnapshot\.)?storage\.k8s\.io|populator\.storage\.k8s\.io)\/v\d\w*)$/;

const storageKinds =
  /^(PersistentVolume(Claim)?|StorageClass|Volume(AttributesClass|Attachment|Populator|(Group)?Snapshot(Class|Content)?)|CSI(Driver|Node|StorageCapacity)|ReferenceGrant)(List)?$/;

/** Kinds alone suffice for what only Kubernetes has, so that a version may be half-typed. */
function isOurs(version: string, kind: string): boolean {
  return ourGroups.test(version) || storageKinds.test(kind);
}

/** Whether one document of a YAML stream is a manifest of ours. Template lines between do not matter. */
function isManifest(text: string): boolean {
  return text.split(/^---/m).some((document) => {
    const version = topLevel(document, 'apiVersion');
    const kind = topLevel(document, 'kind');
    return version !== undefined && kind !== undefined && isOurs(version, kind);
  });
}

function topLevel(document: string, key: string): string | undefined {
  const pattern = new RegExp(`^(?:\\{?[ \\t]*)?["']?${key}["']?[ \\t]*:[ \\t]*["']?([^\\s"'#,}]*)`, 'm');
  const found = document.match(pattern);
  // Indented lines are members of something else; a flow mapping begins with its brace.
  return found === null || /^[ \t]/.test(found[0]) ? undefined : found[1];
}
