// The TOML front end: reads storage.conf into the tree with exact places, whatever state it is in while it is typed,
// and turns wishes into edits. Says nothing against a file that the engine reads.
import { editToml } from './tomlEdit.ts';
import { judge } from './tomlJudge.ts';
import { readToml } from './tomlRead.ts';
import { problemsOf, type TomlRelease } from './tomlRelease.ts';
import type { FrontEnd, Tree } from './tree.ts';

/** TOML as the newest engine that reads storage.conf takes it. */
export const toml: FrontEnd = { parse: (text) => parseToml(text), edit: editToml };

/** The tree of a text, with the problems that a release of BurntSushi/toml has with it. */
export function parseToml(text: string, release: TomlRelease = 6): Tree {
  const reading = readToml(text);
  const templated = text.includes('{{');
  return {
    format: 'toml',
    documents: [{ root: reading.root, span: { start: 0, end: text.length }, templated }],
    problems: templated ? [] : problemsOf(text, reading, judge(text, reading, release), release),
    comments: reading.comments,
  };
}
