// A managed Azure disk is named by its resource, an unmanaged one by the address of its blob.
import { defineRule } from '../rule.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'azure-disk-uri-of-other-kind',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'The `diskURI` of an `azureDisk` does not fit its `kind`.',
    why: 'A disk of kind `Managed` is named by its resource, which begins with `/subscriptions/`; the kinds `Shared` and `Dedicated` are blobs with an address that begins with `https://`. Without `kind` it is `Shared`. The API server refuses the rest.',
    instead: 'Write `kind: Managed` for a managed disk, and the URI that Azure shows.',
    says: [
      'Unsupported value: supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"',
    ],
    source: [
      'pkg/apis/core/validation/validation.go validateAzureDisk; pkg/apis/core/v1/defaults.go SetDefaults_AzureDiskVolumeSource (1.37)',
    ],
  },
  messages: {
    managed:
      'A disk of kind Managed is named by its resource, so the API server refuses `{value}`. Write a URI that begins with /subscriptions/.',
    blob: 'A disk of kind {kind} is a blob with an address, so the API server refuses `{value}`. Write a URI that begins with https://, or `kind: Managed`.',
  },
  at: ['k8s#AzureDisk/diskURI'],
  covers: [70],
  check({ bound: { node, parent }, report }) {
    const value = text(node);
    const written = get(parent?.node, 'kind');
    const kind = written === undefined || written.kind === 'missing' ? 'Shared' : text(written);
    if (value === undefined || value === '' || /\$[{(]/.test(value) || written?.kind === 'missing') return;
    const isManaged = kind === 'Managed';
    if (value.startsWith(isManaged ? '/subscriptions/' : 'https://')) return;
    report(node, isManaged ? 'managed' : 'blob', {
      args: { value, kind: kind === undefined || kind === '' ? 'Shared' : kind },
    });
  },
});
