// A volume of a plugin that is gone.
import { removedSources } from '../kubernetes/provisioners.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volume-plugin-removed',
  families: ['k8s'],
  level: 'error',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'The volume is one of an in-tree plugin that Kubernetes no longer has.',
    why: 'The API server still accepts the field, at most with a warning, but no kubelet can mount the volume: every pod with it hangs in ContainerCreating.',
    instead:
      'Use a CSI driver for the same storage, with volumes of its own, and copy the data. In place of `gitRepo`, clone in an init container into an `emptyDir`, or use an `image` volume.',
    says: ['no volume plugin matched', 'non-functional in'],
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/',
      'pkg/api/pod/warnings.go, pkg/api/persistentvolume/util.go (1.37)',
    ],
  },
  messages: {
    removed: 'Kubernetes {removed} removed `{field}`: pods with this volume do not start. Use a CSI driver.',
    'removed-driver':
      'Kubernetes {removed} removed `{field}`: pods with this volume do not start. Use a CSI driver such as {driver}, with volumes of its own.',
    'removed-later':
      '`{field}` is deprecated, and Kubernetes {removed} removes it without a migration path. Move the data before you upgrade.',
    'git-off':
      '`gitRepo` is off since Kubernetes 1.33, so pods with it do not start unless the feature gate GitRepoVolumeDriver is on. Clone in an init container into an emptyDir.',
    'git-gone':
      '`gitRepo` is off for good in Kubernetes {version}: pods with it do not start. Clone in an init container into an emptyDir.',
    flex: '`flexVolume` has been deprecated since Kubernetes 1.23: it needs an executable on every node. Use the CSI driver of the vendor.',
  },
  at: ['*'],
  covers: [260, 261, 262, 263, 264, 265],
  check({ bound, versions: { kubernetes: version }, report }) {
    const { entry: own, parent, definition } = bound;
    const field = definition?.name ?? '';
    const part = parent?.definition?.part;
    if (part !== 'k8s#Volume' && part !== 'k8s#VolumeSpec') return;
    if (own === undefined || target(bound.node).kind !== 'map') return;
    if (field === 'flexVolume' && atLeast(version, '1.23')) {
      report(own.key, 'flex', { level: 'hint', effect: 'style' });
    }
    const gone = Object.hasOwn(removedSources, field) ? removedSources[field] : undefined;
    if (gone === undefined || !atLeast(version, gone.deprecated)) return;
    const args = { field, removed: gone.removed, driver: gone.driver ?? '', version };
    const isGone = atLeast(version, gone.removed);
    const later = { level: 'warning', effect: 'risk', args } as const;
    if (field === 'gitRepo') {
      if (isGone) report(own.key, 'git-gone', { args });
      else if (atLeast(version, '1.33')) report(own.key, 'git-off', { ...later, effect: 'fails-later' });
      else report(own.key, 'removed-later', later);
    } else if (isGone) report(own.key, gone.driver === undefined ? 'removed' : 'removed-driver', { args });
    else report(own.key, 'removed-later', later);
  },
});
