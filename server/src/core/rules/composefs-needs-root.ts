// A way of mounting that users without root do not have.
import { formatProblem } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { optionFate } from '../storage/drivers.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'composefs-needs-root',
  families: ['storage'],
  level: 'info',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: '`use_composefs` is switched on.',
    why: 'It works only for root, and only where `mkcomposefs` is in PATH. In a user namespace, or without the program, the store does not open.',
    instead:
      'Keep it out of files that users without root read, and install composefs first (package `composefs`).',
    says: [
      'composefs is not supported in user namespaces',
      'composefs helper program not found: exec: "mkcomposefs"',
    ],
    source: [
      'storage/drivers/overlay/overlay.go Init (containers/storage 1.54 to 1.64); run without the program on 1.54 to 1.65',
    ],
  },
  messages: {
    needs:
      'composefs works only for root and with `mkcomposefs` in PATH; otherwise containers/storage fails to start. Check both before you roll this out.',
    rootless:
      'Users without root cannot use composefs: containers/storage fails to start for them. Remove the line from this file.',
  },
  at: ['storage#/storage/options/overlay/use_composefs'],
  check({ bound, root, kind, versions, report }) {
    const value = text(bound.node)?.trim() ?? '';
    const fate = optionFate(bound, root, versions.containersStorage);
    if (fate !== 'read' && fate !== 'unsure') return;
    if (formatProblem(bound.definition, value) !== undefined || !/^(1|t|true)$/i.test(value)) return;
    // Root reads such a file too, but it is not made for root.
    if (kind.scope === 'user') report(bound.node, 'rootless', { level: 'warning' });
    else report(bound.node, 'needs');
  },
});
