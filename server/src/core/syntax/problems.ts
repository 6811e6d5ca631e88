// English words for what the front ends find, by problem code and message id (`fix-…` names the edit that mends it),
// and the one check that JSON and YAML share.
import { tomlDuplicateMessages, tomlMessages } from './tomlProblems.ts';
import type { Node, Problem, ScalarNode } from './tree.ts';

type Texts = Readonly<Record<string, string>>;

const json = {
  comment:
    'JSON has no comments: the engine refuses the whole file at this place. Take the remark out, or keep it in a file beside this one.',
  'fix-comment': 'Remove the comment',
  'comment-unclosed':
    'This comment never ends, and JSON has no comments at all, so the engine refuses the file. Take it out.',
  'trailing-comma':
    'No member follows this comma, and JSON allows commas only between members, so the engine refuses the file. Remove the comma.',
  'fix-trailing-comma': 'Remove the comma',
  'extra-comma': 'This comma separates nothing, so the engine refuses the file. Remove it.',
  'fix-extra-comma': 'Remove the comma',
  'missing-comma':
    'A comma is missing before this, so the engine refuses the file. Put one behind the value above.',
  'fix-missing-comma': 'Insert the comma',
  'single-quotes':
    'JSON knows only double quotes, so the engine refuses the file. Write the text between two ".',
  'fix-single-quotes': 'Use double quotes',
  'typographic-quotes':
    'These are printed quotation marks, which are no quotes to JSON, so the engine refuses the file. Write plain ".',
  'fix-typographic-quotes': 'Use plain double quotes',
  'unquoted-key':
    'The name {key} stands without quotes, which JSON does not allow, so the engine refuses the file. Put it in double quotes.',
  'fix-unquoted-key': 'Put quotes around {key}',
  'unquoted-value':
    'The value {found} is neither number, true, false nor null, so it needs double quotes; without them the engine refuses the file.',
  'fix-unquoted-value': 'Put quotes around {found}',
  'literal-case':
    'JSON does not know {found}: the word is {wanted}, in small letters. The engine refuses the file as it stands.',
  'fix-literal-case': 'Write {wanted}',
  'bad-number':
    '{found} is not a number as JSON writes them (no leading zeros, no plus sign, digits on both sides of the point), so the engine refuses the file.',
  'string-unclosed':
    'This text has no closing quote on its line, so the engine refuses the file. Put " where it ends.',
  'control-character':
    'A tab or another invisible character stands bare in this text, and JSON refuses that. Write it as an escape such as \\t.',
  'fix-control-character': 'Write it as an escape',
  'bad-escape':
    'A backslash in JSON begins an escape, and this one begins none that exists, so the engine refuses the file. Write two backslashes for one.',
  'fix-bad-escape': 'Double the backslashes',
  'missing-colon': 'A colon is missing between name and value, so the engine refuses the file. Write one.',
  'fix-missing-colon': 'Insert the colon',
  'equals-sign':
    'JSON joins name and value with a colon, so the engine refuses this file. Write : instead of =.',
  'fix-equals-sign': 'Write a colon',
  'missing-value':
    'The name {key} has no value, so the engine refuses the file. Write one, or take the name out to get the default.',
  'missing-key':
    'A value stands here without a name, so the engine refuses the file. Write "name": before it.',
  'colon-in-list':
    'A list has values without names, so the engine refuses this colon. Remove it, or use { } instead of [ ].',
  'brace-unclosed':
    'This brace is never closed, so the engine refuses the file. Write } where the object ends.',
  'bracket-unclosed':
    'This bracket is never closed, so the engine refuses the file. Write ] where the list ends.',
  'closing-mismatch':
    '{found} closes nothing that is open here; {wanted} is expected. The engine refuses the file. Remove it or write {wanted}.',
  'empty-file': 'An empty daemon.json is refused before Docker 23.0. Write {} in it, or delete the file.',
  'byte-order-mark':
    'The file begins with an invisible byte order mark, and engines before Docker 23.0 refuse it. Save the file as UTF-8 without one.',
  'fix-byte-order-mark': 'Remove the byte order mark',
  'after-end':
    'The file ended before this: engines since Docker 23.0 take exactly one JSON value and refuse what follows. Remove it, or move it inside the braces.',
} satisfies Texts;

const yaml = {
  'tab-indent':
    'A tab indents this line, and YAML allows only spaces there, so the document is refused. Replace it with spaces.',
  'fix-tab-indent': 'Indent the document with spaces',
  'bad-indent':
    'This line begins at a column where nothing above begins, so the document is refused. Line it up with the keys it belongs to.',
  'flow-unclosed':
    'This bracket is never closed, so the document is refused. Put the closing one behind its last part.',
  'reserved-character':
    'An unquoted value cannot begin with this character, so the document is refused. Put the value in quotes.',
  'bad-escape':
    'Between double quotes a backslash begins an escape, and {found} is none, so the document is refused. Write two backslashes, or use single quotes.',
  'missing-colon':
    'This line should be a key, but no colon follows it, so the document is refused. Write “key: value”, or indent it if it continues the line above.',
  'nested-colon':
    'A second “key:” stands inside a value, so the document is refused. Put the value in quotes, or bring the key to the right column.',
  'block-in-flow':
    'Inside [ ] and { } YAML takes no lines with dashes or indented keys, so the document is refused. Separate the parts with commas.',
  'quote-unclosed':
    'This quote is never closed, so the rest of the document is swallowed and refused. Put the same quote where the text ends.',
  'missing-comma':
    'Parts inside [ ] and { } are separated by commas and one is missing here, so the document is refused.',
  'comment-needs-space':
    'A comment needs a blank before its #, so the document is refused as it stands. Insert one.',
  'missing-dash':
    'This line stands among list items without a dash, so the document is refused. Begin it with “- ”.',
  'too-deep': 'Collections lie inside each other deeper than can be read here; this file was not looked at.',
  unexpected:
    'Nothing can follow like this in YAML, so the document is refused. Look for a missing dash, quote or bracket, or a wrong indent at or before {found}.',
  'alias-unknown':
    'No anchor &{name} stands before this alias, so the document is refused. Write the anchor first, or spell out the value.',
  'alias-in-itself':
    'The alias *{name} lies inside the value that it stands for, so it would never end and is refused. Spell the value out.',
  'merge-not-map':
    'Only a map, or a list of maps, can be merged with <<, so the document is refused. Point it at an anchor of a map.',
  'collection-as-key': 'A list or map cannot be a key in a manifest, so it is refused. Use a plain name.',
} satisfies Texts;

const duplicate = {
  'duplicate-overlooked':
    '{key} is written twice in the same place. The last one is taken without a word, and what the first one said is lost. Keep one, or join the two.',
  'duplicate-key':
    '{key} is written twice in the same place, and that is refused. Keep one, or join the two.',
  'second-manifest':
    'A second manifest begins here without a line --- before it, so both are read as one and the first is lost. Put --- between them.',
  'fix-second-manifest': 'Insert --- between the manifests',
  related: '{key} first stands here',
} satisfies Texts;

/** All texts by the rule that speaks them. */
export const problemMessages: Readonly<Record<Problem['code'], Texts>> = {
  'not-strict-json': json,
  'yaml-syntax': yaml,
  'toml-syntax': tomlMessages,
  'duplicate-key': { ...duplicate, ...tomlDuplicateMessages },
};

/**
 * Every key that a map already has, where the reader takes the last and says nothing: Go's encoding/json, and kubectl, which
 * turns YAML into JSON before a server could object (kubernetes issue 125885). Merge keys of YAML may repeat.
 */
export function duplicateKeys(root: Node): Problem[] {
  const problems: Problem[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    const seen = new Map<string, ScalarNode>();
    for (const { key, value, merge } of node.entries) {
      const name = String(key.value);
      const first = seen.get(name);
      if (first !== undefined && merge === undefined && key.raw !== '') {
        problems.push({
          code: 'duplicate-key',
          message: 'duplicate-overlooked',
          args: { key: name },
          span: key.span,
          weight: { level: 'warning', effect: 'ignored' },
          related: [first.span],
        });
      } else seen.set(name, key);
      visit(value);
    }
  };
  visit(root);
  return problems;
}
