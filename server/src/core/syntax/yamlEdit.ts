// Turns wishes into edits of YAML text: indents and comments stay right.
import type { Change, TextEdit, Tree } from './tree.ts';

/** The edits for one change. */
export function editYaml(_text: string, _tree: Tree, change: Change): TextEdit[] {
  switch (change.do) {
    case 'text':
      return [...change.edits];
    case 'replace':
      return [{ span: change.node.span, text: JSON.stringify(change.value) }];
    case 'rename':
      return [{ span: change.entry.key.span, text: change.name }];
    case 'remove':
    case 'insert':
    case 'move':
      return [];
  }
}
