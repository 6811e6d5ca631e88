// A shell's shorthand where no shell reads.
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'path-not-expanded',
  families: ['storage'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A path begins with `~`, or contains a variable where variables are not expanded.',
    why: 'containers/storage never expands `~`: older versions refuse the path, newer ones create a folder of that name in the working directory and start with an empty store. `$HOME` and `$UID` are expanded only in graphroot, runroot and rootless_storage_path.',
    instead: 'Write `$HOME` in those three keys, and the full path everywhere else.',
    source: ['storage/types/utils.go:10-19 (containers/storage 1.64); run on Podman 4.3.1 and 5.8.6'],
  },
  messages: {
    tilde:
      '`~` is not expanded here: the path is refused, or a folder with that name is created. Write $HOME or the full path.',
    variable:
      'Variables are expanded only in graphroot, runroot and rootless_storage_path: here, `{variable}` is taken literally. Write the full path.',
    'fix-home': 'Change ~ to $HOME',
  },
  at: ['*'],
  check({ bound, report }) {
    const value = text(bound.node);
    const format = bound.definition?.format;
    if (value === undefined || (format !== 'path' && format !== 'absolute-path')) return;
    const expands = /^storage#\/storage\/(graphroot|runroot|rootless_storage_path)$/.test(bound.pointer);
    if (/^~(\/|$)/.test(value)) {
      report(bound.node, 'tilde', {
        fixes:
          expands && bound.node.kind !== 'alias'
            ? [
                {
                  title: 'fix-home',
                  kind: 'suggestion',
                  changes: [{ do: 'replace', node: bound.node, value: value.replace('~', '$HOME') }],
                },
              ]
            : [],
      });
    }
    const variable = value.match(/\$\{?\w+\}?/)?.[0];
    if (!expands && variable !== undefined) report(bound.node, 'variable', { args: { variable } });
  },
});
