// The English words for what the TOML reader finds, by message id; `fix-…` names the edit that mends it.

/** Texts of the rule `toml-syntax`. */
export const tomlMessages = {
  refused:
    'This is not valid TOML from here on, so the whole file is refused and no container starts with it. Look for a stray character or an unfinished value.',
  'unclosed-string':
    'This text has no closing quote on its line, so the whole file is refused. Put the same quote at its end.',
  'fix-unclosed-string': 'Close the quotes',
  'unclosed-multiline':
    'The text that these three quotes open is never closed, so the whole file is refused. Put three quotes where it ends.',
  'unclosed-list': 'This list is never closed, so the whole file is refused. Put “]” behind its last item.',
  'fix-unclosed-list': 'Close the list',
  'unclosed-table':
    'This brace is never closed, so the whole file is refused. Put “}” behind its last entry.',
  'fix-unclosed-table': 'Close the brace',
  'unclosed-header':
    'This table header lacks its closing bracket, so the whole file is refused. End it with “]” (“]]” for a list of tables).',
  'fix-unclosed-header': 'Close the header',
  'bad-header':
    'A table header is names joined by dots, and this is something else, so the whole file is refused. Take it out, or put a name with other characters in quotes.',
  'missing-key': 'A name is missing here, so the whole file is refused. Write the name of the key or table.',
  'missing-value':
    'This key has no value, so the whole file is refused. Write one behind “=”, or take the line out to get the default.',
  'missing-equals':
    'A line here is “key = value” and this one has no “=”, so the whole file is refused. Write “=” and a value, or put “#” in front of a remark.',
  'fix-missing-equals': 'Put “=” between key and value',
  'wrong-equals':
    'TOML joins a key and its value by “=”, not by this character, so the whole file is refused. Write “=”.',
  'fix-wrong-equals': 'Write “=”',
  'bad-key':
    'A name without quotes may hold only letters A–Z, digits, “_” and “-”, so the whole file is refused. Correct the name, or put it in quotes.',
  'missing-quotes':
    'Text must stand in quotes; this is no number, date, true or false, so the whole file is refused. Put it in double quotes.',
  'fix-missing-quotes': 'Put it in quotes',
  'wrong-quotes':
    'These are typographic quotes, which TOML does not know, so the whole file is refused. Use the plain " of the keyboard.',
  'fix-wrong-quotes': 'Use plain quotes',
  'wrong-blank':
    'This looks like a space and is another character, as it comes with text pasted from a web page, so the whole file is refused. Use plain spaces.',
  'fix-wrong-blank': 'Use plain spaces',
  'boolean-case': 'true and false are written in small letters, so the whole file is refused.',
  'fix-boolean-case': 'Write it in small letters',
  'bad-escape':
    'A backslash in double quotes begins an escape, and this is none, so the whole file is refused. Double the backslash, or use single quotes.',
  'fix-bad-escape': 'Double the backslashes',
  'bad-number':
    'This is not a number as TOML writes them (no leading zeros, “_” only between digits), so the whole file is refused. Correct it, or put it in quotes if it is text.',
  'number-range':
    'This number does not fit into 64 bits, so the whole file is refused. Write a smaller one, or put it in quotes if it is text.',
  'bad-date': 'This day or time does not exist, so the whole file is refused. Correct it.',
  'missing-comma':
    'The entries here are parted by “,” and this one is not, so the whole file is refused. Put a comma.',
  'fix-missing-comma': 'Put a comma',
  'extra-comma': 'There is no value before this comma, so the whole file is refused. Take the comma out.',
  'fix-extra-comma': 'Take the comma out',
  'wrong-comment': 'Comments begin with “#” and with nothing else, so the whole file is refused. Write “#”.',
  'fix-wrong-comment': 'Write “#”',
  'unexpected-text':
    'Nothing but a comment may stand here, so the whole file is refused. Take it out, put “#” in front of it, or give it a line of its own.',
  'fix-unexpected-text': 'Take it out',
  'control-char':
    'An invisible control character stands here, so the whole file is refused. Take it out, or write it as an escape.',
  'fix-control-char': 'Take the control character out',
  'extends-inline':
    '“{key}” was written in brackets, and what brackets hold cannot be added to elsewhere, so the whole file is refused. Write all of it in one place.',
  related: 'It was written here first',
} as const satisfies Record<string, string>;

/** Words of `duplicate-key` that only TOML needs. */
export const tomlDuplicateMessages = {
  'duplicate-table':
    'The table “{key}” is already open above, and a second header for it makes the whole file refused. Put its keys under the first header.',
} as const satisfies Record<string, string>;
