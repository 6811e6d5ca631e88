// Made by `npm run generate`: every rule, by the name of its file.
import type { Rule } from '../rule.ts';
import { rule as csiSecretIncomplete } from './csi-secret-incomplete.ts';
import { rule as duplicateKey } from './duplicate-key.ts';
import { rule as localVolumeWithoutAffinity } from './local-volume-without-affinity.ts';
import { rule as notStrictJson } from './not-strict-json.ts';
import { rule as persistentvolumeHasNamespace } from './persistentvolume-has-namespace.ts';
import { rule as provisionerMovedToCsi } from './provisioner-moved-to-csi.ts';
import { rule as provisionerRemoved } from './provisioner-removed.ts';
import { rule as provisionerUnknown } from './provisioner-unknown.ts';
import { rule as readwriteoncepodCombined } from './readwriteoncepod-combined.ts';
import { rule as tomlSyntax } from './toml-syntax.ts';
import { rule as volumeSourceCount } from './volume-source-count.ts';
import { rule as yamlSyntax } from './yaml-syntax.ts';

export const rules: readonly Rule[] = [
  csiSecretIncomplete,
  duplicateKey,
  localVolumeWithoutAffinity,
  notStrictJson,
  persistentvolumeHasNamespace,
  provisionerMovedToCsi,
  provisionerRemoved,
  provisionerUnknown,
  readwriteoncepodCombined,
  tomlSyntax,
  volumeSourceCount,
  yamlSyntax,
];
