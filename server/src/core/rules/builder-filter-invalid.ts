// Filters of the build cache that exclude one another.

import { duration } from '../formats.ts';
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'builder-filter-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'A rule for the clean-up of the build cache has filters that exclude one another.',
    why: 'Filters are read when BuildKit starts, which is part of the start of the daemon: it fails to start with the same filter twice, with `until` beside `unused-for`, which mean the same, and with an `until` that is no time. `dockerd --validate` does not look at filters. A name that BuildKit does not know is silently ignored.',
    instead: 'Write each filter once. For several values write several rules.',
    says: [
      'could not get builder GC policy: filters expect only one value',
      'could not get builder GC policy: conflicting filters: "until" and "unused-for"',
      `"until" filter expects a duration (e.g., '24h') or a timestamp`,
    ],
    source: ['daemon/internal/builder-next/builder.go:664-710 (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    twice:
      'The filter `{name}` stands here twice: BuildKit takes one value, and the daemon fails to start. Remove one.',
    synonyms:
      '`until` and `unused-for` mean the same and exclude one another: the daemon fails to start. Keep `until`.',
    'no-time':
      '`{value}` is not a valid time for `{name}`: the daemon fails to start. Write a duration, such as 48h.',
    related: 'The other filter',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/builder/gc/policy/[]/filter'],
  check({ bound, binding, versions, report }) {
    const enabled = binding.at('daemon#/builder/gc/enabled').at(-1)?.node;
    const on = enabled?.kind === 'scalar' ? enabled.value : undefined;
    // Without the switch the clean-up is on; older versions want it.
    if (on === false || (on !== true && !atLeast(versions.docker, '28.0'))) return;
    const seen = new Map<string, (typeof bound.children)[number]>();
    for (const item of bound.children) {
      const [, name = '', value = ''] = text(item.node)?.match(/^\s*([^=]+?)\s*=\s*(.*?)\s*$/) ?? [];
      const key = name.toLowerCase();
      if (!known.includes(key)) continue;
      const time = key === 'until' || key === 'unused-for';
      const other = seen.get(time ? 'until' : key);
      const args = { name, value };
      if (time && duration(value) !== undefined && !/^\d/.test(value)) report(item.node, 'no-time', { args });
      if (other === undefined) seen.set(time ? 'until' : key, item);
      else if (text(other.node) !== text(item.node)) {
        const same = text(other.node)?.toLowerCase().startsWith(key) === true;
        const surplus = same || key !== 'until' ? item : other;
        report(item.node, same ? 'twice' : 'synonyms', {
          args,
          related: [{ span: other.node.span, message: 'related' }],
          fixes: removalFix(surplus, 'fix-remove', 'suggestion', { name: text(surplus.node) ?? name }),
        });
      }
    }
  },
});

const known = ['until', 'unused-for', 'id', 'parent', 'type', 'description', 'inuse', 'shared', 'private'];
