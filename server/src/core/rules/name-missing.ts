// An object without a name.
import { placeOf } from '../kubernetes/missing.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { definitionAt } from '../schema/load.ts';
import { nearest } from '../schema/search.ts';
import { type Entry, entry, get, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'name-missing',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The object has neither `metadata.name` nor `metadata.generateName`.',
    why: 'Every object is stored under its name, so the API server refuses one without; with `generateName` it makes one up, which `kubectl create` can use and `kubectl apply` cannot.',
    instead: 'Add `metadata.name`.',
    says: ['name or generateName is required', 'resource name may not be empty'],
    source: [
      'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMetaAccessorWithOpts (1.37)',
    ],
  },
  messages: {
    missing: 'This {kind} has no name, so the API server refuses it. Add metadata.name.',
    'fix-add': 'Add metadata.name',
  },
  at: ['*'],
  covers: [6],
  check({ bound, root, kind: file, report }) {
    const metadata = bound.definition?.properties?.['metadata'];
    // Of a list's own metadata, and of templates, nobody asks a name; a LimitRange gets one (limitrange/strategy.go, 1.37).
    if (metadata?.properties?.['name'] === undefined || !isObject(bound.pointer)) return;
    if (bound.pointer === 'k8s#LimitRange') return;
    if (isPartial(root, file) || isPartial(bound, file)) return;
    const map = target(bound.node);
    const held = entry(map, 'metadata');
    const given = held && target(held.value);
    if (given?.kind === 'missing' || given?.kind === 'list') return;
    if (['name', 'generateName'].some((name) => isGiven(given, name))) return;
    // A slip in the name of the field has a rule of its own.
    const inner = bound.children.find(({ entry: own }) => own !== undefined && own === held);
    if (isSlip(inner?.unknown, ['name', 'generateName']) || isSlip(bound.unknown, ['metadata'])) return;
    const kind = text(get(map, 'kind')) ?? '';
    report(held?.key ?? placeOf(bound), 'missing', {
      below: ['metadata', 'name'],
      args: { kind },
      fixes: insertion(bound.node, held?.value),
    });
  },
});

/** The root of a kind, wherever it stands. */
function isObject(pointer: string): boolean {
  // The API server makes up a name for a LimitRange (registry/core/limitrange/strategy.go, 1.37).
  return !pointer.includes('/') && pointer !== 'k8s#LimitRange' && definitionAt(pointer) !== undefined;
}

function isSlip(unknown: readonly Entry[] | undefined, names: readonly string[]): boolean {
  return (unknown ?? []).some(({ key }) => nearest(String(key.value), names) !== undefined);
}

/** Also what is being typed, or of a type that another rule speaks of. */
function isGiven(metadata: Node | undefined, name: string): boolean {
  const value = get(metadata, name);
  return value !== undefined && !(value.kind === 'scalar' && (value.value === '' || value.value === null));
}

function insertion(object: Node, metadata: Node | undefined): RuleFix[] {
  const name = 'my-name';
  const into = metadata ?? object;
  if (into.kind !== 'map' || entry(into, 'name') !== undefined) return [];
  const change =
    metadata === undefined
      ? ({ do: 'insert', into, key: 'metadata', value: { name } } as const)
      : ({ do: 'insert', into, key: 'name', value: name } as const);
  return [{ title: 'fix-add', kind: 'suggestion', changes: [change] }];
}
