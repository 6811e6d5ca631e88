// A mask that only a mount program can apply.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { isSetIn, namedDriver, optionFate, placeOf } from '../storage/drivers.ts';
import { target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'force-mask-without-program',
  families: ['storage'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`force_mask` is set without `mount_program`.',
    why: "The kernel's overlay cannot show files with other permissions than they have; only fuse-overlayfs can. Up to containers/storage 1.54 the store does not open with native overlay; from 1.55 on it opens and images can be pulled, but no container can be created. It works only where native overlay is not possible, because fuse-overlayfs is then found by itself.",
    instead:
      'Set `mount_program = "/usr/bin/fuse-overlayfs"` in `[storage.options.overlay]`, or remove `force_mask`.',
    says: [
      "'force_mask' is supported only with 'mount_program'",
      'overlay: force_mask option for writeable layers is only supported with a mount_program',
    ],
    source: [
      'storage/drivers/overlay/overlay.go Init (containers/storage 1.43, 1.54), CreateReadWrite (1.55, 1.64); run on 1.43, 1.54, 1.55 and 1.64',
    ],
  },
  messages: {
    start:
      'force_mask works only with a mount_program: with native overlay, containers/storage {version} fails to start. Set mount_program as well.',
    create:
      'force_mask works only with a mount_program: with native overlay, no container can be created. Set mount_program as well.',
    'fix-set': 'Set mount_program = "/usr/bin/fuse-overlayfs"',
  },
  at: ['storage#/storage/options/force_mask', 'storage#/storage/options/overlay/force_mask'],
  check({ bound, root, versions, report }) {
    const version = versions.containersStorage;
    if (namedDriver(root) !== 'overlay' || bound.entry === undefined) return;
    if (optionFate(bound, root, version) !== 'read') return;
    const own = bound.pointer.includes('/overlay/');
    // What its table replaces is reported there.
    if (!own && isSetIn(root, 'overlay', 'force_mask')) return;
    const above = text(placeOf(root, 'storage', 'options', 'mount_program')?.node);
    if (above || isSetIn(root, 'overlay', 'mount_program')) return;
    const table = bound.parent && target(bound.parent.node);
    const free = placeOf(root, 'storage', 'options', 'overlay', 'mount_program') === undefined;
    report(bound.entry.key, atLeast(version, '1.55') ? 'create' : 'start', {
      args: { version },
      fixes:
        own && free && table?.kind === 'map'
          ? [
              {
                title: 'fix-set',
                kind: 'suggestion',
                changes: [
                  { do: 'insert', into: table, key: 'mount_program', value: '/usr/bin/fuse-overlayfs' },
                ],
              },
            ]
          : [],
    });
  },
});
