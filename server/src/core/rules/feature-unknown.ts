// A switch that dockerd does not have.
import { defineRule, type RuleFix, removalFix } from '../rule.ts';
import { knownNames, nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';

export const rule = defineRule({
  id: 'feature-unknown',
  families: ['daemon'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: 'This version of dockerd has no feature of this name.',
    why: 'dockerd accepts any name under `features`, and a switch that it does not know does nothing: the feature stays as it was.',
    instead: 'Correct the name, or remove the switch. Completion lists what your version has.',
    source: ['daemon/config/config.go:291 (29.7); run on 28.5.2'],
  },
  messages: {
    unknown: 'dockerd has no feature `{name}`: {verdict}. Remove it.',
    near: 'dockerd has no feature `{name}`: {verdict}. Did you mean `{near}`?',
    'not-yet': '`{name}` came with Docker {since}: {verdict}. Upgrade, or remove it.',
    gone: '`{name}` does nothing since Docker {since}: {verdict}. Remove it.',
    windows: '`{name}` is for Windows, and Docker before 28.0 refuses the file with it on Linux. Remove it.',
    'fix-near': 'Change to {near}',
    'fix-remove': 'Remove {name}',
  },
  at: ['daemon#/features'],
  check({ bound, versions: { docker, platform }, report }) {
    for (const child of bound.children) {
      const { entry, definition } = child;
      if (entry === undefined || definition === undefined) continue;
      const name = String(entry.key.value);
      const since = definition['x-since'] ?? '0';
      const gone = definition['x-ignored'];
      const fixes = removalFix(child, 'fix-remove', 'suggestion', { name });
      const known = definition.pointer !== 'daemon#/features/*';
      if (
        name === 'windows-dns-proxy' &&
        platform === 'linux' &&
        atLeast(docker, '26.1') &&
        !atLeast(docker, '28.0')
      ) {
        report(entry.key, 'windows', { level: 'error', effect: 'refused', args: { name }, fixes });
      } else if (known && !atLeast(docker, since)) {
        report(entry.key, 'not-yet', { place: child, args: { name, since }, fixes });
      } else if (known && gone !== undefined && atLeast(docker, gone)) {
        report(entry.key, 'gone', { place: child, args: { name, since: gone }, fixes });
      } else if (!known) {
        const near = nearest(name, knownNames(bound.definition, docker));
        const change = { do: 'rename', entry, name: near ?? '' } as const;
        const rename: RuleFix = {
          title: 'fix-near',
          args: { near: near ?? '' },
          kind: 'suggestion',
          changes: [change],
        };
        report(entry.key, near === undefined ? 'unknown' : 'near', {
          place: child,
          args: { name, near: near ?? '' },
          fixes: near === undefined ? fixes : [rename, ...fixes],
        });
      }
    }
  },
});
