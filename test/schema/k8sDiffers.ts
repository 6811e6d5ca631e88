// Where the schema of Kubernetes says something else than the sheet on purpose: a pattern of `pointer word`, and why.

const template =
  'of a pod that is not about storage nothing is said, the way to it has no type and nothing to miss';
const always = 'older than the oldest version that can be chosen';
const ofKind = 'the gate of the whole kind, which its apiVersion stands for';
const pattern = 'what follows a pattern is no value that can be listed';
const inside = 'the values are those of a member below';

export const differs: Readonly<Record<string, string>> = {
  '(PersistentVolume/spec|Pod/spec/volumes/\\[\\])/iscsi/lun required':
    'a number that is not written is 0, which is taken (RUN 1.37)',
  'PersistentVolumeClaim/spec/dataSource(Ref)?/(kind|name) required':
    'the rule data-source-invalid says it, for both fields at once',
  'PersistentVolume/spec/local/fsType default': 'what is found on the device is no value to write',
  '.*/matchFields/\\[\\]/operator values': 'fields take In and NotIn alone, as the notes of the sheet say',
  'PersistentVolumeClaim/status/(conditions|modifyVolumeStatus) values': inside,
  'PersistentVolumeClaim/status/healthStatus (values|gate)':
    'nothing below is known; the gate of the field is as young as the field, that of 1.21 was another',
  'CSINode/status/storageHealth values': 'nothing below is known',
  'StorageClass/(volumeBindingMode|allowedTopologies.*) gate': always,
  'PersistentVolumeClaim/metadata/annotations/volume.beta.kubernetes.io/storage-class immutable':
    'annotations change; that this one may not is a rule for updates only',
  'VolumeAttachment/status/attached required': 'false where it is not written',
  'CSINode/spec/drivers/\\[\\]/name immutable': 'drivers come and go; it is the entry that may not change',
  '(CSIDriver/spec/tokenRequests/\\[\\]/audience|CSINode/spec/drivers) required':
    'only the published schema demands it: the server takes an object without',
  'CSIStorageCapacity/maximumVolumeSize minimum': 'a negative one is taken (RUN 1.37)',
  'CSIStorageCapacity/.* gate': ofKind,
  'VolumeAttributesClass/.* gate': ofKind,
  'VolumeSnapshot/metadata/annotations / class .* absent':
    'the row is about the class, where the annotation is known',
  '.*/emptyDir/medium values': pattern,
  '.*/downwardAPI/items/\\[\\]/(fieldRef/fieldPath|resourceFieldRef/resource) values': pattern,
  '(StatefulSet|Deployment|DaemonSet|ReplicaSet|Job)/spec/(selector|template) (required|type|immutable)':
    template,
  '.*/downwardAPI/items/\\[\\]/resourceFieldRef/resource required':
    'the rule downward-resource-invalid says it, where the container is named',
  'StatefulSet/spec/selector/.* absent': template,
  'StatefulSet/spec/serviceName (type|immutable)': template,
  'CronJob/spec/(schedule|jobTemplate) (required|type)': template,
};
