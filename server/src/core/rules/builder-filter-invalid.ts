// A rule for cleaning the build cache up that BuildKit cannot read.
import { defineRule, removalFix } from '../rule.ts';
import { pairIn, target } from '../syntax/tree.ts';

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
    related: 'The other filter',
    'fix-remove': 'Remove this filter',
  },
  at: ['daemon#/builder/gc/policy/[]/filter'],
  check({ bound, report }) {
    const seen = new Map<string, { value: string; span: { start: number; end: number } }>();
    for (const child of bound.children) {
      const pair = pairIn(child.node);
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
