// Which texts of a file an engine reads, when, and as what: shared by the rules that judge the form of a text.

import type { Versions } from './finding.ts';
import type { Bound } from './schema/bind.ts';
import { atLeast } from './schema/versions.ts';
import { isRead, namedDriver } from './storage/drivers.ts';
import { get, text } from './syntax/tree.ts';

/** The text as its reader gets it: most cut blanks off before. Undefined where the place is no string. */
export function textOf({ node, definition }: Bound): string | undefined {
  return exact.test(definition?.format ?? '') ? text(node) : text(node)?.trim();
}

/** Formats whose readers do not cut blanks off. */
const exact = /^(?:shm-size|docker-ip|dns-address)$/;

/** Whether the form of the text at a place matters to the engine, and no rule of its own speaks of it. */
export function isJudged(bound: Bound, root: Bound, { docker, containersStorage }: Versions): boolean {
  const { pointer } = bound;
  if (!isRead(bound, root, containersStorage) || elsewhere.test(pointer)) return false;
  // What has no use is looked at from 25.0 on.
  if (/^daemon#\/(userland-proxy-path|fixed-cidr-v6)$/.test(pointer) && !atLeast(docker, '25.0'))
    return false;
  // A proxy's path matters only to a proxy that runs.
  const proxy = get(root.node, 'userland-proxy');
  if (pointer === 'daemon#/userland-proxy-path') return proxy?.kind !== 'scalar' || proxy.value !== false;
  // The default bridge is not set up where there is none.
  if (/^daemon#\/(bip6?|fixed-cidr)$/.test(pointer)) return text(get(root.node, 'bridge')) !== 'none';
  // Options above the drivers' tables are overlay's or another rule's.
  const above = /^storage#\/storage\/options\/(size|additional\w+\/\[\])$/.test(pointer);
  return !above || namedDriver(root) === 'overlay';
}

const elsewhere =
  /^daemon#\/(storage-opts|exec-opts|labels|builder\/gc)\/|^daemon#\/log-opts|^k8s#(PersistentVolume|StorageClass)\/metadata\/namespace$|\/apiGroup$|\/zfs\/size$/;

/** Whether the file is accepted and the engine stumbles over the text only when it starts. (RUN 28.5.2) */
export function isLate({ pointer }: Bound): boolean {
  return /^storage#|^daemon#\/(bip6?|fixed-cidr|metrics-addr|min-api-version)$/.test(pointer);
}
