// Options of FlexVolumes in a domain that belongs to Kubernetes.
import { defineRule, removalFix } from '../rule.ts';

export const rule = defineRule({
  id: 'flex-option-reserved',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'An option of a `flexVolume` has a key in the domain `kubernetes.io` or `k8s.io`.',
    why: 'Kubernetes passes such keys to the driver itself (`kubernetes.io/fsType` and others), so the API server refuses them from users.',
    instead:
      'Choose a key of your own driver, or use the field that Kubernetes has for it, such as `fsType`.',
    says: ['kubernetes.io and k8s.io namespaces are reserved'],
    source: ['pkg/apis/core/validation/validation.go validateFlexVolumeSource (1.37)'],
  },
  messages: {
    reserved:
      '`{key}` is in a domain that Kubernetes keeps for itself, so the API server refuses it. Choose another key.',
    'fix-remove': 'Remove {key}',
  },
  at: ['k8s#FlexVolume/options/*'],
  covers: [67],
  check({ bound, report }) {
    const key = String(bound.entry?.key.value ?? '');
    const [domain = ''] = key.split('/', 1);
    if (bound.entry === undefined || !/(?:^|\.)(?:kubernetes|k8s)\.io$/i.test(domain)) return;
    report(bound.entry.key, 'reserved', {
      args: { key },
      fixes: removalFix(bound, 'fix-remove', 'suggestion', { key }),
    });
  },
});
