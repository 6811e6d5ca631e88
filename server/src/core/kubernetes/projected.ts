// The files that a volume of Secrets, ConfigMaps, fields, tokens and certificates is said to hold, in the API server's order.
import { type Bound, partOf } from '../schema/bind.ts';
import { type Node, target, text } from '../syntax/tree.ts';

export interface FileInVolume {
  readonly path: string;
  /** Where the path is written. */
  readonly node: Node;
  /** The check for equal paths sees it (core/validation.go: validateProjectionSources, 1.37), which tokens escape. */
  readonly counted: boolean;
}

/** The files with an explicit path, and the entries of a projected volume that have no source. */
export function filesOf(volume: Bound): { files: readonly FileInVolume[]; empty: readonly Bound[] } {
  const sources = partOf(volume, 'sources');
  if (volume.definition?.name !== 'projected') return { files: itemsOf(volume), empty: [] };
  const entries = sources?.children ?? [];
  return {
    files: entries.flatMap((entry) => order.flatMap((name) => filesFrom(name, partOf(entry, name)))),
    empty: entries.filter(({ node, unknown }) => {
      const held = target(node);
      return held.kind === 'map' && held.entries.length === 0 && unknown.length === 0;
    }),
  };
}

const order = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
];
const certificatePaths = ['credentialBundlePath', 'keyPath', 'certificateChainPath'];

function filesFrom(name: string, source: Bound | undefined): FileInVolume[] {
  if (source === undefined) return [];
  if (name === 'serviceAccountToken') return pathIn(source, 'path', false);
  if (name === 'clusterTrustBundle') return pathIn(source, 'path', true);
  if (name === 'podCertificate') return certificatePaths.flatMap((path) => pathIn(source, path, true));
  return itemsOf(source);
}

function itemsOf(source: Bound): FileInVolume[] {
  return (partOf(source, 'items')?.children ?? []).flatMap((item) => pathIn(item, 'path', true));
}

function pathIn(holder: Bound, name: string, counted: boolean): FileInVolume[] {
  const place = partOf(holder, name);
  const path = text(place?.node);
  return place === undefined || path === undefined || path === ''
    ? []
    : [{ path, node: place.node, counted }];
}
