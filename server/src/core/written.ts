// Which texts of a file an engine reads, when, and as what: shared by the rules that judge the form of a text.

import { entryInside } from './docker/topLevel.ts';
import type { Family, Versions } from './finding.ts';
import type { Bound } from './schema/bind.ts';
import { atLeast } from './schema/versions.ts';
import { isRead, maySpare, namedDriver, type OptionFate, optionFate } from './storage/drivers.ts';
import { get, type Node, target, text } from './syntax/tree.ts';

/** A text of a list, untouched: Go reads null as an empty one. Undefined where it is neither. */
export function textIn({ node }: Bound): string | undefined {
  const held = target(node);
  return held.kind === 'scalar' && held.type === 'null' ? '' : text(node);
}

/** The text as its reader gets it: most cut blanks off before. Undefined where the place is no string. */
export function textOf(bound: Bound): string | undefined {
  const written = bound.entry === undefined ? textIn(bound) : text(bound.node);
  return exact.test(bound.definition?.format ?? '') ? written : written?.trim();
}

/** Formats whose readers do not cut blanks off. */
const exact =
  /^(?:shm-size|docker-ip|dns-address|dns-search|netip-or-empty|cidr-v6|duration-or-seconds|absolute-path|id-map|unix-path|no-backsteps|relative-path|file-in-volume|iscsi-name|no-slash|host-port-list)$/;

/** Whether the form of the text at a place matters to the engine, and no rule of its own speaks of it. */
export function isJudged(bound: Bound, root: Bound, { docker, containersStorage }: Versions): boolean {
  const { pointer } = bound;
  if (!isRead(bound, root, containersStorage) || elsewhere.test(pointer)) return false;
  // What has no use is looked at from 25.0 on.
  if (/^daemon#\/(userland-proxy-path|fixed-cidr-v6)$/.test(pointer) && !atLeast(docker, '25.0'))
    return false;
  if (pointer === 'daemon#/userns-remap' && !atLeast(docker, '26.0')) return false;
  // A proxy's path matters only to a proxy that runs.
  if (pointer === 'daemon#/userland-proxy-path') return isProxyOn(root);
  if (pointer.startsWith('daemon#/builder/gc/')) return isCleaned(root, docker);
  // Without IPv6 nobody reads it.
  if (pointer === 'daemon#/bip6' && !isTrue(get(root.node, 'ipv6'))) return false;
  // The default bridge is not set up where there is none.
  if (/^daemon#\/(bip6?|fixed-cidr)$/.test(pointer)) return text(get(root.node, 'bridge')) !== 'none';
  const fate = storageFate(bound, root, containersStorage);
  if (fate === 'unread' || fate === 'refused') return false;
  // Only overlay looks at the lists of stores.
  return (
    !/^storage#\/storage\/options\/additional/.test(pointer) || (namedDriver(root) ?? 'overlay') === 'overlay'
  );
}

/** Whether somebody fills a text in before the engine sees it, or it is none: `~` has a rule of its own, an empty address is none (RUN 28.5.2). */
export function isFilledIn({ definition }: Bound, value: string, family: Family): boolean {
  const { format = '', name } = definition ?? {};
  if (value === '' && format === 'ip') return true;
  if (family === 'storage' && format.endsWith('-store')) return /^~|\$|\{\{/.test(value);
  // The driver fills nothing in.
  if (family === 'storage') return value.includes('{{');
  // Of variables between the parts of a path the beginning stays.
  return /\$|\{\{/.test(value) && !(name === 'subPathExpr' && value.startsWith('/'));
}

/** What becomes of the option that a text of storage.conf is, or is a part of; undefined where it is none. */
export function storageFate(bound: Bound, root: Bound, version: string): OptionFate | undefined {
  const option = optionOf(bound);
  return option && optionFate(option, root, version);
}

/** Whether a driver of containers/storage may run that does not stop at the text. */
export function mayBeSpared(bound: Bound, root: Bound, version: string): boolean {
  const option = optionOf(bound);
  return option !== undefined && maySpare(option, root, version);
}

/** Lists of stores are one option. */
function optionOf(bound: Bound): Bound | undefined {
  return bound.entry === undefined ? bound.parent : bound;
}

const elsewhere = /^daemon#\/(storage-opts|exec-opts|labels)\/|\/filter\/\[\]$|^daemon#\/log-opts/;

/** The last value that is not null counts; null alone is off. */
function isProxyOn(root: Bound): boolean {
  const map = target(root.node);
  const written = map.kind === 'map' ? map.entries.filter(({ key }) => key.value === 'userland-proxy') : [];
  const inner = entryInside(root.node, 'userland-proxy');
  const values = (written.length > 0 || inner === undefined ? written : [inner]).map(({ value }) =>
    target(value),
  );
  const held = values.findLast((value) => value.kind !== 'scalar' || value.type !== 'null') ?? values[0];
  return held?.kind !== 'scalar' || held.value === true || held.type === 'integer';
}

/** Nobody reads sizes and times where the clean-up is turned off; old versions turn it on only when told to. (RUN 20.10.24, 28.5.2) */
function isCleaned(root: Bound, docker: string): boolean {
  const enabled = get(get(get(root.node, 'builder'), 'gc'), 'enabled');
  if (!atLeast(docker, '28.0')) return isTrue(enabled);
  return enabled?.kind !== 'scalar' || enabled.value !== false;
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

/** Whether the decoder itself reads the form: then it is read even where a later key of the same name counts. (RUN 28.5.2) */
export function isDecodedText({ definition }: Bound, docker: string): boolean {
  if (definition?.format === 'dns-address' || definition?.format === 'cidr') return atLeast(docker, '25.0');
  return /^(?:shm-size|docker-ip|dns-address|netip-or-empty|duration-or-seconds|cidr)$/.test(
    definition?.format ?? '',
  );
}

/** Whether the file is accepted and the engine stumbles over the text only when it starts. (RUN 20.10.24, 28.5.2) */
export function isLate({ pointer }: Bound, docker: string): boolean {
  // A pool's base is a text to old versions until they need it.
  if (pointer === 'daemon#/default-address-pools/[]/base' && !atLeast(docker, '28.0')) return true;
  return /^storage#(?!.*\/remap-)|^daemon#\/(?:(?:authorization-plugins\/\[\]|bip6?|fixed-cidr|metrics-addr|min-api-version)$|builder\/gc\/)/.test(
    pointer,
  );
}
