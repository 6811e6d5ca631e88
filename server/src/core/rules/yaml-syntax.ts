// Text that kubectl cannot read as YAML.
import { defineRule } from '../rule.ts';
import { problemMessages } from '../syntax/problems.ts';

export const rule = defineRule({
  id: 'yaml-syntax',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'safe',
  docs: {
    what: 'The manifest is not YAML as kubectl reads it.',
    why: 'kubectl refuses the document, and with it everything that follows in the same file.',
    instead:
      'Correct the marked place: most errors are a tab, an indent that matches nothing above, or an unclosed quote.',
    source: ['https://yaml.org/spec/1.2.2/', 'sigs.k8s.io/yaml yaml.go (1.4)'],
  },
  messages: problemMessages['yaml-syntax'],
});
