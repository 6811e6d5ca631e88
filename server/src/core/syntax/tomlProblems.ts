// The English words for what the TOML reader finds, by message id; `fix-…` names the edit that mends it.

/** Texts of the rule `toml-syntax`. */
export const tomlMessages = {
  refused:
    'This is not valid TOML from here on, so the whole file is refused. Look for a stray character or an unfinished value.',
  'unclosed-string':
    'This string has no closing quote on its line, so the whole file is refused. Add the same quote at its end.',
  'fix-unclosed-string': 'Close the quotes',
  'unclosed-multiline':
    'These three quotes are never closed, so the whole file is refused. Add three quotes where the text ends.',
  'unclosed-list': 'This list is never closed, so the whole file is refused. Add “]” after its last item.',
  'fix-unclosed-list': 'Close the list',
  'unclosed-table': 'This brace is never closed, so the whole file is refused. Add “}” after its last entry.',
  'fix-unclosed-table': 'Close the brace',
  'unclosed-header':
    'This table header has no closing bracket, so the whole file is refused. End it with “]” (“]]” for a list of tables).',
  'fix-unclosed-header': 'Close the header',
  'bad-header':
    'This is not a valid table header (names joined by dots), so the whole file is refused. Remove it, or quote names with other characters.',
  'missing-key': 'A name is missing here, so the whole file is refused. Write the name of the key or table.',
  'missing-value':
    'This key has no value, so the whole file is refused. Add one after “=”, or remove the line to use the default.',
  'missing-equals':
    'This line has no “=”, so the whole file is refused. Write it as “key = value”, or put “#” in front of a comment.',
  'fix-missing-equals': 'Put “=” between key and value',
  'wrong-equals': 'TOML expects “=” between a key and its value, so the whole file is refused. Write “=”.',
  'fix-wrong-equals': 'Write “=”',
  'bad-key':
    'A name without quotes may contain only A–Z, a–z, digits, “_” and “-”, so the whole file is refused. Correct the name, or put it in quotes.',
  'missing-quotes':
    'This is not a number, date, true or false, so the whole file is refused. If it is text, put it in double quotes.',
  'fix-missing-quotes': 'Put it in quotes',
  'wrong-quotes':
    'These are typographic quotes, which TOML does not allow, so the whole file is refused. Use straight quotes.',
  'fix-wrong-quotes': 'Use straight quotes',
  'wrong-blank':
    'This looks like a space but is another character, often pasted from a web page, so the whole file is refused. Use plain spaces.',
  'fix-wrong-blank': 'Use plain spaces',
  'boolean-case': 'true and false must be lowercase, so the whole file is refused. Write them in lowercase.',
  'fix-boolean-case': 'Write it in lowercase',
  'bad-escape':
    'This is not a valid escape in double quotes, so the whole file is refused. Double the backslash, or use single quotes.',
  'fix-bad-escape': 'Double the backslashes',
  'bad-number':
    'This is not a valid TOML number (no leading zeros, “_” only between digits), so the whole file is refused. Correct it, or quote it if it is text.',
  'number-range':
    'This number does not fit into 64 bits, so the whole file is refused. Use a smaller one, or quote it if it is text.',
  'bad-date': 'This date or time does not exist, so the whole file is refused. Correct it.',
  'missing-comma': 'A comma is missing before this entry, so the whole file is refused. Insert one.',
  'fix-missing-comma': 'Insert a comma',
  'extra-comma': 'There is no value before this comma, so the whole file is refused. Remove the comma.',
  'fix-extra-comma': 'Remove the comma',
  'wrong-comment': 'Comments in TOML begin with “#”, so the whole file is refused. Write “#”.',
  'fix-wrong-comment': 'Write “#”',
  'unexpected-text':
    'Only a comment may follow here, so the whole file is refused. Remove this, put “#” in front of it, or move it to its own line.',
  'fix-unexpected-text': 'Remove it',
  'control-char':
    'There is an invisible control character here, so the whole file is refused. Remove it, or write it as an escape.',
  'fix-control-char': 'Remove the control character',
  'newer-lines':
    'containers/storage 1.62 and older refuse the whole file: an inline table with line breaks is TOML 1.1. Write it on one line, or as a [table] of its own.',
  'fix-newer-lines': 'Join it on one line',
  'newer-comma':
    'containers/storage 1.62 and older refuse the whole file: a comma behind the last entry of an inline table is TOML 1.1. Remove it.',
  'fix-newer-comma': 'Remove the comma',
  'newer-escape':
    'containers/storage 1.62 and older refuse the whole file: this escape is TOML 1.1. Write it with \\u and four digits.',
  'fix-newer-escape': 'Write it with \\u',
  'newer-time':
    'containers/storage 1.62 and older refuse the whole file: a time without seconds is TOML 1.1. Add the seconds.',
  'fix-newer-time': 'Add the seconds',
  'byte-order-mark':
    'The file begins with an invisible byte order mark, so containers/storage 1.46 and older refuse the whole file. Save it as UTF-8 without BOM.',
  'fix-byte-order-mark': 'Remove the byte order mark',
  'not-utf8':
    'This character stands where the file is not UTF-8, or is U+FFFD itself: containers/storage 1.54 and older refuse the whole file. Write the character that was meant, and save as UTF-8.',
  'extends-inline':
    '“{key}” was defined inline and cannot be extended elsewhere, so the whole file is refused. Define all of it in one place.',
  related: 'It was written here first',
} as const satisfies Record<string, string>;

/** Words of `duplicate-key` that only TOML needs. */
export const tomlDuplicateMessages = {
  'duplicate-table':
    'The table “{key}” is already defined above, so the whole file is refused. Put its keys under the first header.',
  'list-overlooked':
    '“{key}” is written twice, and one of them is a list: containers/storage 1.62 and older silently use the last one, 1.63 refuses the file. Keep one, or merge the two.',
} as const satisfies Record<string, string>;
