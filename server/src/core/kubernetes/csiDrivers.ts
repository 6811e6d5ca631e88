// What is known of storage drivers beside the parameters in schemas/csi-drivers.json: what their volumes can do, and which
// parameters hang on others. Sources: the drivers' documentation and code in the versions that the schema's x-source names.
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { definitionAt } from '../schema/load.ts';
import { text } from '../syntax/tree.ts';

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

/** What the volumes of a driver can do. What hangs on versions or settings, and what a driver does not refuse itself, counts as possible. */
export interface DriverAbilities {
  /** Modes that no volume with a file system can have. */
  readonly neverMounted?: readonly AccessMode[];
  /** Modes that no volume can have, raw block volumes included. */
  readonly never?: readonly AccessMode[];
  /** Its volumes are folders: there is no block device to hand to a pod. */
  readonly folders?: true;
  readonly snapshots?: false;
  readonly clones?: false;
  readonly expansion?: false;
  /** Where a volume can be used: on nodes of its zone, or on the one node that it was made on. */
  readonly reach?: 'zone' | 'node';
}

/** The places whose members a driver reads: those of every kind of class. */
export const parameterMaps: readonly string[] = [
  'k8s#StorageClass/parameters',
  'k8s#VolumeSnapshotClass/parameters',
  'k8s#VolumeAttributesClass/parameters',
];

const many: readonly AccessMode[] = ['ReadWriteMany'];

export const csiDrivers: Readonly<Record<string, DriverAbilities>> = {
  'ebs.csi.aws.com': { neverMounted: ['ReadWriteMany', 'ReadOnlyMany'], reach: 'zone' },
  'efs.csi.aws.com': { folders: true, snapshots: false, clones: false, expansion: false },
  'fsx.csi.aws.com': { folders: true, snapshots: false, clones: false },
  'pd.csi.storage.gke.io': { neverMounted: many, reach: 'zone' },
  'filestore.csi.storage.gke.io': { folders: true, clones: false },
  'disk.csi.azure.com': { neverMounted: many, reach: 'zone' },
  'file.csi.azure.com': { folders: true },
  'blob.csi.azure.com': { folders: true, snapshots: false },
  'rbd.csi.ceph.com': { neverMounted: many },
  'cephfs.csi.ceph.com': { folders: true },
  'nfs.csi.k8s.io': { folders: true },
  'smb.csi.k8s.io': { folders: true, snapshots: false },
  'hostpath.csi.k8s.io': {},
  'driver.longhorn.io': {},
  'csi.vsphere.vmware.com': { clones: false },
  'cinder.csi.openstack.org': { reach: 'zone' },
  'rancher.io/local-path': {
    folders: true,
    snapshots: false,
    clones: false,
    expansion: false,
    reach: 'node',
  },
  'local.csi.openebs.io': { clones: false, reach: 'node' },
  'zfs.csi.openebs.io': { reach: 'node' },
  'io.openebs.csi-mayastor': { never: ['ReadWriteMany', 'ReadOnlyMany'] },
  'topolvm.io': { never: ['ReadWriteMany', 'ReadOnlyMany'], reach: 'node' },
  'diskplugin.csi.alibabacloud.com': { neverMounted: many, clones: false, reach: 'zone' },
  'linstor.csi.linbit.com': {},
  'csi.juicefs.com': { clones: false },
  'seaweedfs-csi-driver': { snapshots: false, clones: false },
  'pxd.portworx.com': {},
};

/** Drivers that Kubernetes reaches otherwise than over CSI. */
export const notCsi: readonly string[] = ['rancher.io/local-path'];

/** Parameters of any name that a driver takes. */
const openNames: Readonly<Record<string, RegExp>> = {
  'ebs.csi.aws.com': /^tag(?:specification|deletion)_\d+$/i,
  'diskplugin.csi.alibabacloud.com': /^(?:disk|snapshot)Tags\//i,
  'linstor.csi.linbit.com':
    /^(?:property\.linstor\.csi\.linbit\.com|DrbdOptions|qos\.linbit\.com|linstor\.csi\.linbit\.com)\//i,
  'driver.longhorn.io': /^dataLayout\./,
};

/** Whether a driver takes parameters of this name, though its data lists no such one. */
export function takesName(driver: string, name: string): boolean {
  return openNames[driver]?.test(name) === true;
}

/** Sets of parameters of which one must be given; where the data's `required` cannot say it. */
export const oneOfParameters: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'efs.csi.aws.com': [['fileSystemId', 'fileSystemIdConfigRef', 'fileSystemIdSecretRef']],
  'local.csi.openebs.io': [['volgroup', 'vgpattern']],
  'rbd.csi.ceph.com': [['pool', 'topologyConstrainedPools']],
};

/** The secret that a driver needs to grow volumes. */
export const expandsWithSecret: readonly string[] = [
  'rbd.csi.ceph.com',
  'cephfs.csi.ceph.com',
  'csi.juicefs.com',
];

/** The driver whose parameters a bound map holds: its definition is the case of one driver. */
export function driverOf({ pointer, definition }: Bound): string | undefined {
  if (!/^k8s#\w+Class\/parameters$/.test(pointer) || definition === undefined) return undefined;
  const { pointer: of } = definition;
  return of === pointer ? undefined : of.slice(pointer.length + 1);
}

/** Whether a place is a parameter of a class: its values are a driver's matter. */
export function isDriverParameter({ pointer, parent }: Bound): boolean {
  return parent !== undefined && /^k8s#\w+Class\/parameters[=/]/.test(pointer);
}

/** The member of a driver's parameters that a name stands for: most drivers pass over case. */
export function parameterNamed(of: Definition | undefined, name: string): Definition | undefined {
  const folded = name.toLowerCase();
  return Object.entries(of?.properties ?? {}).find(([known]) => known.toLowerCase() === folded)?.[1];
}

/** The parameters of a StorageClass as a driver has them; undefined of drivers that are not known. */
export function parametersOf(driver: string): Definition | undefined {
  const cases = definitionAt('k8s#StorageClass/parameters')?.['x-variants']?.cases ?? {};
  return Object.hasOwn(cases, driver) ? cases[driver] : undefined;
}

/** What is known of the driver that a text names. */
export function abilitiesOf(driver: string | undefined): DriverAbilities | undefined {
  return driver !== undefined && Object.hasOwn(csiDrivers, driver) ? csiDrivers[driver] : undefined;
}

/** Whether a value may be another when its driver reads it: it holds a template or a variable. */
export function isFilledIn(node: Parameters<typeof text>[0]): boolean {
  return /\$\{|\{\{/.test(text(node) ?? '');
}
