// A key that the chosen version no longer has, or does not have yet.
import { isDriverOption } from '../docker/driverOptions.ts';
import { defineRule, type RuleFix, removalFix } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';
import { versionOf } from '../schema/versions.ts';
import { entry as entryOf } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-removed',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The selected version of the engine does not have this key: it was removed, or was added in a later version.',
    why: 'dockerd refuses a file with such a key, and kubectl a manifest, so that the daemon fails to start after an upgrade. containers/storage silently ignores the key.',
    instead:
      'Use the key that replaced it, or remove the line. The version comes from a setting or from the connected engine.',
    source: [
      'https://docs.docker.com/engine/deprecated/',
      'daemon/config/config.go (20.10 to 29.7)',
      'storage/pkg/config/config.go (1.43 to 1.64)',
    ],
  },
  messages: {
    removed: '`{key}` was removed in {engine} {bound}: the engine refuses the file. Remove the key.',
    'removed-instead':
      '`{key}` was removed in {engine} {bound}: the engine refuses the file. Use `{instead}`.',
    'passed-over': '`{key}` was removed in {engine} {bound} and is silently ignored. Remove it.',
    'not-yet':
      '`{key}` requires {engine} {bound} or later, and this file is checked for {version}. Upgrade the engine or remove the key.',
    'fix-rename': 'Rename to {instead}',
    'fix-remove': 'Remove {key}',
  },
  at: ['*'],
  check({ bound, binding, versions, report }) {
    const { definition, entry, parent } = bound;
    if (definition === undefined || entry === undefined) return;
    const fate = keyFate(bound, binding.family, versions);
    // A table that went has a rule of its own; what lies in it goes with it.
    if (binding.family === 'storage' && definition.pointer.match(/\/options\/(aufs|thinpool)\b/)) return;
    if ((fate !== 'removed' && fate !== 'not-yet') || isDriverOption(definition.pointer)) return;
    const key = String(entry.key.value);
    const instead = definition['x-replaced-by'];
    const args = {
      key,
      instead: instead ?? '',
      engine: engines[binding.family],
      bound: definition[fate === 'removed' ? 'x-removed' : 'x-since'] ?? '',
      version: versions[versionOf[binding.family]],
    };
    const free =
      instead !== undefined && /^[\w-]+$/.test(instead) && entryOf(parent?.node, instead) === undefined;
    const rename: RuleFix[] =
      fate === 'removed' && free
        ? [
            {
              title: 'fix-rename',
              args,
              kind: 'suggestion',
              changes: [{ do: 'rename', entry, name: instead }],
            },
          ]
        : [];
    const storage = binding.family === 'storage';
    const gone = storage ? 'passed-over' : instead === undefined ? 'removed' : 'removed-instead';
    report(entry.key, fate === 'not-yet' ? 'not-yet' : gone, {
      ...(storage && { level: 'warning', effect: 'ignored' }),
      args,
      fixes: [...rename, ...removalFix(bound, 'fix-remove', 'suggestion', args)],
    });
  },
});

const engines = { daemon: 'Docker', storage: 'containers/storage', k8s: 'Kubernetes' } as const;
