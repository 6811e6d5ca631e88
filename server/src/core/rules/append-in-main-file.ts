// `{append = true}` where there is nothing to append to.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'append-in-main-file',
  families: ['storage'],
  level: 'info',
  effect: 'style',
  fix: 'suggestion',
  docs: {
    what: '`{append = true}` stands in a main file, before which no other is read.',
    why: 'Exactly one storage.conf is read, and it is read first: there is no list to add to. But the mark stays with the list, so every drop-in that follows adds to it, instead of replacing it, until one says `{append = false}`.',
    instead: 'Write the mark in the drop-in that adds to the list, and leave it out of storage.conf.',
    source: [
      'storage/pkg/configfile/slice.go:45-80, parse.go:181-198 (containers/storage 1.63 to 1.65)',
      'run on containers-storage 1.64',
    ],
  },
  messages: {
    main: 'Nothing is read before storage.conf, so there is nothing to append to. All that this does is make later drop-ins add to the list, even those that mean to replace it. Write it in the drop-in that adds.',
    'fix-remove': 'Remove the mark',
  },
  at: [
    'storage#/storage/driver_priority/[]',
    'storage#/storage/options/additionalimagestores/[]',
    'storage#/storage/options/additionallayerstores/[]',
  ],
  check({ bound, kind: { place }, versions, report }) {
    if (place?.role !== 'main' || !atLeast(versions.containersStorage, '1.63')) return;
    const said = get(bound.node, 'append');
    const list = bound.parent && target(bound.parent.node);
    if (said?.kind !== 'scalar' || said.value !== true || list?.kind !== 'list') return;
    const { node: item } = bound;
    const changes = [{ do: 'remove', from: list, item }] as const;
    report(item, 'main', { fixes: [{ title: 'fix-remove', kind: 'suggestion', changes }] });
  },
});
