// A log driver that the chosen version no longer has, or will lose.
import { hasLogOptions, logOptionsOf, textsBut } from '../docker/logOptions.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { entry, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-driver-removed',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The log driver was removed from Docker, or will be.',
    why: '`dockerd --validate` accepts the name, but no container can be created with it; with `log-opts` in the file the daemon fails to start. The service behind `logentries` has been shut down.',
    instead: 'Choose another driver, and remove the options that only the old one had.',
    says: ['error looking up logging plugin logentries: plugin "logentries" not found'],
    source: ['https://docs.docker.com/engine/deprecated/', 'run on 20.10.24 and 28.5.2'],
  },
  messages: {
    removed:
      'The log driver `{driver}` was removed in Docker {removed}: no container can be created. Change to `{instead}`.',
    'removed-start':
      'The log driver `{driver}` was removed in Docker {removed}: the daemon fails to start. Change to `{instead}`.',
    'removed-later':
      'The log driver `{driver}` is deprecated and will be removed in Docker {removed}. Change to `{instead}` before you upgrade.',
    'fix-driver': 'Change to {instead}',
  },
  at: ['daemon#/log-driver'],
  check({ bound, root, versions, report }) {
    const driver = text(bound.node);
    const value = bound.definition?.['x-values']?.find((one) => one.value === driver);
    const {
      'x-removed': removed,
      'x-deprecated': deprecated,
      'x-replaced-by': instead = 'json-file',
    } = value ?? {};
    if (driver === undefined || removed === undefined) return;
    const gone = atLeast(versions.docker, removed);
    if (!gone && !atLeast(versions.docker, deprecated ?? removed)) return;
    const args = { driver, removed, instead };
    const next = logOptionsOf(instead, versions)?.properties ?? {};
    const id = gone ? (hasLogOptions(root.node) ? 'removed-start' : 'removed') : 'removed-later';
    report(bound.node, id, {
      ...(!gone && { level: 'warning', effect: 'risk' }),
      args,
      fixes: changed(bound, root, instead, (name) => !Object.hasOwn(next, name)),
    });
  },
});

/** The options that the next driver does not know go with the old one. */
function changed(bound: Bound, root: Bound, instead: string, unknown: (name: string) => boolean): RuleFix[] {
  const changes: RuleFix['changes'][number][] = [{ do: 'replace', node: bound.node, value: instead }];
  const map = target(root.node);
  const options = entry(map, 'log-opts');
  if (options !== undefined && map.kind === 'map') {
    const kept = textsBut(options.value, unknown);
    if (kept === undefined) return [];
    if (Object.keys(kept).length === 0) changes.push({ do: 'remove', from: map, item: options });
    else changes.push({ do: 'replace', node: options.value, value: kept });
  }
  return [{ title: 'fix-driver', args: { instead }, kind: 'suggestion', changes }];
}
