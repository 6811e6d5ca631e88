// What a person types and JSON does not know: comments, trailing commas, missing quotes.
import { defineRule } from '../rule.ts';
import { problemMessages } from '../syntax/problems.ts';

export const rule = defineRule({
  id: 'not-strict-json',
  families: ['daemon', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'safe',
  docs: {
    what: 'The file is not JSON as the engine reads it.',
    why: 'Editors tolerate comments and trailing commas in JSON; dockerd does not. It refuses the whole file and fails to start, so no container runs after the next restart.',
    instead:
      'Write strict JSON: double quotes, a comma between members and none after the last, no comments. Keep notes in a separate file.',
    says: [
      "invalid JSON: invalid character '/' looking for beginning of object key string",
      "invalid character '}' looking for beginning of object key string",
      'unexpected end of JSON input',
    ],
    source: [
      'https://www.rfc-editor.org/rfc/rfc8259',
      'daemon/config/config.go getConflictFreeConfiguration (29.7)',
    ],
  },
  messages: problemMessages['not-strict-json'],
});
