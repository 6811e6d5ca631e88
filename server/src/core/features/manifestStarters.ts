// Whole manifests where a document is still empty: things that belong together, and a StorageClass for each common driver.
import type { Analysis } from '../analyze.ts';
import { abilitiesOf, csiDrivers } from '../kubernetes/csiDrivers.ts';
import { type Locale, type WordId, word } from '../locale.ts';
import { bestMode, neededParameters } from './classParameters.ts';
import type { Completion } from './completion.ts';
import type { KeyPlace } from './place.ts';
import { escapeSnippet, withoutStops } from './snippets.ts';

const size = '  resources:\n    requests:\n      storage:';

const claim = (mode: string, more = '', name = '${1:data}') =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\nspec:\n  accessModes: [${mode}]\n${more}${size} \${2:10Gi}\n`;

const claimAndPod = `${claim('ReadWriteOnce')}---
apiVersion: v1
kind: Pod
metadata:
  name: \${3:app}
spec:
  containers:
    - name: \${3:app}
      image: \${4:nginx}
      volumeMounts:
        - name: data
          mountPath: \${5:/data}
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: \${1:data}
`;

const nfsPair = `apiVersion: v1
kind: PersistentVolume
metadata:
  name: \${1:shared}
spec:
  capacity:
    storage: \${2:10Gi}
  accessModes: [ReadWriteMany]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  mountOptions: [nfsvers=4.1, hard]
  nfs:
    server: \${3:nfs.example.com}
    path: \${4:/exports/data}
---
${claim('ReadWriteMany', '  storageClassName: ""\n  volumeName: ${1:shared}\n', '${1:shared}')}`;

const localVolume = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: \${1:disk-1}
spec:
  capacity:
    storage: \${2:100Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: local
  local:
    path: \${3:/mnt/disks/ssd1}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - key: kubernetes.io/hostname
              operator: In
              values: [\${4:node-1}]
`;

const restore = `apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata:
  name: \${1:data-snapshot}
spec:
  volumeSnapshotClassName: \${2:snapshots}
  source:
    persistentVolumeClaimName: \${3:data}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: \${4:data-restored}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: \${5:standard}
  dataSource:
    apiGroup: snapshot.storage.k8s.io
    kind: VolumeSnapshot
    name: \${1:data-snapshot}
${size} \${6:10Gi}
`;

const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: \${1:db}
spec:
  serviceName: \${1:db}
  replicas: \${2:3}
  selector:
    matchLabels:
      app: \${1:db}
  template:
    metadata:
      labels:
        app: \${1:db}
    spec:
      containers:
        - name: \${1:db}
          image: \${3:postgres}
          volumeMounts:
            - name: data
              mountPath: \${4:/data}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: \${5:10Gi}
`;

type Late = 'WaitForFirstConsumer' | 'Immediate';

/** Drivers with what their classes need to make a volume: a line of parameters each. */
const drivers: readonly (readonly [
  name: string,
  provisioner: string,
  mode: Late,
  ...parameters: string[],
])[] = [
  ['Amazon EBS', 'ebs.csi.aws.com', 'WaitForFirstConsumer', 'type: ${2|gp3,io2,st1|}'],
  [
    'Amazon EFS',
    'efs.csi.aws.com',
    'Immediate',
    'provisioningMode: efs-ap',
    'fileSystemId: ${2:fs-0123456789abcdef0}',
    'directoryPerms: "700"',
  ],
  [
    'Azure Disk',
    'disk.csi.azure.com',
    'WaitForFirstConsumer',
    'skuName: ${2|StandardSSD_LRS,Premium_LRS,PremiumV2_LRS|}',
  ],
  ['Azure File', 'file.csi.azure.com', 'Immediate', 'skuName: ${2|Standard_LRS,Premium_LRS|}'],
  [
    'Google PD',
    'pd.csi.storage.gke.io',
    'WaitForFirstConsumer',
    'type: ${2|pd-balanced,pd-ssd,pd-standard|}',
  ],
  ['NFS', 'nfs.csi.k8s.io', 'Immediate', 'server: ${2:nfs.example.com}', 'share: ${3:/exports}'],
  [
    'Ceph RBD',
    'rbd.csi.ceph.com',
    'Immediate',
    'clusterID: ${2:cluster}',
    'pool: ${3:kubernetes}',
    ...secrets('csi-rbd-secret'),
  ],
  [
    'CephFS',
    'cephfs.csi.ceph.com',
    'Immediate',
    'clusterID: ${2:cluster}',
    'fsName: ${3:cephfs}',
    ...secrets('csi-cephfs-secret'),
  ],
  ['Longhorn', 'driver.longhorn.io', 'Immediate', 'numberOfReplicas: "${2:3}"'],
  ['vSphere', 'csi.vsphere.vmware.com', 'Immediate', 'storagepolicyname: ${2:policy}'],
  ['OpenStack Cinder', 'cinder.csi.openstack.org', 'WaitForFirstConsumer', 'type: ${2:ssd}'],
];

/** Ceph's driver wants one Secret for every step. */
function secrets(name: string): string[] {
  return ['provisioner', 'controller-expand', 'node-stage'].flatMap((step) => [
    `csi.storage.k8s.io/${step}-secret-name: ${name}`,
    `csi.storage.k8s.io/${step}-secret-namespace: \${4:ceph-csi}`,
  ]);
}

const together: readonly (readonly [label: string, about: WordId, text: string])[] = [
  ['PersistentVolumeClaim + Pod', 'starter-claim-pod', claimAndPod],
  ['PersistentVolume + PersistentVolumeClaim', 'starter-nfs-pair', nfsPair],
  ['StorageClass + PersistentVolume', 'starter-local-volume', localVolume],
  ['VolumeSnapshot + PersistentVolumeClaim', 'starter-restore', restore],
  ['StatefulSet', 'starter-stateful', stateful],
];

/** What an empty document of a YAML stream may begin with. */
export function manifestStarters(
  { kind }: Analysis,
  { of, present, named, indent, flow, replace }: KeyPlace,
  locale: Locale | undefined,
): Completion[] {
  const empty = of?.pointer === 'k8s#' && present.size === 0 && !named;
  if (!empty || kind.format !== 'yaml' || flow === true || indent !== '') return [];
  const others = Object.keys(csiDrivers)
    .filter((driver) => !drivers.some(([, provisioner]) => provisioner === driver))
    .map((driver) => [driver, driver, bestMode(driver), ...neededParameters(driver)] as const);
  const classes = [...drivers, ...others].map(
    ([name, provisioner, ...rest]) =>
      [
        `StorageClass ${provisioner}`,
        word(locale, 'starter-class', { name }),
        classOf(provisioner, ...rest),
      ] as const,
  );
  const whole = together.map(([label, about, text]) => [label, word(locale, about), text] as const);
  return [...whole, ...classes].map(([label, about, insert], order) => ({
    label,
    kind: 'value',
    detail: about,
    documentation: `${about}\n\n\`\`\`yaml\n${withoutStops(insert).trim()}\n\`\`\``,
    replace,
    insert,
    filter: label,
    deprecated: false,
    sort: `2${String(order).padStart(2, '0')}`,
  }));
}

function classOf(provisioner: string, mode: Late, ...parameters: string[]): string {
  const growing = abilitiesOf(provisioner)?.expansion === false ? '' : 'allowVolumeExpansion: true\n';
  const listed =
    parameters.length === 0 ? '' : `parameters:\n${parameters.map((line) => `  ${line}\n`).join('')}`;
  return `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: \${1:standard}
provisioner: ${escapeSnippet(provisioner)}
${listed}reclaimPolicy: \${9|Delete,Retain|}
${growing}volumeBindingMode: ${mode}
`;
}
