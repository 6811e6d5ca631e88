// Two defaults of the same file.
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { entry, get, target, text } from '../syntax/tree.ts';

const annotations: Readonly<Record<string, readonly string[]>> = {
  StorageClass: [
    'storageclass.kubernetes.io/is-default-class',
    'storageclass.beta.kubernetes.io/is-default-class',
  ],
  VolumeSnapshotClass: ['snapshot.storage.kubernetes.io/is-default-class'],
  VolumeGroupSnapshotClass: ['groupsnapshot.storage.kubernetes.io/is-default-class'],
};

export const rule = defineRule({
  id: 'default-class-twice',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'none',
  docs: {
    what: 'Two classes of the file are marked as the default.',
    why: 'The API server accepts several default classes. Claims without a class get the one that was created last, so which storage they end up on hangs on the order of the file; snapshots without a class fail as soon as a driver has two defaults.',
    instead: 'Keep the annotation on one class only.',
    source: [
      'pkg/volume/util/storageclass.go GetDefaultClass (1.37)',
      'https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass',
      'kubernetes-csi/external-snapshotter pkg/common-controller SetDefaultSnapshotClass (v8.6)',
    ],
  },
  messages: {
    class:
      'There is another default StorageClass in this file: claims without a class get the one that was created last. Keep one default.',
    snapshot:
      'There is another default {kind} for this driver in the file: snapshots without a class fail. Keep one default.',
    related: 'The other default',
  },
  at: ['*'],
  covers: [207, 259],
  check({ bound, binding, report }) {
    const kind = kindOf(bound);
    const own = defaultEntry(bound);
    if (own === undefined) return;
    const same = binding.all.filter((other) => other !== bound && kindOf(other) === kind);
    const driver = text(get(bound.node, 'driver'));
    const rival = same.find(
      (other) =>
        defaultEntry(other) !== undefined &&
        nameOf(other) !== nameOf(bound) &&
        (kind === 'StorageClass' || text(get(other.node, 'driver')) === driver),
    );
    const other = rival && defaultEntry(rival);
    if (other === undefined) return;
    report(own.key, kind === 'StorageClass' ? 'class' : 'snapshot', {
      args: { kind: kind ?? '' },
      below: ['metadata', 'annotations', String(own.key.value)],
      related: [{ span: other.key.span, message: 'related' }],
    });
  },
});

type Place = Bound;

function kindOf({ definition }: Place): string | undefined {
  const name = definition?.pointer.replace('k8s#', '');
  return name !== undefined && Object.hasOwn(annotations, name) ? name : undefined;
}

function nameOf({ node }: Place): string | undefined {
  return text(get(get(node, 'metadata'), 'name'));
}

function defaultEntry(place: Place): ReturnType<typeof entry> {
  const names = annotations[kindOf(place) ?? ''] ?? [];
  const written = get(get(place.node, 'metadata'), 'annotations');
  return names
    .map((name) => entry(written, name))
    .find((one) => one !== undefined && text(target(one.value)) === 'true');
}
