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
    what: '`storage-opts` stands beside the containerd image store.',
    why: 'Only the storage drivers read these options. With the containerd image store, which Docker 29 uses on new hosts, they are silently ignored: a size limit, for one, is not kept.',
    instead:
      'Take `storage-opts` out, or choose a storage driver by name with `"features": { "containerd-snapshotter": false }`.',
    source: [
      'daemon/daemon.go:1146, daemon/image_store_choice.go:94-153 (29.7)',
      'https://docs.docker.com/engine/storage/containerd/',
    ],
  },
  messages: {
    ignored:
      'The containerd image store reads no `storage-opts`: what stands here has no effect. Take it out, or turn the store off.',
    'maybe-ignored':
      'On a new host Docker {version} uses the containerd image store, which reads no `storage-opts`. Name the `storage-driver` that these options are for, so that it is certain.',
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
