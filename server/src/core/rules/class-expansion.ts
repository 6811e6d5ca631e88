// Growing volumes: promised where the driver cannot, or not allowed where it can.
import { classDriver } from '../kubernetes/classes.ts';
import { abilitiesOf } from '../kubernetes/csiDrivers.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule } from '../rule.ts';
import { entry, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'class-expansion',
  families: ['k8s'],
  level: 'hint',
  effect: 'style',
  fix: 'suggestion',
  docs: {
    what: 'A StorageClass allows volumes to grow that its driver cannot grow, or says nothing where the driver could.',
    why: 'Without `allowVolumeExpansion` the API server refuses every larger size of a claim. With it, but a driver that cannot grow volumes, a larger size is accepted and nothing ever happens.',
    instead:
      'Set `allowVolumeExpansion: true` where the driver can grow volumes, and remove it where it cannot.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
      'plugin/pkg/admission/storage/persistentvolume/resize/admission.go (1.37)',
    ],
  },
  messages: {
    cannot: '{driver} cannot grow volumes: a larger claim is accepted, but never gets larger. Remove it.',
    could:
      '{driver} can grow volumes, but claims of this class may not: the API server refuses a larger size. Allow it if they should.',
    'fix-allow': 'Allow volumes to grow',
    'fix-remove': 'Remove allowVolumeExpansion',
  },
  at: ['k8s#StorageClass'],
  check({ bound, root, kind, report }) {
    const driver = classDriver(bound) ?? '';
    const abilities = abilitiesOf(driver);
    const own = entry(bound.node, 'provisioner');
    if (abilities === undefined || own === undefined || isPartial(root, kind)) return;
    const allowed = entry(bound.node, 'allowVolumeExpansion');
    const value = allowed && target(allowed.value);
    const into = bound.node;
    if (abilities.expansion === false) {
      if (allowed === undefined || value?.kind !== 'scalar' || value.value !== true) return;
      report(allowed.key, 'cannot', {
        level: 'info',
        effect: 'ignored',
        below: ['allowVolumeExpansion'],
        args: { driver },
        fixes:
          into.kind === 'map' && into.entries.includes(allowed)
            ? [
                {
                  title: 'fix-remove',
                  kind: 'suggestion',
                  changes: [{ do: 'remove', from: into, item: allowed }],
                },
              ]
            : [],
      });
    } else if (allowed === undefined) {
      report(own.value, 'could', {
        below: ['allowVolumeExpansion'],
        args: { driver },
        fixes:
          into.kind === 'map'
            ? [
                {
                  title: 'fix-allow',
                  kind: 'suggestion',
                  changes: [{ do: 'insert', into, key: 'allowVolumeExpansion', value: true }],
                },
              ]
            : [],
      });
    }
  },
});
