// Volumes of drivers that Kubernetes has no code for any more: accepted, and no pod with them starts.
import { isUnset } from '../kubernetes/pods.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';

export const rule = defineRule({
  id: 'volume-plugin-gone',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'A volume has a source whose driver is gone from Kubernetes, or is about to go.',
    why: 'The fields are still in the API, so the API server accepts them with a warning, but the kubelet has no code for them any more, and pods wait for the volume for ever.',
    instead:
      'Move the data to a volume of a CSI driver for the same storage; instead of `gitRepo`, clone in an init container into an emptyDir.',
    says: [
      'deprecated in v1.28, non-functional in v1.31+',
      'deprecated in v1.11, and disabled by default in v1.33+',
    ],
    source: [
      'pkg/api/pod/warnings.go warningsForPodSpecAndMeta; pkg/api/persistentvolume/util.go (1.37)',
      'https://kubernetes.io/docs/concepts/storage/volumes/#volume-types',
    ],
  },
  messages: {
    gone: '`{key}` does nothing since Kubernetes {gone}: the API server only warns, and pods with this volume do not start. Use a CSI driver.',
    soon: '`{key}` is deprecated since Kubernetes {since} and does nothing from {gone} on. Use a CSI driver.',
    git: '`gitRepo` is turned off since Kubernetes 1.33: the API server only warns, and pods with this volume do not start. Clone in an init container into an emptyDir.',
    'git-soon':
      '`gitRepo` is deprecated since Kubernetes 1.11 and turned off from 1.33 on. Clone in an init container into an emptyDir.',
  },
  at: [
    'k8s#PhotonPersistentDisk',
    'k8s#ScaleIo',
    'k8s#Flocker',
    'k8s#StorageOs',
    'k8s#Quobyte',
    'k8s#Glusterfs',
    'k8s#CephFs',
    'k8s#Rbd',
    'k8s#Volume/gitRepo',
  ],
  covers: [260, 261, 262, 263, 264, 265],
  check({ bound, versions, report }) {
    const { entry, definition, node } = bound;
    const [since, gone] = plugins[definition?.name ?? ''] ?? [];
    if (entry === undefined || since === undefined || gone === undefined || isUnset(node)) return;
    if (!atLeast(versions.kubernetes, since)) return;
    const isGone = atLeast(versions.kubernetes, gone);
    const message = definition?.name === 'gitRepo' ? (isGone ? 'git' : 'git-soon') : isGone ? 'gone' : 'soon';
    const args = { key: String(entry.key.value), since, gone };
    report(entry.key, message, { args, ...(!isGone && { effect: 'risk' }) });
  },
});

/** Deprecated since, without code since. */
const plugins: Readonly<Record<string, readonly [string, string]>> = {
  photonPersistentDisk: ['1.11', '1.16'],
  scaleIO: ['1.16', '1.22'],
  flocker: ['1.22', '1.25'],
  storageos: ['1.22', '1.25'],
  quobyte: ['1.22', '1.25'],
  glusterfs: ['1.25', '1.26'],
  cephfs: ['1.28', '1.31'],
  rbd: ['1.28', '1.31'],
  gitRepo: ['1.11', '1.33'],
};
