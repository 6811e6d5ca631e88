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
    why: 'Editors forgive comments and trailing commas in JSON; dockerd does not. It refuses the whole file, and after the next restart no container runs.',
    instead:
      'Write plain JSON: double quotes, a comma between members and none behind the last, no comments. A note can live in a file beside it.',
    source: [
      'https://www.rfc-editor.org/rfc/rfc8259',
      'daemon/config/config.go getConflictFreeConfiguration (29.7)',
    ],
  },
  messages: problemMessages['not-strict-json'],
});
