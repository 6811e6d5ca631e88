// Storage options beside a store that does not read them.
import { imageStore } from '../docker/storageOptions.ts';
import { defineRule } from '../rule.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-opts-ignored',
  families: ['daemon'],
  level: 'warning',
  effect: 'ignored',
  fix: 'none',
  docs: {
    what: '`storage-opts` is used together with the containerd image store.',
    why: 'Only the storage drivers read these options. With the containerd image store, which Docker 29 uses on new hosts, they are silently ignored: a size limit, for example, is not enforced.',
    instead:
      'Remove `storage-opts`, or set a storage driver together with `"features": { "containerd-snapshotter": false }`.',
    source: [
      'daemon/daemon.go:1146, daemon/image_store_choice.go:94-153 (29.7)',
      'https://docs.docker.com/engine/storage/containerd/',
    ],
  },
  messages: {
    ignored:
      'The containerd image store does not read `storage-opts`: these options have no effect. Remove them, or turn the store off.',
    'maybe-ignored':
      'On a new host, Docker {version} uses the containerd image store, which does not read `storage-opts`. Set the `storage-driver` that these options belong to.',
  },
  at: ['daemon#/storage-opts'],
  check({ bound, root, versions, report }) {
    const list = target(bound.node);
    if (list.kind !== 'list' || list.items.length === 0 || bound.entry === undefined) return;
    const store = imageStore(root.node, versions.docker);
    if (store === 'containerd') report(bound.entry.key, 'ignored');
    if (store === 'unsure') {
      report(bound.entry.key, 'maybe-ignored', { level: 'info', args: { version: versions.docker } });
    }
  },
});
