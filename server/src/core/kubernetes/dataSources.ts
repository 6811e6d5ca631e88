// What a claim is to be filled from: dataSource and dataSourceRef as the API server reads them.
import type { RuleFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { entry, get, isNull, type MapNode, target, text } from '../syntax/tree.ts';

export interface DataSource {
  readonly map: MapNode;
  readonly kind: string;
  readonly name: string;
  /** Empty where it is not written. */
  readonly apiGroup: string;
  /** It is written, be it empty: to the API server that is not the same as nothing. */
  readonly hasGroup: boolean;
  readonly namespace: string;
}

export const snapshotGroup = 'snapshot.storage.k8s.io';

/** A source as it stands under a claim's spec; undefined where it is not written, or a part of it is being typed. */
export function dataSourceIn(spec: Bound, name: 'dataSource' | 'dataSourceRef'): DataSource | undefined {
  const map = get(spec.node, name);
  if (map?.kind !== 'map') return undefined;
  const parts = ['kind', 'name', 'apiGroup', 'namespace'].map((one) => partOf(map, one));
  const [kind, called, apiGroup, namespace] = parts;
  if (kind === undefined || called === undefined || apiGroup === undefined || namespace === undefined)
    return undefined;
  const group = get(map, 'apiGroup');
  const hasGroup = group !== undefined && !isNull(group);
  return { map, kind, name: called, apiGroup, hasGroup, namespace };
}

/** Undefined for what is no text, so that a type is wrong or nothing is typed yet. */
function partOf(map: MapNode, name: string): string | undefined {
  const found = entry(map, name);
  if (found === undefined) return '';
  const value = target(found.value);
  return isNull(value) ? '' : text(value);
}

/**
 * Whether the API server keeps a `dataSource` that stands alone: it has always dropped others than claims and snapshots
 * (pkg/api/persistentvolumeclaim/util.go EnforceDataSourceBackwardsCompatibility, 1.37).
 */
export function isKept({ kind, apiGroup }: DataSource): boolean {
  return (
    (kind === 'PersistentVolumeClaim' && apiGroup === '') ||
    (kind === 'VolumeSnapshot' && apiGroup === snapshotGroup)
  );
}

/** Whether what is not kept is dropped without a word: of a claim itself; in a template it is judged like any other. */
export function isOfClaim({ pointer }: Bound): boolean {
  return pointer === 'k8s#PersistentVolumeClaim/spec';
}

/** What makes the API server keep a source, by what is wrong with it: the messages of data-source-dropped. */
export function keptFix(message: string, { map }: DataSource, spec: MapNode | undefined): RuleFix[] {
  const group = map.entries.find(({ key }) => key.value === 'apiGroup');
  if (message === 'claim' && group !== undefined) {
    return [{ title: 'fix-remove', kind: 'suggestion', changes: [{ do: 'remove', from: map, item: group }] }];
  }
  if (message === 'snapshot') {
    const change =
      group === undefined
        ? ({ do: 'insert', into: map, key: 'apiGroup', value: snapshotGroup } as const)
        : ({ do: 'replace', node: group.value, value: snapshotGroup } as const);
    return [{ title: 'fix-group', kind: 'suggestion', changes: [change] }];
  }
  const own = spec?.entries.find(({ key }) => key.value === 'dataSource');
  return message !== 'other' || own === undefined
    ? []
    : [
        {
          title: 'fix-rename',
          kind: 'suggestion',
          changes: [{ do: 'rename', entry: own, name: 'dataSourceRef' }],
        },
      ];
}
