// An option that its own driver no longer takes.
import { imageStore, storageOption } from '../docker/storageOptions.ts';
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-opt-removed',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'safe',
  docs: {
    what: 'The storage option was removed from its driver, or the driver itself was removed.',
    why: '`overlay2.override_kernel_check` has had no effect since Docker 19.03.7, and from 24.0 on the driver refuses it: the daemon fails to start. The `dm.` options were removed with devicemapper in 25.0. `dockerd --validate` does not check storage options.',
    instead:
      'Remove the option. It has no replacement: the kernels that needed the check are no longer supported.',
    says: ['overlay2: unknown option overlay2.override_kernel_check'],
    source: [
      'daemon/graphdriver/overlay2/overlay.go:240-249 (29.7), :237 (23.0)',
      'https://docs.docker.com/engine/deprecated/',
    ],
  },
  messages: {
    refused:
      '`{name}` was removed in Docker {removed}: `dockerd --validate` accepts it, but the daemon fails to start. Remove it.',
    'maybe-refused':
      '`{name}` was removed in Docker {removed}: the daemon fails to start, or silently ignores it if the host uses the containerd image store. Remove it.',
    'no-effect':
      '`{name}` has had no effect since Docker 19.03.7, and from 24.0 on the daemon fails to start with it. Remove it before you upgrade.',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/storage-opts/[]'],
  check({ bound, root, versions, report }) {
    const option = storageOption(bound);
    if (option === undefined) return;
    const { docker } = versions;
    const kernelCheck = option.name === 'overlay2.override_kernel_check';
    const driver = text(get(root.node, 'storage-driver')) || undefined;
    // Of another driver than the chosen one: a rule of its own; of devicemapper itself: the driver is the news.
    if (driver !== undefined && driver !== (kernelCheck ? 'overlay2' : undefined)) return;
    const removed = kernelCheck ? '24.0' : '25.0';
    const store = imageStore(root.node, docker);
    if (store === 'containerd' || (!kernelCheck && option.driver !== 'devicemapper')) return;
    const args = { name: option.name, removed };
    const fixes = removalFix(bound, 'fix-remove', 'safe', args);
    if (atLeast(docker, removed)) {
      const unsure = store === 'unsure';
      report(option.pair.key, unsure ? 'maybe-refused' : 'refused', {
        ...(unsure && { level: 'warning' }),
        args,
        fixes,
      });
    } else if (kernelCheck && atLeast(docker, '19.03.7')) {
      report(option.pair.key, 'no-effect', { level: 'warning', effect: 'ignored', args, fixes });
    }
  },
});
