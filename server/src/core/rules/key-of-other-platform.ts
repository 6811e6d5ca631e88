// A key that dockerd has on another system only.
import { defineRule, removalFix } from '../rule.ts';
import { keyFate } from '../schema/fate.ts';

export const rule = defineRule({
  id: 'key-of-other-platform',
  families: ['daemon'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'dockerd does not have this key on the system that the file is judged for.',
    why: 'dockerd knows a key by its flag, and many flags exist on Linux only: storage drivers, iptables, runtimes, ulimits, live restore. On Windows such a key is unknown and dockerd refuses the whole file.',
    instead:
      'Remove the key from the file for that system. Which system is meant is said by the setting `stowage.docker.platform`, a `.docker-version` file, the path or the connected engine.',
    says: ["the following directives don't match any configuration option"],
    source: ['daemon/config/config_windows.go:9-17, daemon/command/config_unix.go (29.7)'],
  },
  messages: {
    other: 'dockerd has `{key}` on {there} only and refuses the file on {here}. Remove it.',
    'fix-remove': 'Remove {key}',
  },
  at: ['*'],
  check({ bound, binding, versions, report }) {
    const { entry, definition } = bound;
    if (entry === undefined || keyFate(bound, binding.family, versions) !== 'other-platform') return;
    const names = { linux: 'Linux', windows: 'Windows' };
    const there = names[definition?.['x-platform'] ?? 'linux'];
    const args = { key: String(entry.key.value), there, here: names[versions.platform] };
    report(entry.key, 'other', { args, fixes: removalFix(bound, 'fix-remove', 'suggestion', args) });
  },
});
