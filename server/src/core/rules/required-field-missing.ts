// A field that the API server wants is not there, or is there with nothing in it.
import { driverOf } from '../kubernetes/csiDrivers.ts';
import { isCustom } from '../kubernetes/judged.ts';
import { missingFields, placeOf, sampleOf } from '../kubernetes/missing.ts';
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { entry } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'required-field-missing',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A field that Kubernetes requires is missing or empty.',
    why: 'The API server has no default for it and refuses the object. An empty text, list or map counts as missing, too.',
    instead: 'Add the field that the message names.',
    says: ['Required value', 'Invalid value: must be specified'],
    source: [
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec, ValidatePersistentVolumeClaimSpec, validateCSIPersistentVolumeSource, validatePVSecretReference, validateVolumeNodeAffinity (1.37)',
      'pkg/apis/storage/validation/validation.go validateProvisioner, ValidateVolumeAttributesClass, validateCSINodeDriver, validateVolumeAttachmentSpec, ValidateCSIStorageCapacity (1.37)',
      'kubernetes-csi/external-snapshotter client/config/crd (v8.6)',
    ],
  },
  messages: {
    missing: '`{field}` is missing, so the API server refuses this {kind}. Add it.',
    empty: '`{field}` is empty, so the API server refuses this {kind}. Give it a value.',
    'fix-add': 'Add {field}',
  },
  at: ['*'],
  covers: [
    16, 27, 31, 33, 34, 35, 37, 39, 40, 43, 44, 45, 46, 50, 51, 54, 55, 56, 57, 58, 60, 63, 68, 69, 71, 72,
    73, 74, 75, 76, 78, 80, 82, 89, 90, 92, 95, 99, 100, 116, 118, 120, 129, 132, 140, 143, 148, 149, 161,
    162, 170, 193, 208, 219, 220, 224, 226, 230, 232, 235, 245, 248, 249, 251, 255, 257, 258,
  ],
  check(context) {
    const { bound, root, versions, kind: file, report } = context;
    if (bound.definition?.required === undefined || isPartial(root, file)) return;
    // What a driver wants of a class is no matter of the API server.
    if (driverOf(bound) !== undefined) return;
    const object = objectOf(bound);
    const kind = kindOf(object);
    const added = new Set<string>();
    for (const { steps, empty } of missingFields(bound, versions.kubernetes, isCustom(object))) {
      const [name = ''] = steps;
      const given = entry(bound.node, name)?.value;
      const fixes = given !== undefined || added.has(name) ? [] : insertion(context, name);
      added.add(name);
      report(given ?? placeOf(bound), empty ? 'empty' : 'missing', {
        below: steps,
        args: { field: [...inObject(bound), ...steps].join('.'), kind },
        fixes,
      });
    }
  },
});

function insertion({ bound }: RuleContext, name: string): RuleFix[] {
  const into = bound.node;
  const value = sampleOf(bound.definition?.properties?.[name]);
  if (into.kind !== 'map' || value === undefined) return [];
  const field = [...inObject(bound), name].join('.');
  return [
    {
      title: 'fix-add',
      args: { field },
      kind: 'suggestion',
      changes: [{ do: 'insert', into, key: name, value }],
    },
  ];
}

/** The steps from the object, which in a list is not the document. */
function inObject(bound: Bound): Bound['path'] {
  return bound.path.slice(objectOf(bound).path.length);
}
