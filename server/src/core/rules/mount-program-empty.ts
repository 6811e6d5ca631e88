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
    why: "An empty string is the same as not set. It does not force the kernel's own overlay: where that is not possible, fuse-overlayfs from PATH is still used.",
    instead: 'Remove the line.',
    source: ['storage/drivers/overlay/overlay.go:345-353 (containers/storage 1.64)'],
  },
  messages: {
    empty:
      'An empty mount_program is the same as none: it does not force native overlay, and fuse-overlayfs from PATH may still be used. Remove the line.',
    'fix-remove': 'Remove the line',
  },
  at: ['storage#/storage/options/mount_program', 'storage#/storage/options/overlay/mount_program'],
  check({ bound, report }) {
    if (text(bound.node) !== '' || bound.entry === undefined) return;
    report(bound.entry.span, 'empty', { fixes: removalFix(bound, 'fix-remove', 'safe') });
  },
});
