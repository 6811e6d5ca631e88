// Containers on the default bridge may all speak with each other.
import { defineRule, type RuleFix } from '../rule.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'icc-open',
  families: ['daemon'],
  level: 'hint',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: '`icc` is on: all containers on the default bridge reach each other.',
    why: 'One container that is taken over can then try every port of every other one on the default bridge, published or not. Networks that you create yourself are not affected by this key.',
    instead: 'Set `"icc": false`, and put containers that belong together on a network of their own.',
    source: [
      'https://docs.docker.com/engine/network/drivers/bridge/',
      'daemon/config/config_linux.go, daemon/daemon_unix.go:738 (29.7)',
    ],
  },
  messages: {
    open: 'Every container on the default bridge can reach every other one. Set this to false, and use networks of your own for what belongs together.',
    'fix-off': 'Turn icc off',
  },
  at: ['daemon#/icc'],
  check({ bound, report }) {
    const value = target(bound.node);
    if (value.kind !== 'scalar' || value.value !== true) return;
    const fix: RuleFix = {
      title: 'fix-off',
      kind: 'suggestion',
      changes: [{ do: 'replace', node: bound.node, value: false }],
    };
    report(bound.node, 'open', { fixes: [fix] });
  },
});
