// A production host whose containers stop with the daemon.
import { defineRule, type RuleFix } from '../rule.ts';
import { get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'live-restore-off',
  families: ['daemon'],
  level: 'hint',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A label says that this host is for production, and `live-restore` is not on.',
    why: 'Without it every restart of the daemon, and so every upgrade of Docker, stops all containers of the host. Swarm does not work together with it.',
    instead: 'Set `"live-restore": true`, unless the host belongs to a swarm. A reload is enough.',
    source: [
      'https://docs.docker.com/engine/daemon/live-restore/',
      'daemon/config/config_linux.go:129-139 (29.7)',
    ],
  },
  messages: {
    off: 'This label says production, and `live-restore` is not on: a restart or upgrade of the daemon stops every container. Turn it on, unless this host is in a swarm.',
    'fix-on': 'Turn live-restore on',
  },
  at: ['daemon#/labels/[]'],
  check({ bound, root, versions, report }) {
    const label = target(bound.node);
    const map = target(root.node);
    if (label.kind !== 'scalar' || typeof label.value !== 'string' || map.kind !== 'map') return;
    if (!/(^|[.=_-])prod(uction)?$/i.test(label.value) || versions.platform === 'windows') return;
    const setting = get(map, 'live-restore');
    if (setting !== undefined && !(setting.kind === 'scalar' && setting.value === false)) return;
    const change =
      setting === undefined
        ? ({ do: 'insert', into: map, key: 'live-restore', value: true } as const)
        : ({ do: 'replace', node: setting, value: true } as const);
    const fix: RuleFix = { title: 'fix-on', kind: 'suggestion', changes: [change] };
    report(bound.node, 'off', { fixes: [fix] });
  },
});
