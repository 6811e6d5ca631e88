// A key that still counts and will not for long, or whose successor says more.
import { defineRule, type RuleFix } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';
import { atLeast } from '../schema/versions.ts';
import { entry as entryOf, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-deprecated',
  families: ['daemon'],
  level: 'hint',
  effect: 'style',
  fix: 'safe',
  docs: {
    what: 'The key still works in this version, but is deprecated.',
    why: 'A later version of Docker refuses the file or ignores the key. Where the key has a successor, dockerd reads the old name only as long as the new one is missing.',
    instead: 'Use the key that the message names, or remove it before you upgrade.',
    says: ['DEPRECATED: the config parameter has been deprecated and will be removed'],
    source: ['https://docs.docker.com/engine/deprecated/', 'daemon/config/config.go, builder.go (29.7)'],
  },
  messages: {
    'deprecated-instead': '`{key}` has been deprecated since Docker {since}; its successor is `{instead}`.',
    deprecated: '`{key}` has been deprecated since Docker {since} and has no successor.',
    'removed-later':
      '`{key}` has been deprecated since Docker {since}, and Docker {removed} refuses the file with it. Remove it before you upgrade.',
    'removed-later-instead':
      '`{key}` has been deprecated since Docker {since}, and Docker {removed} refuses the file with it. Use {instead}.',
    'ignored-later':
      '`{key}` has been deprecated since Docker {since}, and Docker {removed} silently ignores it.',
    'fix-rename': 'Rename to {instead}',
  },
  at: ['*'],
  check({ bound, binding, versions: { docker, platform, ...others }, report }) {
    const { definition, entry, parent } = bound;
    const since = definition?.['x-deprecated'];
    if (definition === undefined || entry === undefined || since === undefined || !atLeast(docker, since))
      return;
    if (keyFate(bound, binding.family, { docker, platform, ...others }) !== 'taken') return;
    // Options inside strings and of log drivers have rules of their own.
    if (entry.key.part === true || definition.pointer.startsWith('daemon#/log-opts')) return;
    const { 'x-replaced-by': instead, 'x-removed': gone, 'x-ignored': unread } = definition;
    const removed = gone ?? unread ?? '';
    const args = { key: String(entry.key.value), since, removed, instead: instead ?? '' };
    const later =
      gone !== undefined ? 'removed-later' : unread !== undefined ? 'ignored-later' : 'deprecated';
    const message = instead === undefined || later === 'ignored-later' ? later : `${later}-instead`;
    report(entry.key, message, {
      ...(removed !== '' && { level: 'warning', effect: 'risk' }),
      args,
      fixes: renamed(instead),
    });

    /** The same value under the new name, where its type is the same and the new name is free and known. */
    function renamed(name: string | undefined): RuleFix[] {
      const successor = name === undefined ? undefined : parent?.definition?.properties?.[name];
      if (name === undefined || entry === undefined || successor === undefined) return [];
      if (successor['x-since'] !== undefined && !atLeast(docker, successor['x-since'])) return [];
      if (entryOf(parent?.node, name) !== undefined) return [];
      const held = target(entry.value);
      const wraps = successor.type === 'array' && definition?.type === 'string';
      if (!wraps && successor.type !== definition?.type) return [];
      if (wraps && (held.kind !== 'scalar' || typeof held.value !== 'string')) return [];
      const wrap =
        wraps && held.kind === 'scalar'
          ? [{ do: 'replace', node: entry.value, value: [String(held.value)] } as const]
          : [];
      return [{ title: 'fix-rename', args, kind: 'safe', changes: [{ do: 'rename', entry, name }, ...wrap] }];
    }
  },
});
