// A label that dockerd does not take.
import { defineRule, removalFix } from '../rule.ts';
import { spanInside, target } from '../syntax/tree.ts';
import { textIn } from '../written.ts';

export const rule = defineRule({
  id: 'label-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A label has no `=`, is in a reserved namespace, or contradicts another one.',
    why: 'Labels of the daemon are `key=value`. dockerd refuses the file for one without `=`, for one under `com.docker.`, `io.docker.` or `org.dockerproject.`, and for two labels that give the same key two values.',
    instead: 'Use a namespace of your own, such as `com.example.rack=b4`, and give each key one value.',
    says: [
      'bad attribute format',
      'label is not allowed: the namespaces com.docker.*, io.docker.*, and org.dockerproject.* are reserved for internal use',
      'conflict labels',
    ],
    source: [
      'daemon/pkg/opts/opts.go:333, daemon/config/config.go:405 (29.7); run on 28.5.2',
      'https://docs.docker.com/reference/cli/dockerd/#daemon-metadata',
    ],
  },
  messages: {
    'no-equals': '`{label}` has no `=`: {verdict}. Write it as key=value.',
    reserved: 'Labels under `{space}` are reserved for Docker: {verdict}. Use a namespace of your own.',
    conflict: '`{key}` has two different values: {verdict}. Keep one.',
    related: 'The other value of {key}',
    'fix-remove': 'Remove {label}',
  },
  at: ['daemon#/labels'],
  check({ bound, report }) {
    const seen = new Map<string, { value: string; span: { start: number; end: number } }>();
    for (const child of bound.children) {
      const node = target(child.node);
      const label = textIn(child);
      if (node.kind !== 'scalar' || label === undefined) continue;
      const equals = label.indexOf('=');
      const space = /^(?:com\.docker|io\.docker|org\.dockerproject)\./i.exec(label)?.[0];
      const fixes = removalFix(child, 'fix-remove', 'suggestion', { label });
      if (equals < 0) report(node, 'no-equals', { place: child, args: { label }, fixes });
      else if (space !== undefined) {
        report(spanInside(node, 0, space.length), 'reserved', { place: child, args: { space }, fixes });
      } else {
        const key = label.slice(0, equals);
        const first = seen.get(key);
        const value = label.slice(equals + 1);
        if (first === undefined) seen.set(key, { value, span: node.span });
        else if (first.value !== value) {
          const related = [{ span: first.span, message: 'related', args: { key } }];
          report(node, 'conflict', { place: child, args: { key }, fixes, related });
        }
      }
    }
  },
});
