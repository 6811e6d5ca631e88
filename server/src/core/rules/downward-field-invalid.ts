// A field or a resource that a file of a downwardAPI volume cannot hold.
import { downwardField } from '../kubernetes/downward.ts';
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule, type RuleContext, valueFix } from '../rule.ts';
import { type Bound, partOf } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'downward-field-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A file of a downwardAPI volume is to hold a field that it cannot hold.',
    why: 'A file holds either a field of the pod (`fieldRef`) or a resource of a container (`resourceFieldRef`). Of the fields only name, namespace, uid, labels and annotations can be files; what is known only later, such as `status.podIP`, can be an environment variable. The API server refuses the rest.',
    instead: 'Use one of the fields that the message names, or an environment variable.',
    says: [
      'error converting fieldPath: field label not supported',
      'one of fieldRef and resourceFieldRef is required',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
      'pkg/apis/core/validation/validation.go validateDownwardAPIVolumeFile, validateObjectFieldSelector (1.37)',
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
    'fix-near': 'Change to {near}',
  },
  at: ['k8s#DownwardFile'],
  covers: [61, 62],
  check({ bound, report }) {
    const [field, resource] = ['fieldRef', 'resourceFieldRef'].map((name) => partOf(bound, name));
    // An unknown key may be one of the two with a slip in its name, which another rule reports.
    const isSlip = bound.unknown.some(({ key }) =>
      nearest(String(key.value), ['fieldRef', 'resourceFieldRef']),
    );
    const isField = field !== undefined && !isUnset(field.node);
    const isResource = resource !== undefined && !isUnset(resource.node);
    // The server blames the list, and of a plain volume leaves out that it is one.
    const holder = bound.parent?.parent ?? bound;
    if (isField && isResource) report(resource.entry?.key ?? resource.node, 'both', { place: holder });
    if (!isField && !isResource && !isSlip && (field ?? resource)?.node.kind !== 'missing')
      report(bound.children[0]?.entry?.key ?? bound.node, 'none', { place: holder });
    if (isField) checkField(field, report);
  },
});

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
