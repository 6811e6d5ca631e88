// The source of a PersistentVolume of an in-tree plugin as a `csi` source: the translation that Kubernetes itself makes.
// Source: k8s.io/csi-translation-lib plugins/*.go TranslateInTreePVToCSI (1.37).
import { get, type Node, type Plain, text } from '../syntax/tree.ts';
import { movedSource } from './provisioners.ts';

export interface VolumeTranslation {
  readonly value: { readonly [key: string]: Plain };
  /** What a person has to look at: an id among the rule's messages. */
  readonly decision?: 'project' | 'handle' | 'secret';
}

interface Place {
  /** The map below `awsElasticBlockStore` and so on. */
  readonly source: Node;
  readonly spec: Node;
  readonly root: Node;
}

/** Translates a source; undefined where something that the driver needs is not written. */
export function translateVolume(field: string, place: Place): VolumeTranslation | undefined {
  const driver = movedSource(field)?.driver;
  const made = handles[field]?.(place);
  if (driver === undefined || made === undefined || made.handle === '') return undefined;
  const { handle, attributes = {}, more = {}, decision } = made;
  const fsType = text(get(place.source, 'fsType'));
  const readOnly = get(place.source, 'readOnly');
  const isReadOnly = readOnly?.kind === 'scalar' && readOnly.value === true;
  const value = {
    driver,
    volumeHandle: handle,
    ...(isReadOnly && { readOnly: true }),
    ...(fsType !== undefined && fsType !== '' && { fsType }),
    ...(Object.keys(attributes).length > 0 && { volumeAttributes: attributes }),
    ...more,
  };
  return { value, ...(decision !== undefined && { decision }) };
}

interface Handle {
  readonly handle: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, Plain>>;
  readonly decision?: VolumeTranslation['decision'];
}

const handles: Readonly<Record<string, (place: Place) => Handle | undefined>> = {
  awsElasticBlockStore: ({ source }) => ({
    handle: text(get(source, 'volumeID'))?.match(/(?:^|\/)(vol-[\w]+)$/)?.[1] ?? '',
    attributes: partition(source),
  }),
  gcePersistentDisk: ({ source, root }) => {
    const labels = get(get(root, 'metadata'), 'labels');
    const zone =
      text(get(labels, 'failure-domain.beta.kubernetes.io/zone')) ??
      text(get(labels, 'topology.kubernetes.io/zone')) ??
      'UNSPECIFIED';
    const name = text(get(source, 'pdName')) ?? '';
    // A label of several zones stands for a regional disk.
    if (name === '' || zone.includes('__')) return undefined;
    const handle = `projects/UNSPECIFIED/zones/${zone}/disks/${name}`;
    return { handle, attributes: partition(source), decision: 'project' };
  },
  azureDisk: ({ source }) => {
    // Without a kind the old plugin took a disk in a shared account, which the driver does not know.
    if (text(get(source, 'kind'))?.toLowerCase() !== 'managed') return undefined;
    const caching = text(get(source, 'cachingMode'));
    const attributes = { kind: 'Managed', ...(caching !== undefined && { cachingmode: caching }) };
    return { handle: text(get(source, 'diskURI')) ?? '', attributes };
  },
  azureFile: ({ source, spec, root }) => {
    const secret = text(get(source, 'secretName')) ?? '';
    const share = text(get(source, 'shareName')) ?? '';
    const namespace = text(get(source, 'secretNamespace')) ?? text(get(get(spec, 'claimRef'), 'namespace'));
    const name = text(get(get(root, 'metadata'), 'name')) ?? '';
    if (secret === '' || share === '' || !namespace) return undefined;
    const account = secret.match(/^azure-storage-account-(.+)-secret$/)?.[1] ?? secret;
    const annotations = get(get(root, 'metadata'), 'annotations');
    const group = text(get(annotations, 'kubernetes.io/azure-file-resource-group')) ?? '';
    return {
      handle: `${group}#${account}#${share}#${name}#${namespace}`,
      attributes: { sharename: share },
      more: { nodeStageSecretRef: { name: secret, namespace } },
      decision: 'secret',
    };
  },
  cinder: ({ source }) => ({ handle: text(get(source, 'volumeID')) ?? '' }),
  vsphereVolume: ({ source }) => {
    const policy = text(get(source, 'storagePolicyName'));
    const attributes: Record<string, string> = policy === undefined ? {} : { storagepolicyname: policy };
    return { handle: text(get(source, 'volumePath')) ?? '', attributes, decision: 'handle' };
  },
  portworxVolume: ({ source, root }) => {
    // With a secret in its annotations every call of the driver would need it.
    const secret = get(get(get(root, 'metadata'), 'annotations'), 'openstorage.io/auth-secret-name');
    return secret === undefined ? { handle: text(get(source, 'volumeID')) ?? '' } : undefined;
  },
};

function partition(source: Node): Record<string, string> {
  const written = get(source, 'partition');
  const number = written?.kind === 'scalar' ? Number(written.value) : 0;
  return number > 0 ? { partition: String(number) } : {};
}
