// One thing in one place: of the sources that a volume, snapshot or attachment can have exactly one.
import { placeOf } from '../kubernetes/missing.ts';
import { kindOf, objectOf } from '../kubernetes/objects.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import type { Definition } from '../schema/definition.ts';
import { exists } from '../schema/describe.ts';
import { nearest } from '../schema/search.ts';
import { type Entry, entry, isNull, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volume-source-count',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A volume, snapshot or attachment has no source, or more than one.',
    why: 'The source says where the data is: `csi`, `nfs`, `local`, `hostPath` and so on for a volume, the claim or the content for a snapshot. The API server accepts exactly one and refuses the object otherwise.',
    instead: 'Keep the one source that holds the data. Two places need two volumes.',
    says: [
      'must specify a volume type',
      'may not specify more than 1 volume type',
      'must specify exactly one of',
    ],
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes',
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec, validateVolumeSource (1.37)',
      'pkg/apis/storage/validation/validation.go validateVolumeAttachmentSource (1.37)',
      'kubernetes-csi/external-snapshotter client/config/crd (v8.6)',
    ],
  },
  messages: {
    none: 'None of {members} is set, so the API server refuses this {kind}. Add one.',
    several:
      'Only one source is possible, and `{first}` is already set: the API server refuses `{second}` beside it. Keep one of them.',
    related: 'The other source',
    'fix-remove': 'Remove {second}',
  },
  at: ['*'],
  covers: [138, 139, 227, 245, 250, 253, 256],
  check({ bound, root, versions, kind: file, report }) {
    const { definition } = bound;
    const oneOf = definition?.['x-one-of'];
    const map = target(bound.node);
    if (oneOf === undefined || map.kind !== 'map') return;
    const given = oneOf.members
      .flatMap((name) => entry(map, name) ?? [])
      .filter(({ value }) => !isNull(value));
    const [first, ...more] = given;
    if (first === undefined) {
      // An unknown field may be a source with a slip in its name, which another rule reports.
      const slip = bound.unknown.some(({ key }) => nearest(String(key.value), oneOf.members) !== undefined);
      if (oneOf.optional === true || slip || isPartial(root, file)) return;
      const kind = kindOf(objectOf(bound));
      report(placeOf(bound), 'none', {
        args: { members: memberNames(definition, oneOf.members, versions.kubernetes), kind },
      });
      return;
    }
    for (const second of more) {
      const name = String(second.key.value);
      if (second.value.kind === 'missing' || oneOf.lenient?.includes(name) === true) continue;
      report(second.key, 'several', {
        below: oneOf.each === true ? [name] : [],
        args: { first: String(first.key.value), second: name },
        related: [{ span: first.key.span, message: 'related' }],
        fixes: removal(bound, second),
      });
    }
  },
});

/** Those that a new object would use, as many as are read at a glance. */
function memberNames(of: Definition | undefined, members: readonly string[], version: string): string {
  const alive = members.filter((name) => {
    const member = of?.properties?.[name];
    return member !== undefined && exists(member, version) && member['x-deprecated'] === undefined;
  });
  const most = 8;
  return `${alive.slice(0, most).join(', ')}${alive.length > most ? ' …' : ''}`;
}

function removal({ node }: Bound, item: Entry): RuleFix[] {
  if (node.kind !== 'map' || !node.entries.includes(item)) return [];
  const args = { second: String(item.key.value) };
  return [{ title: 'fix-remove', args, kind: 'suggestion', changes: [{ do: 'remove', from: node, item }] }];
}
