// A field or a resource that a file of a downwardAPI volume cannot hold.
import { downwardDivisor, downwardField, downwardResource } from '../kubernetes/downward.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule, type RuleContext, valueFix } from '../rule.ts';
import { type Bound, partOf } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { type Entry, get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'downward-field-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A file of a downwardAPI volume is to hold something that it cannot hold.',
    why: 'A file holds either a field of the pod (`fieldRef`) or a resource of a container (`resourceFieldRef`). Of the fields only name, namespace, uid, labels and annotations can be files; what is known only later, such as `status.podIP`, can be an environment variable. Resources are those for cpu, memory, ephemeral-storage and huge pages, counted in units that fit them. The API server refuses the rest.',
    instead: 'Use one of the fields or resources that the message names, or an environment variable.',
    says: [
      'error converting fieldPath: field label not supported',
      "only divisor's values 1m and 1 are supported with the cpu resource",
    ],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
      'pkg/apis/core/validation/validation.go validateDownwardAPIVolumeFile, validateObjectFieldSelector, validateContainerResourceFieldSelector, validateContainerResourceDivisor (1.37)',
    ],
  },
  messages: {
    none: 'This file has neither `fieldRef` nor `resourceFieldRef`, so the API server refuses it. Add one.',
    both: '`fieldRef` and `resourceFieldRef` cannot stand together, so the API server refuses this. Keep one.',
    field:
      "`{value}` cannot be a file, so the API server refuses it. Use {known}, or metadata.labels and metadata.annotations with a key such as ['app'].",
    key: "`{value}` is no valid key of a label or annotation, so the API server refuses it. Write one like metadata.labels['app'].",
    version:
      'Fields are read from the apiVersion `v1` alone, so the API server refuses `{value}`. Remove it.',
    resource:
      '`{value}` is no resource that can be a file, so the API server refuses it. Use {known}, or one of huge pages.',
    divisor: '`{value}` is no unit for `{resource}`, so the API server refuses it. Use {known}.',
    'no-resource':
      '`resource` is missing, so the API server refuses this file. Add one, such as limits.memory.',
    'fix-near': 'Change to {near}',
  },
  at: ['k8s#DownwardFile'],
  covers: [61, 62, 63, 64],
  check({ bound, report }) {
    const [field, resource] = ['fieldRef', 'resourceFieldRef'].map((name) => partOf(bound, name));
    const isField = field !== undefined && !isUnset(field.node);
    const isResource = resource !== undefined && !isUnset(resource.node);
    // The server blames the list, and of a plain volume leaves out that it is one.
    const holder = bound.parent?.parent ?? bound;
    if (isField && isResource) report(resource.entry?.key ?? resource.node, 'both', { place: holder });
    if (!isField && !isResource && !isSlip(bound.unknown) && (field ?? resource)?.node.kind !== 'missing')
      report(bound.children[0]?.entry?.key ?? bound.node, 'none', { place: holder });
    if (isField) checkField(field, report);
    else if (isResource) checkResource(resource, report);
  },
});

/** An unknown key that one of the two explains, which another rule reports. */
function isSlip(unknown: readonly Entry[]): boolean {
  return unknown.some(
    ({ key }) => nearest(String(key.value), ['fieldRef', 'resourceFieldRef']) !== undefined,
  );
}

function checkField(field: Bound, report: RuleContext['report']): void {
  const [path, version] = ['fieldPath', 'apiVersion'].map((name) => partOf(field, name));
  const value = text(path?.node);
  const said = text(version?.node);
  if (path === undefined || value === undefined || value === '') return;
  if (version !== undefined && said !== undefined && said !== '' && said !== 'v1') {
    report(version.node, 'version', { place: path, args: { value: said } });
    return;
  }
  const { problem, known } = downwardField(value);
  if (problem === undefined) return;
  report(path.node, problem, {
    place: problem === 'key' ? field : path,
    args: { value, known: known.join(', ') },
    fixes: problem === 'key' ? [] : valueFix(path.node, nearest(value, known)),
  });
}

function checkResource(place: Bound, report: RuleContext['report']): void {
  const [resource, divisor] = ['resource', 'divisor'].map((name) => partOf(place, name));
  const value = text(resource?.node) ?? '';
  const known = downwardResource(value);
  // Without a container the server looks no further.
  const isNamed = (text(get(place.node, 'containerName')) ?? '') !== '';
  const isMissing = resource === undefined || (resource.node.kind !== 'missing' && value === '');
  if (isNamed && isMissing && place.unknown.length === 0)
    report(place.entry?.key ?? place.node, 'no-resource', { place, below: ['resource'] });
  if (resource !== undefined && value !== '' && known !== undefined && isNamed)
    report(resource.node, 'resource', {
      place: resource,
      args: { value, known: known.join(', ') },
      fixes: valueFix(resource.node, nearest(value, known)),
    });
  const units = divisor && downwardDivisor(value, divisor.node);
  if (divisor === undefined || units === undefined) return;
  report(divisor.node, 'divisor', {
    place: divisor,
    args: { ...units, resource: value },
  });
}
