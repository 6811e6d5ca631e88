// Logs that grow until the disk is full.
import { defineRule, type RuleFix } from '../rule.ts';
import { entry as entryOf, get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-rotation-missing',
  families: ['daemon'],
  level: 'info',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'Containers log with `json-file`, and nothing limits the size of their files.',
    why: '`json-file` keeps everything by default: one container that talks much fills the disk, and with the disk the data root, so that no other container can write either. `max-file` alone changes nothing, since there is nothing to rotate by.',
    instead:
      'Set `max-size` and `max-file`, or use the driver `local`, which rotates by itself. Existing containers keep their options until they are created anew.',
    source: [
      'https://docs.docker.com/engine/logging/drivers/json-file/',
      'daemon/logger/jsonfilelog/jsonfilelog.go:40-60 (29.7)',
    ],
  },
  messages: {
    missing:
      'Log files have no size limit and grow until the disk is full. Set `max-size` and `max-file` in log-opts, or use the driver local.',
    'fix-limit': 'Limit logs to 3 files of 10 MB',
  },
  at: ['daemon#/log-driver', 'daemon#/log-opts'],
  check({ bound, root, report }) {
    const map = target(root.node);
    const options = get(root.node, 'log-opts');
    const driver = text(get(root.node, 'log-driver')) || 'json-file';
    if (map.kind !== 'map' || driver !== 'json-file' || bound.entry === undefined) return;
    // With both written, one finding is enough.
    if (bound.pointer === 'daemon#/log-opts' && entryOf(root.node, 'log-driver') !== undefined) return;
    if (options !== undefined && options.kind !== 'map') return;
    if (options !== undefined && get(options, 'max-size') !== undefined) return;
    const missing = [
      ['max-size', '10m'],
      ['max-file', '3'],
    ].filter(([key = '']) => entryOf(options, key) === undefined);
    const changes: RuleFix['changes'] =
      options === undefined
        ? [{ do: 'insert', into: map, key: 'log-opts', value: { 'max-size': '10m', 'max-file': '3' } }]
        : missing
            .slice(0, 1)
            .map(([key = '', value = '']) => ({ do: 'insert', into: options, key, value }) as const);
    report(bound.entry.key, 'missing', { fixes: [{ title: 'fix-limit', kind: 'suggestion', changes }] });
  },
});
