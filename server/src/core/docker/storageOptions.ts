// What dockerd's storage drivers make of `storage-opts`, and which store a daemon.json asks for.
import { atLeast } from '../schema/versions.ts';
import { get, type Node, type ScalarNode, type Span, spanInside, target, text } from '../syntax/tree.ts';

/** One driver's options, as they stand before the `=`. */
interface DriverOptions {
  /** With the prefix that the driver looks for. */
  readonly names: readonly string[];
  /** Passes over what it does not know, or reads none at all. */
  readonly tolerant?: true;
}

const devicemapper = [
  'basesize blkdiscard blocksize datadev directlvm_device directlvm_device_force fs libdm_log_level loopdatasize',
  'loopmetadatasize metadatadev min_free_space mkfsarg mountopt override_udev_sync_check thinp_autoextend_percent',
  'thinp_autoextend_threshold thinp_metapercent thinp_percent thinpooldev use_deferred_deletion use_deferred_removal',
  'xfs_nospace_max_retries',
];

/** Source: parseOptions of each driver under daemon/graphdriver (moby 29.7; 24.0 for devicemapper and overlay). */
export const storageDrivers: Readonly<Record<string, DriverOptions>> = {
  overlay2: { names: ['overlay2.size', 'overlay2.override_kernel_check'] },
  overlay: { names: [] },
  devicemapper: {
    names: devicemapper
      .join(' ')
      .split(' ')
      .map((name) => `dm.${name}`),
  },
  btrfs: { names: ['btrfs.min_space'] },
  zfs: { names: ['zfs.fsname'] },
  vfs: { names: ['size', 'vfs.xattrs'] },
  'fuse-overlayfs': { names: [], tolerant: true },
  aufs: { names: [], tolerant: true },
  windowsfilter: { names: ['size'], tolerant: true },
};

/** An entry of `storage-opts`, taken apart as dockerd does: blanks trimmed, the name in small letters. */
export interface StorageOption {
  readonly node: ScalarNode;
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined where there is no `=`. */
  readonly value: string | undefined;
  /** The driver whose prefix the name has, where one has it. */
  readonly driver: string | undefined;
}

/** Source: daemon/graphdriver parsers.ParseKeyValueOpt (moby 29.7). */
export function storageOption(node: Node): StorageOption | undefined {
  const scalar = target(node);
  if (scalar.kind !== 'scalar' || typeof scalar.value !== 'string') return undefined;
  const [left = '', ...right] = scalar.value.split('=');
  const name = left.trim().toLowerCase();
  const start = left.indexOf(left.trim());
  const prefix = name.includes('.') ? name.slice(0, name.indexOf('.')) : undefined;
  return {
    node: scalar,
    name,
    nameSpan: spanInside(scalar, start, start + left.trim().length),
    value: right.length === 0 ? undefined : right.join('=').trim(),
    driver:
      prefix === 'dm'
        ? 'devicemapper'
        : prefix !== undefined && prefix in storageDrivers
          ? prefix
          : undefined,
  };
}

/** Storage drivers that are no snapshotters of containerd. */
export const onlyStorageDrivers: readonly string[] = [
  'overlay2',
  'overlay',
  'aufs',
  'devicemapper',
  'vfs',
  'windowsfilter',
];

/**
 * Where images go: storage drivers (`graph`), the containerd image store, or, from Docker 29 on, whichever the host was
 * installed with (`unsure`). Source: daemon/image_store_choice.go:94-153 (moby 29.7).
 */
export function imageStore(root: Node, version: string): 'graph' | 'containerd' | 'unsure' {
  const chosen = get(get(root, 'features'), 'containerd-snapshotter');
  const asked = chosen?.kind === 'scalar' ? chosen.value : undefined;
  if (!atLeast(version, '24.0') || asked === false) return 'graph';
  if (asked === true) return 'containerd';
  if (!atLeast(version, '29.0')) return 'graph';
  const driver = text(get(root, 'storage-driver'));
  if (driver === undefined || driver === '')
    return get(root, 'userns-remap') === undefined ? 'unsure' : 'graph';
  return driver in storageDrivers ? 'graph' : 'containerd';
}
