// A zero that dockerd takes for "not set".
import { defineRule, removalFix } from '../rule.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'zero-is-default',
  families: ['daemon'],
  level: 'info',
  effect: 'ignored',
  fix: 'safe',
  docs: {
    what: 'The value 0 has no effect here.',
    why: 'dockerd fills what is 0 from the defaults of its flags, as if the key were not there: `shutdown-timeout: 0` is 15 seconds, not none, and `max-concurrent-downloads: 0` is three, not unlimited.',
    instead:
      'Write the number that you mean, or remove the key. A negative `shutdown-timeout` waits without end.',
    source: ['daemon/config/config.go:495-502 (29.7)'],
  },
  messages: {
    zero: 'dockerd takes 0 for “not set”: `{key}` is then {default}. Write the number that you mean, or remove it.',
    'fix-remove': 'Remove {key}',
  },
  at: [
    'daemon#/shutdown-timeout',
    'daemon#/max-concurrent-downloads',
    'daemon#/max-concurrent-uploads',
    'daemon#/max-download-attempts',
    'daemon#/mtu',
  ],
  check({ bound, report }) {
    const value = target(bound.node);
    if (value.kind !== 'scalar' || value.value !== 0 || bound.definition?.default === undefined) return;
    const args = { key: bound.definition.name, default: String(bound.definition.default) };
    report(bound.node, 'zero', { args, fixes: removalFix(bound, 'fix-remove', 'safe', args) });
  },
});
