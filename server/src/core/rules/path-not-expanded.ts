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
    what: 'A path begins with `~`, or holds a variable where none is filled in.',
    why: 'containers/storage never expands `~`: older versions refuse the path, newer ones make a folder of that name below the working directory and start with an empty store. `$HOME` and `$UID` are filled in only in graphroot, runroot and rootless_storage_path.',
    instead: 'Write `$HOME` in those three keys, and the whole path everywhere else.',
    source: ['storage/types/utils.go:10-19 (containers/storage 1.64); run on Podman 4.3.1 and 5.8.6'],
  },
  messages: {
    tilde:
      '`~` is not expanded here: the store would be a folder of that name, or is refused. Write $HOME, or the whole path.',
    variable:
      'Variables are filled in only in graphroot, runroot and rootless_storage_path, so this names a folder called `{variable}`. Write the whole path.',
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
