// A string that should hold a boolean as Go writes one.
import { formatProblem } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { isRead, maySpare, optionFate } from '../storage/drivers.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'not-go-boolean',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'The string is not a boolean that the engine can read.',
    why: 'These options are strings. Driver options are parsed by Go\'s ParseBool, and the engine fails to start with `"yes"` or `"on"`; only `skip_mount_home` was read as false instead, up to containers/storage 1.45. In `pull_options`, anything but `"true"` is silently read as false.',
    instead: 'Write `"true"` or `"false"`, in quotes.',
    source: [
      'https://pkg.go.dev/strconv#ParseBool',
      'storage/drivers/overlay/overlay.go parseOptions, storage/pkg/chunked/storage_linux.go:136-158 (containers/storage 1.64)',
    ],
  },
  messages: {
    refused:
      '`{value}` is not a boolean that containers/storage can read, so it fails to start. Write "true" or "false".',
    'read-as-false':
      '`{value}` is not a boolean that containers/storage can read, and is silently read as false here; newer versions fail to start. Write "true" or "false".',
    'counts-as-false':
      'Only "true" turns this on: `{value}` is silently read as false. Write "true" or "false".',
    'fix-value': 'Change to "{instead}"',
  },
  at: ['*'],
  check({ bound, root, versions, report }) {
    const value = text(bound.node)?.trim();
    const version = versions.containersStorage;
    const fate = optionFate(bound, root, version);
    if (value === undefined || !isRead(bound, root, version) || fate === 'unread' || fate === 'refused')
      return;
    const refused =
      bound.definition?.format === 'go-bool' && formatProblem(bound.definition, value) !== undefined;
    const pull = bound.pointer.startsWith('storage#/storage/options/pull_options/');
    const boolean = bound.definition?.['x-values']?.some((one) => one.value === 'true') === true;
    const meansTrue = /^(1|t|y|yes|on|enabled?)$/i.test(value);
    if (!refused && !(pull && boolean && meansTrue)) return;
    const instead = meansTrue ? 'true' : /^(n|no|off|disabled?|)$/i.test(value) ? 'false' : undefined;
    // Up to 1.45 overlay went on with false.
    const passes = !refused || (/skip_mount_home$/.test(bound.pointer) && !atLeast(version, '1.46'));
    report(bound.node, passes ? (refused ? 'read-as-false' : 'counts-as-false') : 'refused', {
      ...(passes && { level: 'warning', effect: 'ignored' }),
      // Another driver than overlay may run, which does not read it.
      ...(!passes && maySpare(bound, root, version) && { level: 'warning' }),
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
