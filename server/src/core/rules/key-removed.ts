// A key that the chosen version no longer has, or does not have yet.
import { defineRule, type RuleFix, removalFix } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';
import { versionOf } from '../schema/versions.ts';
import { warnsOfUnknown } from '../storage/undecoded.ts';
import { entry as entryOf } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-removed',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'safe',
  docs: {
    what: 'The selected version of the engine does not have this key: it was removed, or was added in a later version.',
    why: 'dockerd refuses a file with such a key, and kubectl a manifest, so that the daemon fails to start after an upgrade. containers/storage ignores the key, with a warning up to 1.62.',
    instead:
      'Use the key that replaced it, or remove the line. The version comes from a setting or from the connected engine.',
    says: [
      "the following directives don't match any configuration option",
      'the config parameter and the dockerd option have been removed',
    ],
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
    warned: '`{key}` was removed in {engine} {bound}: the loader prints a warning and ignores it. Remove it.',
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
    if ((fate !== 'removed' && fate !== 'not-yet') || elsewhere.test(definition.pointer)) return;
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
    const changes = free ? [{ do: 'rename', entry, name: instead } as const] : [];
    const rename: RuleFix = { title: 'fix-rename', args, kind: 'suggestion', changes };
    // Members of objects in daemon.json that dockerd does not know are passed over, but in nri-opts.
    const inside =
      binding.family === 'daemon' && bound.path.length > 1 && !definition.pointer.includes('/nri-opts');
    const storage = binding.family === 'storage' || inside;
    const warned = binding.family === 'storage' && warnsOfUnknown(versions.containersStorage);
    const gone = warned
      ? 'warned'
      : storage
        ? 'passed-over'
        : instead === undefined
          ? 'removed'
          : 'removed-instead';
    // What nobody reads and nothing replaced does nothing by going; what a later version will read may be wanted.
    const isIdle = binding.family === 'storage' && fate === 'removed' && instead === undefined;
    report(entry.key, fate === 'not-yet' ? 'not-yet' : gone, {
      ...(storage && { level: 'warning', effect: 'ignored' }),
      args,
      fixes: [
        ...(fate === 'removed' && free ? [rename] : []),
        ...removalFix(bound, 'fix-remove', isIdle ? 'safe' : 'suggestion', args),
      ],
    });
  },
});

/** A table that went has a rule of its own; so have switches and options. */
const elsewhere = /^storage#.*\/options\/(aufs|thinpool)\b|^daemon#\/(features|storage-opts|log-opts)\b./;

const engines = { daemon: 'Docker', storage: 'containers/storage', k8s: 'Kubernetes' } as const;
