// Docker's name for a driver that has another one here.
import { defineRule, valueFix } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'storage-driver-renamed',
  families: ['storage'],
  level: 'info',
  effect: 'style',
  fix: 'safe',
  docs: {
    what: '`driver` is `overlay2`, the name that Docker uses for the overlay driver.',
    why: 'containers/storage runs its `overlay` driver instead, the same one, and prints a warning at every start. In `driver_priority` the old name is not understood, and there is no table `[storage.options.overlay2]`.',
    instead: 'Write `overlay`.',
    says: ['Switching default driver from overlay2 to the equivalent overlay driver'],
    source: ['storage/types/options.go:161-170 (containers/storage 1.64); run on versions from 1.43 to 1.65'],
  },
  messages: {
    renamed:
      'containers/storage calls this driver `overlay`: it starts, with a warning each time. Write `overlay`.',
    'fix-near': 'Change to {near}',
  },
  at: ['storage#/storage/driver'],
  check({ bound, report }) {
    if (text(bound.node) !== 'overlay2') return;
    report(bound.node, 'renamed', { fixes: valueFix(bound.node, 'overlay', 'safe') });
  },
});
