// Made by `npm run generate`: every rule, by the name of its file.
import type { Rule } from '../rule.ts';
import { rule as addressPoolInvalid } from './address-pool-invalid.ts';
import { rule as apiVersionRemoved } from './api-version-removed.ts';
import { rule as appendInMainFile } from './append-in-main-file.ts';
import { rule as azureDiskUriOfOtherKind } from './azure-disk-uri-of-other-kind.ts';
import { rule as bindingModeImmediate } from './binding-mode-immediate.ts';
import { rule as builderFilterInvalid } from './builder-filter-invalid.ts';
import { rule as cgroupParentNotSlice } from './cgroup-parent-not-slice.ts';
import { rule as classExpansion } from './class-expansion.ts';
import { rule as composefsNeedsRoot } from './composefs-needs-root.ts';
import { rule as csiParameterMissing } from './csi-parameter-missing.ts';
import { rule as csiParameterOldName } from './csi-parameter-old-name.ts';
import { rule as csiParameterUnknown } from './csi-parameter-unknown.ts';
import { rule as csiParameterValue } from './csi-parameter-value.ts';
import { rule as csiSecretIncomplete } from './csi-secret-incomplete.ts';
import { rule as dataHidden } from './data-hidden.ts';
import { rule as dataSourceDropped } from './data-source-dropped.ts';
import { rule as dataSourceInvalid } from './data-source-invalid.ts';
import { rule as debugContainerField } from './debug-container-field.ts';
import { rule as defaultClassTwice } from './default-class-twice.ts';
import { rule as defaultRuntimeUnknown } from './default-runtime-unknown.ts';
import { rule as downwardFieldInvalid } from './downward-field-invalid.ts';
import { rule as downwardResourceInvalid } from './downward-resource-invalid.ts';
import { rule as driverLacksAbility } from './driver-lacks-ability.ts';
import { rule as driverOptionOutsideTable } from './driver-option-outside-table.ts';
import { rule as driverOptionRefused } from './driver-option-refused.ts';
import { rule as driverPriorityUnused } from './driver-priority-unused.ts';
import { rule as driverTableUnused } from './driver-table-unused.ts';
import { rule as dropInUnread } from './drop-in-unread.ts';
import { rule as duplicateItem } from './duplicate-item.ts';
import { rule as duplicateKey } from './duplicate-key.ts';
import { rule as entriesConflict } from './entries-conflict.ts';
import { rule as envfileNotEmptydir } from './envfile-not-emptydir.ts';
import { rule as ephemeralClaimName } from './ephemeral-claim-name.ts';
import { rule as execOptInvalid } from './exec-opt-invalid.ts';
import { rule as fcTargetIncomplete } from './fc-target-incomplete.ts';
import { rule as featureUnknown } from './feature-unknown.ts';
import { rule as fieldNotAllowed } from './field-not-allowed.ts';
import { rule as flexOptionReserved } from './flex-option-reserved.ts';
import { rule as forceMaskWithoutProgram } from './force-mask-without-program.ts';
import { rule as fractionalBytes } from './fractional-bytes.ts';
import { rule as hostAddressInvalid } from './host-address-invalid.ts';
import { rule as hostsWithSystemd } from './hosts-with-systemd.ts';
import { rule as iccOpen } from './icc-open.ts';
import { rule as imagestoreIsGraphroot } from './imagestore-is-graphroot.ts';
import { rule as insecureRegistryEverything } from './insecure-registry-everything.ts';
import { rule as insecureRegistryInvalid } from './insecure-registry-invalid.ts';
import { rule as iscsiIncomplete } from './iscsi-incomplete.ts';
import { rule as keyAlsoFlag } from './key-also-flag.ts';
import { rule as keyDeprecated } from './key-deprecated.ts';
import { rule as keyIgnored } from './key-ignored.ts';
import { rule as keyInWrongTable } from './key-in-wrong-table.ts';
import { rule as keyOfOtherPlatform } from './key-of-other-platform.ts';
import { rule as keyOfOtherUser } from './key-of-other-user.ts';
import { rule as keyRemoved } from './key-removed.ts';
import { rule as keysConflict } from './keys-conflict.ts';
import { rule as labelInvalid } from './label-invalid.ts';
import { rule as liveRestoreOff } from './live-restore-off.ts';
import { rule as localVolumeWithoutAffinity } from './local-volume-without-affinity.ts';
import { rule as logDriverRemoved } from './log-driver-removed.ts';
import { rule as logDriverUnknown } from './log-driver-unknown.ts';
import { rule as logOptInvalid } from './log-opt-invalid.ts';
import { rule as logOptMisread } from './log-opt-misread.ts';
import { rule as logOptMissing } from './log-opt-missing.ts';
import { rule as logOptUnknown } from './log-opt-unknown.ts';
import { rule as logOptsContradict } from './log-opts-contradict.ts';
import { rule as logRotationMissing } from './log-rotation-missing.ts';
import { rule as malformedValue } from './malformed-value.ts';
import { rule as metacopyIgnored } from './metacopy-ignored.ts';
import { rule as metricsAddrExposed } from './metrics-addr-exposed.ts';
import { rule as mountAndDevice } from './mount-and-device.ts';
import { rule as mountOptionRefused } from './mount-option-refused.ts';
import { rule as mountOptionsUnsupported } from './mount-options-unsupported.ts';
import { rule as mountProgramEmpty } from './mount-program-empty.ts';
import { rule as nameInvalid } from './name-invalid.ts';
import { rule as nameMissing } from './name-missing.ts';
import { rule as nameSuperseded } from './name-superseded.ts';
import { rule as needsOtherField } from './needs-other-field.ts';
import { rule as nodeTermEmpty } from './node-term-empty.ts';
import { rule as notGoBoolean } from './not-go-boolean.ts';
import { rule as notStrictJson } from './not-strict-json.ts';
import { rule as numberOutOfRange } from './number-out-of-range.ts';
import { rule as pathNotExpanded } from './path-not-expanded.ts';
import { rule as pathRelative } from './path-relative.ts';
import { rule as persistentvolumeHasNamespace } from './persistentvolume-has-namespace.ts';
import { rule as podCertificateInvalid } from './pod-certificate-invalid.ts';
import { rule as projectedPathsConflict } from './projected-paths-conflict.ts';
import { rule as provisionerMovedToCsi } from './provisioner-moved-to-csi.ts';
import { rule as provisionerRemoved } from './provisioner-removed.ts';
import { rule as provisionerUnknown } from './provisioner-unknown.ts';
import { rule as quantityInvalid } from './quantity-invalid.ts';
import { rule as quantityOutOfRange } from './quantity-out-of-range.ts';
import { rule as readwriteoncepodCombined } from './readwriteoncepod-combined.ts';
import { rule as recycleDeprecated } from './recycle-deprecated.ts';
import { rule as recycleOfRoot } from './recycle-of-root.ts';
import { rule as referenceIncomplete } from './reference-incomplete.ts';
import { rule as registryMirrorInvalid } from './registry-mirror-invalid.ts';
import { rule as requestAboveLimit } from './request-above-limit.ts';
import { rule as requiredFieldMissing } from './required-field-missing.ts';
import { rule as restartPolicyOfOtherKind } from './restart-policy-of-other-kind.ts';
import { rule as rollingUpdateInvalid } from './rolling-update-invalid.ts';
import { rule as rootlessStoragePathDeprecated } from './rootless-storage-path-deprecated.ts';
import { rule as runtimeInvalid } from './runtime-invalid.ts';
import { rule as seccompProfileUnknown } from './seccomp-profile-unknown.ts';
import { rule as selectorNotOfTemplate } from './selector-not-of-template.ts';
import { rule as selectorValuesMismatch } from './selector-values-mismatch.ts';
import { rule as sizeLimitExceeded } from './size-limit-exceeded.ts';
import { rule as sizeNeedsXfsQuota } from './size-needs-xfs-quota.ts';
import { rule as sourceTextInvalid } from './source-text-invalid.ts';
import { rule as storageDriverNotSnapshotter } from './storage-driver-not-snapshotter.ts';
import { rule as storageDriverRemoved } from './storage-driver-removed.ts';
import { rule as storageDriverRenamed } from './storage-driver-renamed.ts';
import { rule as storageDriverUnknown } from './storage-driver-unknown.ts';
import { rule as storageDriverUnset } from './storage-driver-unset.ts';
import { rule as storageOptInvalid } from './storage-opt-invalid.ts';
import { rule as storageOptOfOtherDriver } from './storage-opt-of-other-driver.ts';
import { rule as storageOptRemoved } from './storage-opt-removed.ts';
import { rule as storageOptUnknown } from './storage-opt-unknown.ts';
import { rule as storageOptsIgnored } from './storage-opts-ignored.ts';
import { rule as storePathMissing } from './store-path-missing.ts';
import { rule as tableRemoved } from './table-removed.ts';
import { rule as tcpHostWithoutTls } from './tcp-host-without-tls.ts';
import { rule as templateSourceCrossing } from './template-source-crossing.ts';
import { rule as tlsWithoutCertificate } from './tls-without-certificate.ts';
import { rule as tomlSyntax } from './toml-syntax.ts';
import { rule as topologyKeyForeign } from './topology-key-foreign.ts';
import { rule as topologyTermUnusable } from './topology-term-unusable.ts';
import { rule as trustBundleInvalid } from './trust-bundle-invalid.ts';
import { rule as ulimitInvalid } from './ulimit-invalid.ts';
import { rule as unknownKey } from './unknown-key.ts';
import { rule as unknownValue } from './unknown-value.ts';
import { rule as volumePluginMoved } from './volume-plugin-moved.ts';
import { rule as volumePluginRemoved } from './volume-plugin-removed.ts';
import { rule as volumeSourceCount } from './volume-source-count.ts';
import { rule as volumeWithoutSource } from './volume-without-source.ts';
import { rule as volumedeviceImpossible } from './volumedevice-impossible.ts';
import { rule as volumemountWithoutVolume } from './volumemount-without-volume.ts';
import { rule as wrongType } from './wrong-type.ts';
import { rule as yamlSyntax } from './yaml-syntax.ts';
import { rule as zeroIsDefault } from './zero-is-default.ts';

export const rules: readonly Rule[] = [
  addressPoolInvalid,
  apiVersionRemoved,
  appendInMainFile,
  azureDiskUriOfOtherKind,
  bindingModeImmediate,
  builderFilterInvalid,
  cgroupParentNotSlice,
  classExpansion,
  composefsNeedsRoot,
  csiParameterMissing,
  csiParameterOldName,
  csiParameterUnknown,
  csiParameterValue,
  csiSecretIncomplete,
  dataHidden,
  dataSourceDropped,
  dataSourceInvalid,
  debugContainerField,
  defaultClassTwice,
  defaultRuntimeUnknown,
  downwardFieldInvalid,
  downwardResourceInvalid,
  driverLacksAbility,
  driverOptionOutsideTable,
  driverOptionRefused,
  driverPriorityUnused,
  driverTableUnused,
  dropInUnread,
  duplicateItem,
  duplicateKey,
  entriesConflict,
  envfileNotEmptydir,
  ephemeralClaimName,
  execOptInvalid,
  fcTargetIncomplete,
  featureUnknown,
  fieldNotAllowed,
  flexOptionReserved,
  forceMaskWithoutProgram,
  fractionalBytes,
  hostAddressInvalid,
  hostsWithSystemd,
  iccOpen,
  imagestoreIsGraphroot,
  insecureRegistryEverything,
  insecureRegistryInvalid,
  iscsiIncomplete,
  keyAlsoFlag,
  keyDeprecated,
  keyIgnored,
  keyInWrongTable,
  keyOfOtherPlatform,
  keyOfOtherUser,
  keyRemoved,
  keysConflict,
  labelInvalid,
  liveRestoreOff,
  localVolumeWithoutAffinity,
  logDriverRemoved,
  logDriverUnknown,
  logOptInvalid,
  logOptMisread,
  logOptMissing,
  logOptUnknown,
  logOptsContradict,
  logRotationMissing,
  malformedValue,
  metacopyIgnored,
  metricsAddrExposed,
  mountAndDevice,
  mountOptionRefused,
  mountOptionsUnsupported,
  mountProgramEmpty,
  nameInvalid,
  nameMissing,
  nameSuperseded,
  needsOtherField,
  nodeTermEmpty,
  notGoBoolean,
  notStrictJson,
  numberOutOfRange,
  pathNotExpanded,
  pathRelative,
  persistentvolumeHasNamespace,
  podCertificateInvalid,
  projectedPathsConflict,
  provisionerMovedToCsi,
  provisionerRemoved,
  provisionerUnknown,
  quantityInvalid,
  quantityOutOfRange,
  readwriteoncepodCombined,
  recycleDeprecated,
  recycleOfRoot,
  referenceIncomplete,
  registryMirrorInvalid,
  requestAboveLimit,
  requiredFieldMissing,
  restartPolicyOfOtherKind,
  rollingUpdateInvalid,
  rootlessStoragePathDeprecated,
  runtimeInvalid,
  seccompProfileUnknown,
  selectorNotOfTemplate,
  selectorValuesMismatch,
  sizeLimitExceeded,
  sizeNeedsXfsQuota,
  sourceTextInvalid,
  storageDriverNotSnapshotter,
  storageDriverRemoved,
  storageDriverRenamed,
  storageDriverUnknown,
  storageDriverUnset,
  storageOptInvalid,
  storageOptOfOtherDriver,
  storageOptRemoved,
  storageOptUnknown,
  storageOptsIgnored,
  storePathMissing,
  tableRemoved,
  tcpHostWithoutTls,
  templateSourceCrossing,
  tlsWithoutCertificate,
  tomlSyntax,
  topologyKeyForeign,
  topologyTermUnusable,
  trustBundleInvalid,
  ulimitInvalid,
  unknownKey,
  unknownValue,
  volumePluginMoved,
  volumePluginRemoved,
  volumeSourceCount,
  volumeWithoutSource,
  volumedeviceImpossible,
  volumemountWithoutVolume,
  wrongType,
  yamlSyntax,
  zeroIsDefault,
];
