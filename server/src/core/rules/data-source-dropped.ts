// A claim that is to be filled, and comes up empty.
import { dataSourceIn, isKept, isOfClaim, keptFix } from '../kubernetes/dataSources.ts';
import { defineRule } from '../rule.ts';
import { entry, get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'data-source-dropped',
  families: ['k8s'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: 'The API server drops the source that a claim is to be filled from.',
    why: 'Alone, `dataSource` may only be a PersistentVolumeClaim without `apiGroup`, or a VolumeSnapshot with the `apiGroup` snapshot.storage.k8s.io. Anything else is removed without a word, and so is a `dataSourceRef` with a namespace while its feature is off: the claim is accepted and gets an empty volume instead of the data.',
    instead:
      'Give the exact `apiGroup`, without a version. For other kinds use `dataSourceRef`, which is refused where it is wrong instead of dropped.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references',
      'pkg/api/persistentvolumeclaim/util.go DropDisabledFields, EnforceDataSourceBackwardsCompatibility (1.37)',
    ],
  },
  messages: {
    snapshot:
      'Without `apiGroup: snapshot.storage.k8s.io` the API server silently drops this source, and the claim gets an empty volume. Add it, without a version.',
    claim:
      'With `apiGroup: {group}` the API server silently drops this source, and the claim gets an empty volume. Claims belong to no group: remove the line.',
    other:
      'The API server silently drops a `dataSource` of kind `{kind}`, and the claim gets an empty volume. Use `dataSourceRef`.',
    namespace:
      'The API server silently drops a `dataSourceRef` with a namespace unless CrossNamespaceVolumeDataSource is on, and the claim gets an empty volume. Use a source in the namespace of the claim.',
    'fix-group': 'Set apiGroup to snapshot.storage.k8s.io',
    'fix-remove': 'Remove apiGroup',
    'fix-rename': 'Rename to dataSourceRef',
  },
  at: ['k8s#PersistentVolumeClaim/spec'],
  covers: [171, 174, 175, 176, 177],
  check({ bound, report }) {
    const spec = target(bound.node);
    const place = (name: string) => bound.children.find(({ definition }) => definition?.name === name);
    const ref = dataSourceIn(bound, 'dataSourceRef');
    const written = entry(spec, 'dataSourceRef');
    if (written !== undefined && ref !== undefined && ref.namespace !== '') {
      const at = place('dataSourceRef');
      report(written.key, 'namespace', { ...(at !== undefined && { place: at }) });
    }
    const source = dataSourceIn(bound, 'dataSource');
    const own = entry(spec, 'dataSource');
    const alone = get(spec, 'dataSourceRef')?.kind !== 'map' || (ref !== undefined && ref.namespace !== '');
    if (!isOfClaim(bound) || source === undefined || own === undefined || !alone || isKept(source)) return;
    const at = place('dataSource');
    const message =
      { VolumeSnapshot: 'snapshot', PersistentVolumeClaim: 'claim' }[source.kind] ?? ('other' as const);
    report(own.key, message, {
      ...(at !== undefined && { place: at }),
      args: { kind: source.kind, group: source.apiGroup },
      fixes: keptFix(message, source, spec.kind === 'map' && written === undefined ? spec : undefined),
    });
  },
});
