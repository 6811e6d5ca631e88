// Text that no TOML reader takes.
import { defineRule } from '../rule.ts';
import { problemMessages } from '../syntax/problems.ts';

export const rule = defineRule({
  id: 'toml-syntax',
  families: ['storage'],
  level: 'error',
  effect: 'refused',
  fix: 'safe',
  docs: {
    what: 'The file is not TOML as this version of containers/storage reads it.',
    why: 'The loader drops the whole file at the first error. Podman and CRI-O then fail to start, or continue with built-in defaults, where images and volumes seem to have vanished.',
    instead: 'Correct the marked place: most errors are a missing quote, bracket or `=`.',
    source: [
      'https://toml.io/en/v1.0.0',
      'https://toml.io/en/v1.1.0',
      'github.com/BurntSushi/toml lex.go, parse.go (1.2, 1.3, 1.4, 1.5, 1.6)',
    ],
  },
  messages: problemMessages['toml-syntax'],
});
