// A word for a seccomp profile that dockerd takes for the name of a file.
import { defineRule, type RuleFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'seccomp-profile-unknown',
  families: ['daemon'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`seccomp-profile` is neither a value that dockerd knows nor an absolute path.',
    why: 'Apart from `builtin` and, from 23.0 on, `unconfined`, every text is the path of a file. A relative one begins at the working directory of the daemon, usually `/`, so a misspelt word is a file that does not exist, and the daemon fails to start. `dockerd --validate` does not open the file.',
    instead: 'Write `builtin`, `unconfined`, or the full path of a profile.',
    says: ['opening seccomp profile failed: no such file or directory'],
    source: [
      'daemon/seccomp_linux.go, daemon/daemon_unix.go (29.7); run on 20.10.24 and 28.5.2',
      'https://docs.docker.com/engine/security/seccomp/',
    ],
  },
  messages: {
    word: '`{value}` is neither builtin nor unconfined nor an absolute path: {verdict}, unless its working directory holds such a file. Write the full path.',
    near: '`{value}` is taken for a file: {verdict}. Did you mean `{near}`?',
    'not-yet':
      'Docker before 23.0 does not know `unconfined` and takes it for a file: {verdict}. Upgrade or remove it.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/seccomp-profile'],
  check({ bound, versions, report }) {
    const value = text(bound.node);
    if (value === undefined || value === '' || value === 'builtin' || value.startsWith('/')) return;
    const known = atLeast(versions.docker, '23.0');
    if (value === 'unconfined') return known ? undefined : report(bound.node, 'not-yet');
    const near = value.includes('/')
      ? undefined
      : nearest(value, known ? ['builtin', 'unconfined'] : ['builtin']);
    const fix = (name: string): RuleFix => ({
      title: 'fix-near',
      args: { near: name },
      kind: 'suggestion',
      changes: [{ do: 'replace', node: bound.node, value: name }],
    });
    report(bound.node, near === undefined ? 'word' : 'near', {
      args: { value, near: near ?? '' },
      fixes: near === undefined ? [] : [fix(near)],
    });
  },
});
