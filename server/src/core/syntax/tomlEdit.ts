// Turns wishes into edits of a TOML text.
import type { Change, TextEdit, Tree } from './tree.ts';

export function editToml(_text: string, _tree: Tree, change: Change): TextEdit[] {
  return change.do === 'text' ? [...change.edits] : [];
}
