// A string that should hold a boolean as Go writes one.
import { formatProblem } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { isRead } from '../storage/drivers.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'not-go-boolean',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The string is not a boolean that the engine can read.',
    why: 'These options are strings. Driver options are parsed by Go\'s ParseBool, and the engine fails to start with `"yes"` or `"on"`. In `pull_options`, anything but `"true"` is silently read as false.',
    instead: 'Write `"true"` or `"false"`, in quotes.',
    source: [
      'https://pkg.go.dev/strconv#ParseBool',
      'storage/drivers/overlay/overlay.go parseOptions, storage/pkg/chunked/storage_linux.go:136-158 (containers/storage 1.64)',
    ],
  },
  messages: {
    refused:
      '`{value}` is not a boolean that containers/storage can read, so it fails to start. Write "true" or "false".',
    'counts-as-false':
      'Only "true" turns this on: `{value}` is silently read as false. Write "true" or "false".',
    'fix-value': 'Change to "{instead}"',
  },
  at: ['*'],
  check({ bound, root, versions, report }) {
    const value = text(bound.node);
    if (value === undefined || !isRead(bound, root, versions.containersStorage)) return;
    const refused =
      bound.definition?.format === 'go-bool' && formatProblem(bound.definition, value) !== undefined;
    const pull = bound.pointer.startsWith('storage#/storage/options/pull_options/');
    const boolean = bound.definition?.['x-values']?.some((one) => one.value === 'true') === true;
    const meansTrue = /^(1|t|y|yes|on|enabled?)$/i.test(value);
    if (!refused && !(pull && boolean && meansTrue)) return;
    const instead = meansTrue ? 'true' : /^(n|no|off|disabled?|)$/i.test(value) ? 'false' : undefined;
    report(bound.node, refused ? 'refused' : 'counts-as-false', {
      ...(!refused && { level: 'warning', effect: 'ignored' }),
      args: { value },
      fixes:
        instead === undefined
          ? []
          : [
              {
                title: 'fix-value',
                args: { instead },
                kind: 'suggestion',
                changes: [{ do: 'replace', node: bound.node, value: instead }],
              },
            ],
    });
  },
});
