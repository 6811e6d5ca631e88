// An empty string that turns nothing off.
import { defineRule, removalFix } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'mount-program-empty',
  families: ['storage'],
  level: 'info',
  effect: 'ignored',
  fix: 'safe',
  docs: {
    what: '`mount_program` is an empty string.',
    why: "Empty counts as not set. It does not force the kernel's own overlay: where that is not possible, fuse-overlayfs is still taken from PATH.",
    instead: 'Take the line out.',
    source: ['storage/drivers/overlay/overlay.go:345-353 (containers/storage 1.64)'],
  },
  messages: {
    empty:
      'An empty mount_program counts as not set: it does not force native overlay, and fuse-overlayfs from PATH is still used where native overlay is not possible. Take the line out.',
    'fix-remove': 'Remove the line',
  },
  at: ['storage#/storage/options/mount_program', 'storage#/storage/options/overlay/mount_program'],
  check({ bound, report }) {
    if (text(bound.node) !== '' || bound.entry === undefined) return;
    report(bound.entry.span, 'empty', { fixes: removalFix(bound, 'fix-remove', 'safe') });
  },
});
