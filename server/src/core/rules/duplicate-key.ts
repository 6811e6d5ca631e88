// One name twice in the same place.
import { defineRule } from '../rule.ts';
import { problemMessages } from '../syntax/problems.ts';

export const rule = defineRule({
  id: 'duplicate-key',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'A key, or a TOML table, is written twice in the same place.',
    why: 'containers/storage refuses the file. dockerd and kubectl silently use the last one, so a setting that somebody relies on may be lost.',
    instead: 'Keep one of them, or merge their contents.',
    says: ['toml: key has already been defined'],
    source: [
      'https://toml.io/en/v1.0.0#keyvalue-pair',
      'Go encoding/json decode.go: a later member overwrites an earlier one',
      'https://github.com/kubernetes/kubernetes/issues/125885',
    ],
  },
  messages: problemMessages['duplicate-key'],
});
