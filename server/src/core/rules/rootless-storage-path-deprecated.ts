// A key for rootless users that graphroot has taken the place of.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { placeOf } from '../storage/drivers.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'rootless-storage-path-deprecated',
  families: ['storage'],
  level: 'hint',
  effect: 'style',
  fix: 'safe',
  docs: {
    what: '`rootless_storage_path` is set, which is deprecated, or `graphroot` beside it takes precedence.',
    why: "From containers/storage 1.63 on `graphroot` wins for every user, rootless users too, and the engine warns when both are set: a system-wide file with both then sends all users to root's folder. Up to 1.62 each had its own: of a system-wide file root takes `graphroot` and users take `rootless_storage_path`; of a user's own file only `graphroot` counts where both are set.",
    instead:
      "Write `graphroot` in the user's own file, or in a file in `/etc/containers/storage.rootless.conf.d/` for all users.",
    says: [
      'Both rootless_storage_path and graphroot are set, using graphroot setting only, rootless_storage_path is deprecated and should be removed',
    ],
    source: ['storage/types/options.go:235-249 (containers/storage 1.64), :170-176 (1.62); run on both'],
  },
  messages: {
    unused: 'graphroot is set too and takes precedence, so this line has no effect. Remove it.',
    'unused-system':
      'From containers/storage 1.63 on, graphroot takes precedence for rootless users too: this line has no effect, and they use the folder of root. Set graphroot for them in storage.rootless.conf.d.',
    deprecated:
      '`rootless_storage_path` is deprecated since containers/storage 1.63. Set graphroot instead, for all rootless users in storage.rootless.conf.d.',
    'fix-remove': 'Remove rootless_storage_path',
    'fix-rename': 'Rename to graphroot',
    related: 'The setting that takes precedence',
  },
  at: ['storage#/storage/rootless_storage_path'],
  check({ bound, root, kind, versions, report }) {
    const late = atLeast(versions.containersStorage, '1.63');
    const user = kind.scope === 'user';
    if (bound.entry === undefined || !text(bound.node) || !(late || user)) return;
    const graphroot = placeOf(root, 'storage', 'graphroot');
    if (graphroot?.entry !== undefined && text(graphroot.node)) {
      report(bound.entry.span, user ? 'unused' : 'unused-system', {
        level: 'warning',
        effect: user ? 'ignored' : 'risk',
        related: [{ span: graphroot.entry.span, message: 'related' }],
        fixes: removalFix(bound, 'fix-remove', 'safe'),
      });
    } else if (late) {
      // For a user they mean the same; root would take one and not the other.
      const rename = { do: 'rename', entry: bound.entry, name: 'graphroot' } as const;
      const fixes = [{ title: 'fix-rename', kind: 'safe', changes: [rename] }] as const;
      report(bound.entry.key, 'deprecated', user && graphroot === undefined ? { fixes } : {});
    }
  },
});
