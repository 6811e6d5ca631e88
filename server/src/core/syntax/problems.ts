// English words for what the front ends find, by problem code and message id (`fix-…` names the edit that mends it),
// and the one check that JSON and YAML share.
import { tomlDuplicateMessages, tomlMessages } from './tomlProblems.ts';
import type { Node, Problem, ScalarNode } from './tree.ts';

type Texts = Readonly<Record<string, string>>;

const json = {
  comment:
    'JSON has no comments, so the engine refuses the file. Remove the comment, or keep it in a separate file.',
  'fix-comment': 'Remove the comment',
  'comment-unclosed':
    'This comment is never closed, and JSON has no comments, so the engine refuses the file. Remove it.',
  'trailing-comma': 'JSON does not allow a trailing comma, so the engine refuses the file. Remove the comma.',
  'fix-trailing-comma': 'Remove the comma',
  'extra-comma': 'This comma separates nothing, so the engine refuses the file. Remove it.',
  'fix-extra-comma': 'Remove the comma',
  'missing-comma':
    'A comma is missing before this, so the engine refuses the file. Add one after the previous value.',
  'fix-missing-comma': 'Insert the comma',
  'single-quotes':
    'JSON allows only double quotes, so the engine refuses the file. Put the text between two ".',
  'fix-single-quotes': 'Use double quotes',
  'typographic-quotes':
    'These are typographic quotes, which JSON does not allow, so the engine refuses the file. Use straight double quotes.',
  'fix-typographic-quotes': 'Use straight double quotes',
  'unquoted-key':
    'The name {key} has no quotes, which JSON does not allow, so the engine refuses the file. Put it in double quotes.',
  'fix-unquoted-key': 'Put quotes around {key}',
  'unquoted-value':
    'The value {found} is not a number, true, false or null, so the engine refuses the file. Put it in double quotes.',
  'fix-unquoted-value': 'Put quotes around {found}',
  'literal-case': '{found} is not valid JSON, so the engine refuses the file. Write {wanted}, in lowercase.',
  'fix-literal-case': 'Write {wanted}',
  'bad-number':
    '{found} is not a valid JSON number, so the engine refuses the file. Write digits without leading zeros or a plus sign, and on both sides of the point.',
  'string-unclosed':
    'This string has no closing quote on its line, so the engine refuses the file. Add " where it ends.',
  'control-character':
    'This string contains a raw tab or control character, so the engine refuses the file. Write it as an escape such as \\t.',
  'fix-control-character': 'Write it as an escape',
  'bad-escape':
    'This is not a valid JSON escape, so the engine refuses the file. Write two backslashes for a literal one.',
  'fix-bad-escape': 'Double the backslashes',
  'missing-colon': 'A colon is missing between name and value, so the engine refuses the file. Add one.',
  'fix-missing-colon': 'Insert the colon',
  'equals-sign':
    'JSON expects a colon between name and value, so the engine refuses the file. Write : instead of =.',
  'fix-equals-sign': 'Write a colon',
  'missing-value':
    'The name {key} has no value, so the engine refuses the file. Add one, or remove the name to use the default.',
  'missing-key': 'This value has no name, so the engine refuses the file. Write "name": before it.',
  'colon-in-list':
    'Values in a list have no names, so the engine refuses the file. Remove the colon, or use { } instead of [ ].',
  'brace-unclosed':
    'This brace is never closed, so the engine refuses the file. Add } where the object ends.',
  'bracket-unclosed':
    'This bracket is never closed, so the engine refuses the file. Add ] where the list ends.',
  'closing-mismatch':
    '{found} does not match the opening bracket, so the engine refuses the file. Remove it, or write {wanted}.',
  'empty-file': 'Docker before 23.0 refuses an empty daemon.json. Write {} in it, or delete the file.',
  'byte-order-mark':
    'The file begins with an invisible byte order mark, which Docker before 23.0 refuses. Save the file as UTF-8 without BOM.',
  'fix-byte-order-mark': 'Remove the byte order mark',
  'after-end':
    'Docker 23.0 and later accept only one JSON value, so the engine refuses the file. Remove this, or move it inside the braces.',
} satisfies Texts;

const yaml = {
  'tab-indent':
    'This line is indented with a tab, and YAML allows only spaces, so the document is refused. Use spaces.',
  'fix-tab-indent': 'Indent the document with spaces',
  'bad-indent':
    'The indent of this line matches nothing above, so the document is refused. Align it with the keys it belongs to.',
  'flow-unclosed':
    'This bracket is never closed, so the document is refused. Add the closing bracket after the last item.',
  'reserved-character':
    'An unquoted value cannot begin with this character, so the document is refused. Put the value in quotes.',
  'bad-escape':
    '{found} is not a valid escape in double quotes, so the document is refused. Write two backslashes, or use single quotes.',
  'missing-colon':
    'This line should be a key but has no colon, so the document is refused. Write “key: value”, or indent it if it continues the line above.',
  'nested-colon':
    'This value contains a second “key:”, so the document is refused. Put the value in quotes, or move the key to the right column.',
  'block-in-flow':
    'Inside [ ] and { } YAML allows no dashes or indented keys, so the document is refused. Separate the items with commas.',
  'quote-unclosed':
    'This quote is never closed, so the document is refused. Add the same quote where the text ends.',
  'missing-comma': 'A comma is missing between items inside [ ] or { }, so the document is refused. Add one.',
  'comment-needs-space': 'A comment needs a space before its #, so the document is refused. Insert one.',
  'missing-dash':
    'This line is among list items but has no dash, so the document is refused. Begin it with “- ”.',
  'too-deep':
    'Lists and maps are nested too deeply to be read here, so this file was not checked. Reduce the nesting.',
  unexpected:
    'This is not valid YAML here, so the document is refused. Look for a missing dash, quote or bracket, or a wrong indent at or before {found}.',
  'alias-unknown':
    'There is no anchor &{name} before this alias, so the document is refused. Define the anchor first, or write out the value.',
  'alias-in-itself':
    'The alias *{name} is inside the value that it refers to, so the document is refused. Write out the value.',
  'merge-not-map':
    'Only a map or a list of maps can be merged with <<, so the document is refused. Refer to the anchor of a map.',
  'collection-as-key':
    'A list or map cannot be a key in a manifest, so the document is refused. Use a plain name.',
} satisfies Texts;

const duplicate = {
  'duplicate-overlooked':
    '{key} is written twice in the same place: the last one silently replaces the first. Keep one, or merge the two.',
  'duplicate-key':
    '{key} is written twice in the same place, so the engine refuses the file. Keep one, or merge the two.',
  'second-manifest':
    'A second manifest begins here without --- before it, so both are read as one and the first is lost. Put --- between them.',
  'fix-second-manifest': 'Insert --- between the manifests',
  related: 'First use of {key}',
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
