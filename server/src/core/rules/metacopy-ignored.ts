// A mount option that a mount program does not have.
import { defineRule } from '../rule.ts';
import { isSetIn, namedDriver, optionFate, placeOf } from '../storage/drivers.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'metacopy-ignored',
  families: ['storage'],
  level: 'info',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: '`mountopt` holds `metacopy=on`, but layers are mounted by `mount_program`.',
    why: "Only the kernel's own overlay copies metadata alone; with a mount program the engine takes the option out, and says so only at debug level. Changing the owner of a large image then copies all of it.",
    instead: 'Remove `metacopy=on`, or use native overlay without `mount_program`.',
    says: ["Ignoring global metacopy option, the mount program doesn't support it"],
    source: ['storage/drivers/overlay/overlay.go:1345-1355 (containers/storage 1.43), :1535-1546 (1.64)'],
  },
  messages: {
    ignored:
      '`metacopy=on` is silently left out because mount_program mounts the layers. Remove it, or mount_program.',
    'fix-remove': 'Remove metacopy=on',
  },
  at: ['storage#/storage/options/mountopt', 'storage#/storage/options/overlay/mountopt'],
  check({ bound, root, versions, report }) {
    const own = bound.pointer.includes('/overlay/');
    if (namedDriver(root) !== 'overlay' || (!own && isSetIn(root, 'overlay', 'mountopt'))) return;
    if (optionFate(bound, root, versions.containersStorage) !== 'read') return;
    const above = text(placeOf(root, 'storage', 'options', 'mount_program')?.node)?.trim();
    if (!above && !isSetIn(root, 'overlay', 'mount_program')) return;
    const options = (text(bound.node)?.trim() ?? '').split(',');
    const kept = options.filter((one) => one !== 'metacopy=on');
    if (kept.length === options.length) return;
    report(bound.node, 'ignored', {
      fixes:
        bound.node.kind === 'alias' || kept.length === 0
          ? []
          : [
              {
                title: 'fix-remove',
                kind: 'suggestion',
                changes: [{ do: 'replace', node: bound.node, value: kept.join(',') }],
              },
            ],
    });
  },
});
