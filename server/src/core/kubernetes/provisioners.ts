// What became of the volume plugins that Kubernetes once carried itself, by the name a StorageClass gives them.

/** A plugin whose calls Kubernetes hands to a CSI driver. */
export interface MovedProvisioner {
  /** The driver that has to be installed. */
  readonly driver: string;
  /** From this version on nothing but the CSI driver answers. */
  readonly redirectedFrom: string;
  /** The field of a volume that holds its source. */
  readonly source: string;
  readonly deprecated: string;
  /** The label under which its driver knows zones, where translation writes it. */
  readonly zoneKey?: string;
}

/** A plugin that went without anyone to answer for it. */
export interface RemovedProvisioner {
  readonly deprecated: string;
  /** First version without it. */
  readonly removed: string;
  /** A driver for the same storage, where there is one; it needs volumes and classes of its own. */
  readonly driver?: string;
}

/** A source of volumes that is gone: its field, in volumes and in pods. */
export type RemovedSource = RemovedProvisioner;

/** Source: k8s.io/csi-translation-lib, plugins/*.go (1.37); KEP-625 for the versions. */
export const movedProvisioners: Readonly<Record<string, MovedProvisioner>> = {
  'kubernetes.io/aws-ebs': {
    driver: 'ebs.csi.aws.com',
    redirectedFrom: '1.25',
    source: 'awsElasticBlockStore',
    deprecated: '1.17',
    zoneKey: 'topology.ebs.csi.aws.com/zone',
  },
  'kubernetes.io/azure-disk': {
    driver: 'disk.csi.azure.com',
    redirectedFrom: '1.24',
    source: 'azureDisk',
    deprecated: '1.19',
    zoneKey: 'topology.disk.csi.azure.com/zone',
  },
  'kubernetes.io/azure-file': {
    driver: 'file.csi.azure.com',
    redirectedFrom: '1.26',
    source: 'azureFile',
    deprecated: '1.21',
  },
  'kubernetes.io/cinder': {
    driver: 'cinder.csi.openstack.org',
    redirectedFrom: '1.24',
    source: 'cinder',
    deprecated: '1.11',
    zoneKey: 'topology.cinder.csi.openstack.org/zone',
  },
  'kubernetes.io/gce-pd': {
    driver: 'pd.csi.storage.gke.io',
    redirectedFrom: '1.25',
    source: 'gcePersistentDisk',
    deprecated: '1.17',
    zoneKey: 'topology.gke.io/zone',
  },
  'kubernetes.io/portworx-volume': {
    driver: 'pxd.portworx.com',
    redirectedFrom: '1.33',
    source: 'portworxVolume',
    deprecated: '1.25',
  },
  'kubernetes.io/vsphere-volume': {
    driver: 'csi.vsphere.vmware.com',
    redirectedFrom: '1.26',
    source: 'vsphereVolume',
    deprecated: '1.19',
    zoneKey: 'topology.csi.vmware.com/zone',
  },
};

/** Source: comments of the volume sources in k8s.io/api core/v1 types.go (1.37); CHANGELOG of the removing versions. */
export const removedProvisioners: Readonly<Record<string, RemovedProvisioner>> = {
  'kubernetes.io/flocker': { deprecated: '1.22', removed: '1.25' },
  'kubernetes.io/glusterfs': { deprecated: '1.25', removed: '1.26' },
  'kubernetes.io/photon-pd': { deprecated: '1.11', removed: '1.16' },
  'kubernetes.io/quobyte': { deprecated: '1.22', removed: '1.25', driver: 'csi.quobyte.com' },
  'kubernetes.io/rbd': { deprecated: '1.28', removed: '1.31', driver: 'rbd.csi.ceph.com' },
  'kubernetes.io/scaleio': { deprecated: '1.16', removed: '1.22', driver: 'csi-vxflexos.dellemc.com' },
  'kubernetes.io/storageos': { deprecated: '1.22', removed: '1.25' },
};

/** Names under `kubernetes.io/` that still mean something: no dynamic provisioning, and the test provisioner of a controller manager started for it. */
export const livingProvisioners: readonly string[] = [
  'kubernetes.io/no-provisioner',
  'kubernetes.io/host-path',
];

/** The same for the fields of volumes, where a plugin never made volumes itself, too. Source: as above; KEP-5040 for gitRepo. */
export const removedSources: Readonly<Record<string, RemovedSource>> = {
  cephfs: { deprecated: '1.28', removed: '1.31', driver: 'cephfs.csi.ceph.com' },
  flocker: removed('flocker'),
  gitRepo: { deprecated: '1.11', removed: '1.36' },
  glusterfs: removed('glusterfs'),
  photonPersistentDisk: removed('photon-pd'),
  quobyte: removed('quobyte'),
  rbd: removed('rbd'),
  scaleIO: removed('scaleio'),
  storageos: removed('storageos'),
};

function removed(plugin: string): RemovedSource {
  return removedProvisioners[`kubernetes.io/${plugin}`] ?? { deprecated: '0', removed: '0' };
}

/** What has become of the plugin behind a field of a volume. */
export function movedSource(field: string): MovedProvisioner | undefined {
  return Object.values(movedProvisioners).find(({ source }) => source === field);
}

/** Labels that drivers give to nodes, by how they begin. Source: each driver's NodeGetInfo. */
const topologyLabels: Readonly<Record<string, readonly string[]>> = {
  'topology.ebs.csi.aws.com/': ['ebs.csi.aws.com'],
  'topology.gke.io/': ['pd.csi.storage.gke.io', 'filestore.csi.storage.gke.io'],
  'topology.disk.csi.azure.com/': ['disk.csi.azure.com'],
  'topology.cinder.csi.openstack.org/': ['cinder.csi.openstack.org'],
  'topology.csi.vmware.com/': ['csi.vsphere.vmware.com'],
  'topology.diskplugin.csi.alibabacloud.com/': ['diskplugin.csi.alibabacloud.com'],
  'topology.topolvm.io/': ['topolvm.io'],
};

/** The drivers whose topology label a key is; undefined of labels that any driver may use. */
export function topologyOwners(key: string): readonly string[] | undefined {
  return Object.entries(topologyLabels).find(([start]) => key.startsWith(start))?.[1];
}
