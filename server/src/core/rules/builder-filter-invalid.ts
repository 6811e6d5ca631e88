// A rule for cleaning the build cache up that BuildKit cannot read.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { type Node, pairIn, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'builder-filter-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The filters of one clean-up rule contradict each other.',
    why: 'A rule may name each filter once, and `until` is the new name of `unused-for`. `dockerd --validate` does not look, but the daemon fails to start.',
    instead: 'Keep one filter of each name, `until` rather than `unused-for`.',
    says: ['could not get builder GC policy'],
    source: [
      'daemon/internal/builder-next/builder.go:664-710 (29.7)',
      'https://docs.docker.com/build/cache/garbage-collection/',
    ],
  },
  messages: {
    twice: '`{name}` is given twice with different values: {verdict}. Keep one.',
    until: '`unused-for` is the old name of `until`, and both are given: {verdict}. Keep `until`.',
    bare: 'A filter without `=` makes this version of dockerd crash while it reads the file. Write it as name=value.',
    related: 'The other filter',
    'fix-remove': 'Remove this filter',
  },
  at: ['daemon#/builder/gc/policy/[]/filter'],
  check({ bound, versions, report }) {
    const seen = new Map<string, { value: string; span: { start: number; end: number } }>();
    for (const child of bound.children) {
      const pair = pairIn(child.node);
      if (!atLeast(versions.docker, '23.0') && child.entry === undefined && isBare(child.node)) {
        report(child.node, 'bare', {
          place: child,
          effect: 'refused',
          fixes: removalFix(child, 'fix-remove', 'suggestion'),
        });
      }
      if (pair === undefined || pair.value.kind !== 'scalar' || target(child.node).kind !== 'scalar')
        continue;
      const name = String(pair.key.value);
      const plain = name === 'unused-for' ? 'until' : name;
      const first = seen.get(plain);
      const value = String(pair.value.value);
      if (first === undefined) seen.set(plain, { value: `${name}=${value}`, span: child.node.span });
      else if (first.value !== `${name}=${value}`) {
        const mixed = !first.value.startsWith(`${name}=`);
        report(child.node, mixed ? 'until' : 'twice', {
          place: child,
          args: { name },
          related: [{ span: first.span, message: 'related' }],
          fixes: removalFix(child, 'fix-remove', 'suggestion'),
        });
      }
    }
  },
});

/** No `=`: dockerd 20.10 looks behind it all the same. (RUN 20.10.24) */
function isBare(node: Node): boolean {
  const held = target(node);
  if (held.kind !== 'scalar') return false;
  return held.type === 'null' || (typeof held.value === 'string' && !held.value.includes('='));
}
