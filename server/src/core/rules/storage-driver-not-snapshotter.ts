// A storage driver's name where a snapshotter is asked for.
import { imageStore, onlyStorageDrivers } from '../docker/storageOptions.ts';
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { entry, get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-driver-not-snapshotter',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`containerd-snapshotter` is on, and `storage-driver` names a driver that containerd does not have.',
    why: 'With the containerd image store, `storage-driver` is the name of a snapshotter. containerd has `overlayfs`, not `overlay2`. From Docker 29 on, the daemon fails to start with a name that it cannot find; before that it starts, but can neither unpack an image nor create a container. `dockerd --validate` accepts it.',
    instead: 'Leave `storage-driver` out, or write `overlayfs`.',
    says: ['configured driver NAME is not available', 'snapshotter NAME not found'],
    source: [
      'daemon/daemon.go:1311 (29.7); run on 28.5.2',
      'https://docs.docker.com/engine/storage/containerd/',
    ],
  },
  messages: {
    driver:
      'With the containerd image store, this names a snapshotter, and containerd has no `{driver}`: the daemon fails to start. Remove storage-driver, or use `overlayfs`.',
    'driver-later':
      'containerd has no snapshotter `{driver}`: Docker {version} starts, but can neither unpack images nor create containers. Remove storage-driver, or use `overlayfs`.',
    'fix-remove': 'Remove storage-driver',
    'fix-overlayfs': 'Change to overlayfs',
    related: 'The containerd image store is turned on here',
  },
  at: ['daemon#/storage-driver'],
  check({ bound, root, versions, report }) {
    const driver = text(bound.node);
    const switched = entry(get(root.node, 'features'), 'containerd-snapshotter');
    if (driver === undefined) return;
    if (!onlyStorageDrivers.includes(driver) || imageStore(root.node, versions.docker) !== 'containerd')
      return;
    report(bound.node, atLeast(versions.docker, '29.0') ? 'driver' : 'driver-later', {
      args: { driver, version: versions.docker },
      related: switched === undefined ? [] : [{ span: switched.span, message: 'related' }],
      fixes: [
        ...removalFix(bound, 'fix-remove', 'suggestion'),
        {
          title: 'fix-overlayfs',
          kind: 'suggestion',
          changes: [{ do: 'replace', node: bound.node, value: 'overlayfs' }],
        },
      ],
    });
  },
});
