// Two items of a list that may not be the same.
import { formatProblem } from '../formats.ts';
import { placeOf } from '../kubernetes/missing.ts';
import { defineRule, type RuleContext, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { get, isNull, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'duplicate-item',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'Two items of a list have the same name or value.',
    why: 'The items are told apart by it: drivers of a node by their name, tokens by their audience, parts of a topology by their key, volumes of a pod by their name, mounts by their path. The API server refuses the second one.',
    instead: 'Remove one of the two, or give it a name of its own.',
    says: ['Duplicate value', 'must be unique'],
    source: [
      'pkg/apis/core/validation/validation.go ValidateTopologySelectorTerm, validateTopologySelectorLabelRequirement, ValidateVolumes, ValidateVolumeMounts, ValidateVolumeDevices (1.37)',
      'pkg/apis/storage/validation/validation.go validateCSINodeDriver, validateTokenRequests (1.37)',
    ],
  },
  messages: {
    duplicate:
      '`{value}` is already an item of this list, and each may stand there once: the API server refuses the second. Remove one, or change it.',
    empty:
      'An item of this list has no `{by}` already, and there may be one such: the API server refuses the second. Remove one, or name it.',
    related: 'The first one',
    'fix-remove': 'Remove the second one',
  },
  at: ['*'],
  covers: [17, 101, 116, 118, 201, 202, 215, 219, 221],
  check({ bound, report }) {
    const unique = bound.definition?.['x-unique'];
    if (unique === undefined || target(bound.node).kind !== 'list') return;
    for (const by of [unique].flat()) reportTwins(bound, by, report);
  },
});

function reportTwins(bound: Bound, by: true | string, report: RuleContext['report']): void {
  const first = new Map<string, Node>();
  for (const item of bound.children) {
    const told = by === true ? item : item.children.find(({ definition }) => definition?.name === by);
    const value = toldBy(item, by);
    // What is required and empty is another rule's matter.
    const isMissing = by !== true && item.definition?.required?.includes(by) === true && value === '';
    if (value === undefined || isMissing || isRefused(item, by, value)) continue;
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, told?.node ?? item.node);
    else {
      report(told?.node ?? placeOf(item), value === '' ? 'empty' : 'duplicate', {
        place: item,
        below: by === true ? [] : [by],
        args: { value, by: String(by) },
        related: [{ span: earlier.span, message: 'related' }],
        fixes: removalFix(item, 'fix-remove', 'suggestion'),
      });
    }
  }
}

/** A volume whose name is refused is not known under it (core/validation.go: ValidateVolumes, 1.37). */
function isRefused({ definition }: Bound, by: true | string, value: string): boolean {
  if (by === true || definition?.part !== 'k8s#Volume') return false;
  return formatProblem(definition.properties?.[by], value) !== undefined;
}

/** What an item is told apart by; where it is not written, the member's default. */
function toldBy({ node, definition }: Bound, by: true | string): string | undefined {
  if (by === true) return isNull(node) ? '' : text(node);
  if (target(node).kind !== 'map' && !isNull(node)) return undefined;
  const held = get(node, by);
  if (held !== undefined && !isNull(held)) return text(held);
  const standard = definition?.properties?.[by]?.default;
  return typeof standard === 'string' ? standard : undefined;
}
