// Kinds that the API server knows by a CustomResourceDefinition only: it judges what that says, and the rest is left to a controller.
import type { Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

/** Whether a document is of the snapshot kinds, or a ReferenceGrant (kubernetes-csi/external-snapshotter client/config/crd, v8.6). */
export function isCustom({ node }: Bound): boolean {
  return /^(?:(?:group)?snapshot\.storage|gateway\.networking)\.k8s\.io\//.test(
    text(get(node, 'apiVersion')) ?? '',
  );
}
