// A volume of a plugin that Kubernetes hands to a CSI driver.
import { translateVolume } from '../kubernetes/migratedVolume.ts';
import { movedSource } from '../kubernetes/provisioners.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volume-plugin-moved',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'The volume is one of an in-tree plugin that was replaced by a CSI driver.',
    why: 'Kubernetes translates such a source and hands it to the CSI driver. Where that driver is not installed, pods with the volume do not start. In a pod there is no `csi` source for it: such a disk needs a PersistentVolume and a claim.',
    instead:
      'Install the driver and describe the volume as `csi`. The source of an existing PersistentVolume cannot be changed: make it anew with the reclaim policy Retain, or leave it to the translation.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#csi-migration',
      'k8s.io/csi-translation-lib plugins/*.go TranslateInTreePVToCSI (1.37)',
    ],
  },
  messages: {
    redirected:
      'Kubernetes {version} hands `{field}` to the CSI driver {driver}: without that driver installed, pods with this volume do not start. Use `csi` in new volumes.',
    pod: 'Kubernetes {version} hands `{field}` to the CSI driver {driver}: without that driver installed, this pod does not start. Use a claim.',
    deprecated:
      '`{field}` has been deprecated since Kubernetes {since}: later versions hand it to the CSI driver {driver}. Use that driver for new volumes.',
    project: 'The driver fills in project and zone where they are UNSPECIFIED: write the right ones',
    secret: 'Check that the driver may read this secret',
    handle:
      'The driver takes a path only while its migration is on: otherwise register the disk and write its id',
    'fix-csi': 'Describe it as a volume of {driver} (for new volumes)',
  },
  at: ['*'],
  check({ bound, versions, report }) {
    const { entry: own, parent, definition } = bound;
    const field = definition?.name ?? '';
    const moved = isSource(parent?.definition?.part) ? movedSource(field) : undefined;
    if (own === undefined || moved === undefined || target(bound.node).kind !== 'map') return;
    const isRedirected = atLeast(versions.kubernetes, moved.redirectedFrom);
    if (!isRedirected && !atLeast(versions.kubernetes, moved.deprecated)) return;
    const isVolume = parent?.pointer === 'k8s#PersistentVolume/spec';
    const made =
      isVolume && parent?.parent !== undefined && bound.node.kind === 'map'
        ? translateVolume(field, { source: bound.node, spec: parent.node, root: parent.parent.node })
        : undefined;
    const args = { field, driver: moved.driver, version: versions.kubernetes, since: moved.deprecated };
    const fixes: RuleFix[] = made
      ? [
          {
            title: 'fix-csi',
            args,
            kind: 'suggestion',
            changes: [
              { do: 'rename', entry: own, name: 'csi' },
              { do: 'replace', node: bound.node, value: made.value },
            ],
          },
        ]
      : [];
    report(own.key, !isRedirected ? 'deprecated' : isVolume ? 'redirected' : 'pod', {
      args,
      fixes,
      related: made?.decision === undefined ? [] : [{ span: own.key.span, message: made.decision }],
    });
  },
});

/** Whether the fields of a place are sources of a volume. */
function isSource(part: string | undefined): boolean {
  return part === 'k8s#Volume' || part === 'k8s#VolumeSpec';
}
