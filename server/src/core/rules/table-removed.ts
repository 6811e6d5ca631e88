// The table of a driver that is gone.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { warnsOfUnknown } from '../storage/undecoded.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'table-removed',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'safe',
  docs: {
    what: 'The table belongs to a storage driver that was removed.',
    why: 'aufs was removed from containers/storage in 1.61, and devicemapper, whose options were in `thinpool`, in 1.54 (Podman 5.1). The loader ignores their tables: up to 1.62 it prints a warning of each key in them, from 1.63 on nothing.',
    instead: 'Remove the table.',
    source: ['storage/pkg/config/config.go (containers/storage 1.53, 1.54, 1.60, 1.61)'],
  },
  messages: {
    removed:
      'The driver of [storage.options.{table}] was removed in containers/storage {removed}: the table is silently ignored. Remove it.',
    warned:
      'The driver of [storage.options.{table}] was removed in containers/storage {removed}: the loader prints a warning of what it holds and ignores it. Remove it.',
    'fix-remove': 'Remove [storage.options.{table}]',
  },
  at: ['storage#/storage/options/aufs', 'storage#/storage/options/thinpool'],
  check({ bound, versions, report }) {
    // The name of `thinpool` stayed known to the loader until 1.63, that of its keys did not.
    const removed = bound.definition?.['x-ignored'] ?? bound.definition?.['x-removed'];
    const node = target(bound.node);
    if (bound.entry === undefined || removed === undefined) return;
    if (!atLeast(versions.containersStorage, removed)) return;
    const args = { table: String(bound.entry.key.value), removed };
    const [header] = node.kind === 'map' ? (node.headers ?? []) : [];
    const warned =
      warnsOfUnknown(versions.containersStorage) && !(node.kind === 'map' && node.entries.length === 0);
    report(header ?? bound.entry.key, warned ? 'warned' : 'removed', {
      args,
      fixes: removalFix(bound, 'fix-remove', 'safe', args),
    });
  },
});
