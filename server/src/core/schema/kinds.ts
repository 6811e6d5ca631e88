// Which definition a Kubernetes document has: by its apiVersion and kind together, never by its shape.
import type { ApiVersion, Definition } from './definition.ts';
import { schemas } from './load.ts';

/** The definition of a kind in an apiVersion, lists of one kind (`PodList`) included; undefined where the kind is not ours. */
export function kindDefinition(apiVersion: string, kind: string): Definition | undefined {
  const { roots } = schemas.k8s;
  const known = apiVersionOf(apiVersion, kind);
  if (known !== undefined && kind.endsWith('List')) return roots[lists];
  if (known?.fields === 'other') return known.of === undefined ? undefined : beginning(roots[known.of]);
  return roots[known?.of ?? `${apiVersion}/${kind}`];
}

/** The kind that the items of a list have which do not say so themselves (apimachinery unstructured: decodeToList, 1.37). */
export function itemKind(listKind: string): string | undefined {
  return listKind.endsWith('List') && listKind !== 'List' ? listKind.slice(0, -'List'.length) : undefined;
}

/** What is known of an apiVersion of a kind, or of the lists of that kind. */
export function apiVersionOf(apiVersion: string, kind: string): ApiVersion | undefined {
  const { apiVersions } = schemas.k8s;
  const name = `${apiVersion}/${kind}`;
  if (Object.hasOwn(apiVersions, name)) return apiVersions[name];
  const item = itemKind(kind);
  const items = `${apiVersion}/${item}`;
  return item !== undefined && Object.hasOwn(apiVersions, items) ? apiVersions[items] : undefined;
}

/** The apiVersions that a kind of ours is best written in. */
export function versionsOf(kind: string): string[] {
  return Object.keys(schemas.k8s.roots)
    .filter((name) => name.endsWith(`/${kind}`))
    .map((name) => name.slice(0, -kind.length - 1));
}

/** The kinds of ours that an apiVersion has; of an empty one all. */
export function kindsOf(apiVersion: string): string[] {
  const names = Object.keys(schemas.k8s.roots).map(
    (name) => [name.slice(0, name.lastIndexOf('/')), name] as const,
  );
  const kinds = names.filter(([version]) => apiVersion === '' || version === apiVersion);
  return kinds.map(([version, name]) => name.slice(version.length + 1));
}

const lists = 'v1/List';

/** A kind of which only the beginning is known. */
function beginning(of: Definition | undefined): Definition | undefined {
  if (of === undefined) return undefined;
  const known = ['apiVersion', 'kind', 'metadata'];
  const properties = Object.entries(of.properties ?? {}).filter(([name]) => known.includes(name));
  return {
    ...of,
    properties: Object.fromEntries(properties),
    additionalProperties: true,
    required: known.slice(0, 2),
  };
}
