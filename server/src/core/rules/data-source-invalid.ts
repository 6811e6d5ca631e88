// A source of a claim that the API server refuses.
import { type DataSource, dataSourceIn, isKept, isOfClaim, keptFix } from '../kubernetes/dataSources.ts';
import { dnsSubdomain } from '../kubernetes/nameForms.ts';
import { defineRule, valueFix } from '../rule.ts';
import { entry } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'data-source-invalid',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The source that a claim is to be filled from is wrong or contradicts itself.',
    why: 'Only a PersistentVolumeClaim is of the core group, so every other kind needs its `apiGroup`, without a version. `dataSource` and `dataSourceRef` are two names for the same thing; where both are written they must be equal. The API server refuses the claim otherwise.',
    instead: 'Write one of the two, with `kind`, `name` and, but for claims, the `apiGroup`.',
    says: [
      "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
      'must match dataSourceRef',
    ],
    source: [
      'pkg/apis/core/validation/validation.go validateDataSource, validateDataSourceRef, ValidatePersistentVolumeClaimSpec (1.37)',
    ],
  },
  messages: {
    group:
      'Without `apiGroup` only a PersistentVolumeClaim can be meant, so the API server refuses the kind `{kind}`. Add the apiGroup.',
    version:
      '`{group}` is not a valid apiGroup, so the API server refuses it. Write the group alone, without a version, such as snapshot.storage.k8s.io.',
    name: '`{field}` is missing in this source, so the API server refuses the claim. Add it.',
    differ:
      '`dataSource` and `dataSourceRef` mean the same and are not equal, so the API server refuses the claim. Remove one.',
    'fix-group': 'Add apiGroup: snapshot.storage.k8s.io',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [170, 171, 172, 173],
  check({ bound, report }) {
    const members = bound.definition?.properties;
    if (members?.['dataSource'] === undefined || members['dataSourceRef'] === undefined) return;
    const ref = dataSourceIn(bound, 'dataSourceRef');
    const old = dataSourceIn(bound, 'dataSource');
    const crossing = ref !== undefined && ref.namespace !== '' && isOfClaim(bound);
    const isAlone = entry(bound.node, 'dataSourceRef') === undefined || crossing;
    const isJudged = old !== undefined && !(isOfClaim(bound) && isAlone && !isKept(old));
    if (ref !== undefined && !crossing) judge('dataSourceRef', ref);
    if (isJudged) judge('dataSource', old);
    if (isJudged && ref !== undefined && !crossing && !isEqual(old, ref)) {
      report(entry(bound.node, 'dataSource')?.key ?? bound.node, 'differ');
    }

    function judge(name: string, source: DataSource): void {
      const place = bound.children.find(({ definition }) => definition?.name === name);
      if (place?.entry === undefined) return;
      const { kind, apiGroup, map } = source;
      for (const field of ['name', 'kind'] as const) {
        if (source[field] === '') report(place.entry.key, 'name', { place, below: [field], args: { field } });
      }
      if (apiGroup === '' && kind !== '' && kind !== 'PersistentVolumeClaim') {
        report(place.entry.key, 'group', {
          place,
          args: { kind },
          fixes: kind === 'VolumeSnapshot' ? keptFix('snapshot', source, undefined) : [],
        });
      }
      const group = entry(map, 'apiGroup');
      if (apiGroup === '' || group === undefined || dnsSubdomain(apiGroup) === undefined) return;
      const near = apiGroup.replace(/\/v\d\w*$/, '');
      report(group.value, 'version', {
        place,
        below: ['apiGroup'],
        args: { group: apiGroup },
        fixes: dnsSubdomain(near) === undefined ? valueFix(group.value, near) : [],
      });
    }
  },
});

function isEqual(a: DataSource, b: DataSource): boolean {
  const groups = a.hasGroup === b.hasGroup && a.apiGroup === b.apiGroup;
  return a.kind === b.kind && a.name === b.name && groups;
}
