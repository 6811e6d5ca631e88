// An option that the log driver does not have, or not in this version.
import { logDriver, logOptionsOf, takesAnyName } from '../docker/logOptions.ts';
import { defineRule, type RuleFix, removalFix, renameFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { definitionAt } from '../schema/load.ts';
import { knownNames, nearest } from '../schema/search.ts';
import { typeMatches } from '../schema/types.ts';
import { atLeast } from '../schema/versions.ts';
import { entry } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-opt-unknown',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The log driver in this file has no option of this name in the selected version.',
    why: 'When the file holds `log-opts`, the daemon passes them to the log driver at its start, and fails to start if the driver does not know a name. Each driver has its own options: `max-size` of json-file is unknown to syslog or journald. `dockerd --validate` does not check this. `none` and plugins are not checked.',
    instead: 'Correct the name, choose the driver that the option belongs to, or remove the option.',
    says: ["failed to set log opts: unknown log opt 'NAME' for json-file log driver (or another driver)"],
    source: ['daemon/logger/factory.go:134-152 and each driver (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    unknown: 'The log driver {driver} has no option `{name}`: the daemon fails to start. Remove it.',
    'unknown-near':
      'The log driver {driver} has no option `{name}`: the daemon fails to start. Did you mean `{near}`?',
    'of-other':
      'The log driver {driver} has no option `{name}`: the daemon fails to start. It belongs to {owner}; remove it or change the driver.',
    removed: '`{name}` was removed in Docker {bound}: the daemon fails to start. Use `{near}`.',
    'not-yet':
      '{driver} knows `{name}` only from Docker {bound} on: the daemon fails to start. Remove it or upgrade the engine.',
    ignored: '`{name}` has no effect with {driver}, which can read its own logs. Remove it.',
    'fix-near': 'Change to {near}',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/log-opts'],
  check({ bound, root, versions, report }) {
    const driver = logDriver(root.node);
    const options = logOptionsOf(driver, versions);
    if (options === undefined || takesAnyName(driver)) return;
    const { docker } = versions;
    for (const child of bound.children) {
      const { entry: own, definition, pointer, node } = child;
      if (own === undefined || node.kind === 'missing' || !typeMatches(node, definition, 'daemon')) continue;
      const name = String(own.key.value);
      const remove = removalFix(child, 'fix-remove', 'suggestion', { name });
      const say = (id: string, more: Record<string, string>, fixes: readonly RuleFix[]) =>
        report(own.key, id, { args: { name, driver, ...more }, fixes: [...fixes, ...remove] });
      const { 'x-since': since, 'x-removed': removed, 'x-ignored': ignored } = definition ?? {};
      if (pointer.endsWith('/*')) {
        const near = nearest(name, knownNames(options, docker));
        const owner = ownersOf(name);
        const id = near !== undefined ? 'unknown-near' : owner === '' ? 'unknown' : 'of-other';
        say(id, { near: near ?? '', owner }, entry(bound.node, near ?? '') ? [] : renameFix(own, near));
      } else if (removed !== undefined && atLeast(docker, removed)) {
        const near = definition?.['x-replaced-by'] ?? '';
        say('removed', { bound: removed, near }, entry(bound.node, near) ? [] : renameFix(own, near));
      } else if (since !== undefined && !atLeast(docker, since)) say('not-yet', { bound: since }, []);
      else if (ignored !== undefined) {
        report(own.key, 'ignored', {
          level: 'warning',
          effect: 'ignored',
          args: { name, driver },
          fixes: remove,
        });
      }
    }
  },
});

function ownersOf(name: string): string {
  const cases: Readonly<Record<string, Bound['definition']>> =
    definitionAt('daemon#/log-opts')?.['x-variants']?.cases ?? {};
  const owners = Object.keys(cases).filter((driver) => Object.hasOwn(cases[driver]?.properties ?? {}, name));
  return owners.slice(0, 3).join(', ');
}
