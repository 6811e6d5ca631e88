// A key that the only readers of its file have no use for.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-of-other-user',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'safe',
  docs: {
    what: 'A key counts for root only, or for users without root only, and this file is read by the others.',
    why: 'Who reads a file is settled by its place: `storage.rootful.conf.d` and the home directory of root belong to root, `storage.rootless.conf.d` and other home directories to users without root. Root has no use for `rootless_storage_path`; without root `--userns=auto` takes its ranges from the user who runs it, whatever `root-auto-userns-user` says.',
    instead:
      'Remove the key, or move it into a file that the right user reads. Where the store of one user lies is set by `graphroot` in their own file.',
    source: [
      'storage/types/options.go:235-243, storage/userns.go:25-50 (containers/storage 1.65)',
      'storage/types/options.go:148-174 (1.62): from 1.59 on root took rootless_storage_path where graphroot was not set',
    ],
  },
  messages: {
    'for-rootless':
      'Only root reads this file, and root does not look at `rootless_storage_path`. Set `graphroot`, or move this line into `storage.rootless.conf.d`.',
    'for-root':
      'Root does not read this file, and for users without root `root-auto-userns-user` is ignored: their own entries in /etc/subuid and /etc/subgid count. Remove it.',
    'fix-remove': 'Remove {key}',
  },
  at: ['storage#/storage/rootless_storage_path', 'storage#/storage/options/root-auto-userns-user'],
  check({ bound, kind: { place }, versions: { containersStorage: version }, report }) {
    if (place === undefined || place.unread !== undefined || bound.entry === undefined) return;
    if (!text(bound.node)) return;
    const isPath = bound.definition?.name === 'rootless_storage_path';
    if (place.readers !== (isPath ? 'root' : 'rootless')) return;
    if (isPath && atLeast(version, '1.59') && !atLeast(version, '1.63')) return;
    const args = { key: String(bound.entry.key.value) };
    report(bound.entry.key, isPath ? 'for-rootless' : 'for-root', {
      fixes: removalFix(bound, 'fix-remove', 'safe', args),
    });
  },
});
