// What became of the volume plugins that Kubernetes once carried itself, by the name a StorageClass gives them.

/** A plugin whose calls Kubernetes hands to a CSI driver. */
export interface MovedProvisioner {
  /** The driver that has to be installed. */
  readonly driver: string;
  /** From this version on nothing but the CSI driver answers. */
  readonly redirectedFrom: string;
}

/** A plugin that went without anyone to answer for it. */
export interface RemovedProvisioner {
  readonly deprecated: string;
  /** First version without it. */
  readonly removed: string;
  /** A driver for the same storage, where there is one; it needs volumes and classes of its own. */
  readonly driver?: string;
}

/** Source: k8s.io/csi-translation-lib, plugins/*.go (1.37); KEP-625 for the versions. */
export const movedProvisioners: Readonly<Record<string, MovedProvisioner>> = {
  'kubernetes.io/aws-ebs': { driver: 'ebs.csi.aws.com', redirectedFrom: '1.25' },
  'kubernetes.io/azure-disk': { driver: 'disk.csi.azure.com', redirectedFrom: '1.24' },
  'kubernetes.io/azure-file': { driver: 'file.csi.azure.com', redirectedFrom: '1.26' },
  'kubernetes.io/cinder': { driver: 'cinder.csi.openstack.org', redirectedFrom: '1.24' },
  'kubernetes.io/gce-pd': { driver: 'pd.csi.storage.gke.io', redirectedFrom: '1.25' },
  'kubernetes.io/portworx-volume': { driver: 'pxd.portworx.com', redirectedFrom: '1.33' },
  'kubernetes.io/vsphere-volume': { driver: 'csi.vsphere.vmware.com', redirectedFrom: '1.26' },
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
