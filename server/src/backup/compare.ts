// Says in what two volumes' contents differ. Which name of a hard-linked file came first in the tar does not matter.
import { shown } from '../tar/names.ts';
import type { Contents, Item } from './contents.ts';

export interface Difference {
  readonly name: string;
  readonly what: 'missing' | 'extra' | 'type' | 'content' | 'link' | 'device' | 'mode' | 'owner' | 'time';
}

/** Everything in which `found` is not `expected`; a root that is not in `expected`, and folders it only implies, do not count. */
export function compareContents(expected: Contents, found: Contents): Difference[] {
  const left = resolveLinks(expected);
  const right = resolveLinks(found);
  const implied = impliedFolders(expected);
  const differences: Difference[] = [];
  for (const [name, item] of left) {
    const other = right.get(name);
    if (!other) differences.push({ name: shown(name), what: 'missing' });
    else for (const what of compareItems(item, other)) differences.push({ name: shown(name), what });
  }
  for (const name of right.keys())
    if (!left.has(name) && !implied.has(name)) differences.push({ name: shown(name), what: 'extra' });
  return differences;
}

interface Resolved {
  readonly item: Item;
  /** The smallest of the names that share the file; the name itself where it has no other. */
  readonly group: string;
}

function compareItems(a: Resolved, b: Resolved): Difference['what'][] {
  const [left, right] = [a.item, b.item];
  if (left.type !== right.type) return ['type'];
  const found: Difference['what'][] = [];
  if (left.sha256 !== right.sha256 || left.size !== right.size) found.push('content');
  if (left.link !== right.link || a.group !== b.group) found.push('link');
  if (left.major !== right.major || left.minor !== right.minor) found.push('device');
  // A symlink's mode means nothing on Linux, and tools write different ones.
  if (left.type !== 'symlink' && left.mode !== right.mode) found.push('mode');
  if (left.uid !== right.uid || left.gid !== right.gid) found.push('owner');
  if (left.mtime !== right.mtime) found.push('time');
  return found;
}

function resolveLinks(contents: Contents): Map<string, Resolved> {
  const groups = new Map<string, string[]>();
  for (const name of contents.keys()) {
    const target = targetOf(contents, name);
    groups.set(target, [...(groups.get(target) ?? []), name]);
  }
  const resolved = new Map<string, Resolved>();
  for (const [target, names] of groups) {
    const group = names.reduce((least, name) => (name < least ? name : least));
    const item = contents.get(target);
    if (item) for (const name of names) resolved.set(name, { item, group });
  }
  return resolved;
}

/** The name of the entry that a hard link stands for; a link whose target is missing stands for itself. */
export function targetOf(contents: Contents, name: string): string {
  const seen = new Set<string>();
  let at = name;
  for (let item = contents.get(at); item?.type === 'hard-link' && !seen.has(at); item = contents.get(at)) {
    seen.add(at);
    if (!contents.has(item.link)) return at;
    at = item.link;
  }
  return at;
}

function impliedFolders(contents: Contents): Set<string> {
  const folders = new Set(['']);
  for (const name of contents.keys())
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      folders.add(name.slice(0, at));
  return folders;
}
