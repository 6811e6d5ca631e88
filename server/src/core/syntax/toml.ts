// The TOML front end: reads storage.conf into the tree with exact places, whatever state it is in while it is typed,
// and turns wishes into edits. Says nothing against a file that the engine reads.
import { editToml } from './tomlEdit.ts';
import { judge } from './tomlJudge.ts';
import { readToml } from './tomlRead.ts';
import type { FrontEnd, Tree } from './tree.ts';

/** TOML as the engines that read storage.conf take it (BurntSushi/toml; a byte order mark and TOML 1.1 are accepted). */
export const toml: FrontEnd = { parse, edit: editToml };

function parse(text: string): Tree {
  const reading = readToml(text);
  const templated = text.includes('{{');
  return {
    format: 'toml',
    documents: [{ root: reading.root, span: { start: 0, end: text.length }, templated }],
    problems: templated ? [] : judge(text, reading),
    comments: reading.comments,
  };
}
