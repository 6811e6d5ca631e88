// The top of a manifest whose kind is not written yet, or not known: apiVersion and kind, each with what fits the other.
import type { Analysis } from '../analyze.ts';
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { kindsOf, versionsOf } from '../schema/kinds.ts';
import { get, target, text } from '../syntax/tree.ts';

/** What such a document is. */
export function anyKind(apiVersion: string, kind: string): Definition {
  const fitting = { apiVersion: versionsOf(kind), kind: kindsOf(apiVersion) };
  const all = { apiVersion: [...new Set(kindsOf('').flatMap(versionsOf))], kind: kindsOf('') };
  const member = (name: 'apiVersion' | 'kind'): [string, Definition] => {
    const pointer = `k8s#/${name}`;
    const examples = fitting[name].length > 0 ? fitting[name] : all[name];
    return [name, { pointer, name, texts: pointer, part: pointer, type: 'string', examples }];
  };
  const properties = Object.fromEntries([member('apiVersion'), member('kind')]);
  return { pointer: 'k8s#', name: '', texts: 'k8s#', part: 'k8s#', properties };
}

/** Its top level as a bound place, for the document that holds an offset; undefined where that is no manifest in braces. */
export function anyManifest({ tree, kind }: Analysis, offset: number): Bound | undefined {
  const index = tree.documents.findLastIndex(({ span }) => span.start <= offset && offset <= span.end);
  const document = tree.documents[index];
  const root = document && target(document.root);
  if (kind.family !== 'k8s' || document?.templated === true || root?.kind !== 'map') return undefined;
  if (root.style !== 'flow' && kind.format !== 'json') return undefined;
  const definition = anyKind(text(get(root, 'apiVersion')) ?? '', text(get(root, 'kind')) ?? '');
  const place = { document: index, parent: undefined, unknown: [] };
  const children = root.entries.map((entry): Bound => {
    const name = String(entry.key.value);
    const member = definition.properties?.[name];
    const pointer = member?.pointer ?? `k8s#/?${name}`;
    return { ...place, node: entry.value, definition: member, pointer, path: [name], entry, children: [] };
  });
  return { ...place, node: root, definition, pointer: 'k8s#', path: [], entry: undefined, children };
}
