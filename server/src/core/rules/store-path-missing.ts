// A file without the two paths that older versions want.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { placeOf } from '../storage/drivers.ts';
import { defaultRoots } from '../storage/paths.ts';
import { target, text } from '../syntax/tree.ts';

const names = ['runroot', 'graphroot'] as const;

export const rule = defineRule({
  id: 'store-path-missing',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'safe',
  docs: {
    what: '`runroot` or `graphroot` is missing from the file that root uses.',
    why: 'Before containers/storage 1.59 (Podman 5.6) the file takes the place of all built-in values: for root, a missing path is an error, and nothing starts. Users without root get paths of their own, and newer versions use `/run/containers/storage` and `/var/lib/containers/storage`.',
    instead: 'Set both paths.',
    says: ['runroot must be set', 'graphroot must be set'],
    source: [
      'storage/types/options.go:150-175 (containers/storage 1.51 to 1.58), :163-173 (1.59.1); run on Podman 4.3.1 and versions from 1.48 to 1.59',
    ],
  },
  messages: {
    missing:
      'containers/storage {version} does not start for root without {keys}. Set {keys} under [storage].',
    'fix-set': 'Set {keys}',
  },
  at: ['storage#'],
  check({ bound, root, kind, versions, report }) {
    const version = versions.containersStorage;
    if (atLeast(version, '1.59') || kind.scope === 'user') return;
    const storage = placeOf(root, 'storage');
    const table = target(storage?.node ?? bound.node);
    if (table.kind !== 'map' && table.kind !== 'missing') return;
    const absent = names.filter((name) => {
      const place = placeOf(root, 'storage', name);
      return place === undefined || text(place.node) === '';
    });
    if (absent.length === 0) return;
    const args = { version, keys: absent.map((name) => `\`${name}\``).join(', ') };
    const header = table.kind === 'map' ? table.headers?.[0] : undefined;
    const free = absent.filter((name) => placeOf(root, 'storage', name) === undefined);
    report(header ?? storage?.entry?.key ?? { start: 0, end: 0 }, 'missing', {
      // Whether root uses it, only its place tells.
      ...(kind.scope !== 'system' && { level: 'warning' }),
      args,
      fixes:
        table.kind !== 'map' || storage === undefined || free.length < absent.length
          ? []
          : [
              {
                title: 'fix-set',
                args,
                kind: 'safe',
                changes: free.map((key) => ({ do: 'insert', into: table, key, value: defaultRoots[key] })),
              },
            ],
    });
  },
});
