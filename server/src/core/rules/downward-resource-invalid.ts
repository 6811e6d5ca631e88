// A resource that a file of a downwardAPI volume cannot hold, or a unit that does not fit it.
import { downwardDivisor, downwardResource } from '../kubernetes/downward.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule, valueFix } from '../rule.ts';
import { partOf } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'downward-resource-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A file of a downwardAPI volume is to hold a resource that it cannot hold, or counts it in a unit that does not fit.',
    why: 'Files can hold the limits and requests for cpu, memory, ephemeral-storage and huge pages: cpu in `1` or `1m`, the rest in one of a unit such as `1Mi`. The API server refuses others.',
    instead: 'Use one of the resources and units that the message names.',
    says: [
      "only divisor's values 1m and 1 are supported with the cpu resource",
      'resourceFieldRef.resource: Unsupported value',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
      'pkg/apis/core/validation/validation.go validateContainerResourceFieldSelector, validateContainerResourceDivisor (1.37)',
    ],
  },
  messages: {
    resource:
      '`{value}` is no resource that can be a file, so the API server refuses it. Use {known}, or one of huge pages.',
    divisor: '`{value}` is no unit for `{resource}`, so the API server refuses it. Use {known}.',
    'no-resource':
      '`resource` is missing, so the API server refuses this file. Add one, such as limits.memory.',
    'fix-near': 'Change to {near}',
  },
  at: ['k8s#DownwardFile/resourceFieldRef'],
  covers: [63, 64],
  check({ bound: place, report }) {
    // Beside a field the server does not look at the resource.
    if (isUnset(place.node) || !isUnset(get(place.parent?.node, 'fieldRef'))) return;
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
  },
});
