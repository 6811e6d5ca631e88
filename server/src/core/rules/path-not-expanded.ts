// A shell's shorthand where no shell reads.
import { defineRule, type RuleFix } from '../rule.ts';
import { mustBeAbsolute } from '../storage/paths.ts';
import { type Node, text } from '../syntax/tree.ts';

const formats = ['path', 'absolute-path', 'image-store', 'layer-store'];

/** Names that a shell keeps for itself: no program gets them. `$UID` alone is put in as text before. */
const shellOnly = /\$(?:\{UID\}|\{?EUID\b\}?|\{?PPID\b\}?|\{?GROUPS\b\}?)/g;

export const rule = defineRule({
  id: 'path-not-expanded',
  families: ['storage'],
  level: 'warning',
  effect: 'risk',
  fix: 'suggestion',
  docs: {
    what: 'A path begins with `~`, or contains a variable where variables are not expanded.',
    why: 'containers/storage never expands `~`: older versions refuse the path, newer ones create a folder of that name in the working directory and start with an empty store. `$UID` and environment variables are expanded only in graphroot, runroot and rootless_storage_path; a variable that the engine does not have becomes empty, `${UID}` among them, which only a shell knows. Commands such as `$(id -u)` are never run.',
    instead: 'Write `$HOME` in those three keys, and the full path everywhere else.',
    source: [
      'storage/types/utils.go:10-19 (containers/storage 1.64); run on Podman 4.3.1 and 5.8.6, and on versions from 1.43 to 1.65',
    ],
  },
  messages: {
    tilde:
      '`~` is not expanded here: the path is refused, or a folder with that name is created. Write $HOME or the full path.',
    variable:
      'Variables are expanded only in graphroot, runroot and rootless_storage_path: here, `{variable}` is taken literally. Write the full path.',
    command:
      'No shell runs this: it becomes part of the name of the folder. Write $HOME, $UID or the full path.',
    'shell-id':
      '`{variable}` is a variable of the shell that programs do not get: it becomes empty. Write $UID, without braces.',
    shell:
      '`{variable}` is a variable of the shell that programs do not get: it becomes empty. Write the full path.',
    'fix-uid': 'Change to $UID',
    'fix-home': 'Change ~ to $HOME',
  },
  at: ['*'],
  check({ bound, root, versions, report }) {
    const value = text(bound.node);
    if (value === undefined || !formats.includes(bound.definition?.format ?? '')) return;
    const expands = /^storage#\/storage\/(graphroot|runroot|rootless_storage_path)$/.test(bound.pointer);
    const refused = mustBeAbsolute(bound, root, versions.containersStorage);
    const level =
      refused && !value.startsWith('/') ? ({ level: 'error', effect: 'fails-later' } as const) : {};
    const tilde = /^~(\/|$)/.test(value);
    if (tilde) {
      const fixes = expands ? change(bound.node, 'fix-home', value.replace('~', '$HOME')) : [];
      report(bound.node, 'tilde', { ...level, fixes });
    }
    if (/\$\(|`/.test(value)) {
      report(bound.node, 'command', level);
      return;
    }
    const variable = value.match(/\$\{?\w+\}?/)?.[0];
    if (!expands && variable !== undefined) report(bound.node, 'variable', { ...level, args: { variable } });
    const inner = expands ? value.match(shellOnly)?.[0] : undefined;
    if (inner === undefined) return;
    const id = /UID/.test(inner);
    report(bound.node, id ? 'shell-id' : 'shell', {
      args: { variable: inner },
      fixes: id ? change(bound.node, 'fix-uid', value.replaceAll(shellOnly, '$UID')) : [],
    });
  },
});

function change(node: Node, title: string, value: string): RuleFix[] {
  if (node.kind === 'alias') return [];
  return [{ title, kind: 'suggestion', changes: [{ do: 'replace', node, value }] }];
}
