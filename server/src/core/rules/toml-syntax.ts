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
    what: 'The file is not TOML as containers/storage reads it.',
    why: 'The loader drops the whole file at the first error. Podman and CRI-O then fail to start, or continue with built-in defaults, where images and volumes seem to have vanished.',
    instead: 'Correct the marked place: most errors are a missing quote, bracket or `=`.',
    source: ['https://toml.io/en/v1.0.0', 'github.com/BurntSushi/toml parse.go (1.5)'],
  },
  messages: problemMessages['toml-syntax'],
});
