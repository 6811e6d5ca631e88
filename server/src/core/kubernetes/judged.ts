// What the API server judges itself: of custom kinds only what their CustomResourceDefinition says, of names not all.
import { formatProblem } from '../formats.ts';
import type { Report } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

/** Whether a document is of the snapshot kinds, or a ReferenceGrant (kubernetes-csi/external-snapshotter client/config/crd, v8.6). */
export function isCustom({ node }: Bound): boolean {
  return /^(?:(?:group)?snapshot\.storage|gateway\.networking)\.k8s\.io\//.test(
    text(get(node, 'apiVersion')) ?? '',
  );
}

/** Whether the form of a name is not judged: of required fields and of namespaces that the server clears other rules speak. */
export function isOthersMatter(
  { parent, entry, pointer, definition }: Bound,
  root: Bound,
  value: string,
): boolean {
  const name = String(entry?.key.value);
  if (value === '' && parent?.definition?.required?.includes(name) === true) return true;
  // Of custom kinds any qualified name may be a finalizer.
  if (definition?.format === 'finalizer' && isCustom(root) && /^[\w.-]+$/.test(value)) return true;
  return root.definition?.['x-scope'] === 'cluster' && pointer.endsWith('/metadata/namespace');
}

/** Where only the name that is made of a prefix is wrong, the API server blames the name. */
export function madeName({ definition, parent }: Bound, value: string): Pick<Report, 'place' | 'below'> {
  const prefix = value.replace(/.-$/, 'a');
  if (definition?.name !== 'generateName' || parent === undefined || prefix === value) return {};
  return formatProblem(definition, prefix) === undefined ? { place: parent, below: ['name'] } : {};
}
