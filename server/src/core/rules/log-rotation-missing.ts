// Logs that grow until the disk is full.
import { logDriver, textsBut } from '../docker/logOptions.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { type Entry, entry, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'log-rotation-missing',
  families: ['daemon'],
  level: 'info',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'The json-file log driver is set up, but without `max-size`.',
    why: 'Each container then has one log file that grows without end: a talkative container fills the disk of the data root, and with it everything else on the host stops. Existing containers keep the options that they were created with.',
    instead: 'Set `max-size` and `max-file`, or use the `local` driver, which rotates by itself.',
    source: [
      'daemon/logger/jsonfilelog/jsonfilelog.go:40-60 (29.7)',
      'https://docs.docker.com/engine/logging/drivers/json-file/',
    ],
  },
  messages: {
    found:
      'Without `max-size` the log of each container grows until the disk is full. Add max-size and max-file to log-opts.',
    'fix-rotate': 'Rotate logs: max-size 10m, max-file 3',
  },
  at: ['daemon#/log-driver', 'daemon#/log-opts'],
  check({ bound, root, report }) {
    if (logDriver(root.node) !== 'json-file') return;
    const options = entry(root.node, 'log-opts');
    const map = options && target(options.value);
    if (options !== undefined && map?.kind !== 'map') return;
    const empty = map?.kind !== 'map' || map.entries.length === 0;
    // One finding: at the options where there are some, else at the driver, if that is written.
    if (bound.pointer === 'daemon#/log-driver' ? !empty : empty) return;
    // What was half set up has a rule of its own.
    if (['max-size', 'compress'].some((name) => entry(map, name) !== undefined)) return;
    // A misspelt name may be the one that is missing here.
    if (entry(map, 'max-file') || bound.children.some(({ pointer }) => pointer.endsWith('/*'))) return;
    const at = bound.pointer === 'daemon#/log-driver' ? bound.node : bound.entry?.key;
    if (at !== undefined && text(bound.node) !== '')
      report(at, 'found', { fixes: rotate(root.node, options) });
  },
});

function rotate(root: Node, options: Entry | undefined): RuleFix[] {
  const into = target(root);
  const value = { 'max-size': '10m', 'max-file': '3' };
  const kept = options === undefined ? {} : textsBut(options.value, () => false);
  if (into.kind !== 'map' || kept === undefined) return [];
  const change =
    options === undefined
      ? ({ do: 'insert', into, key: 'log-opts', value } as const)
      : ({ do: 'replace', node: options.value, value: { ...kept, ...value } } as const);
  return [{ title: 'fix-rotate', kind: 'suggestion', changes: [change] }];
}
