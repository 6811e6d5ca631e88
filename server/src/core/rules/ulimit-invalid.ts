// A default limit that no container can start with.
import { defineRule, type RuleContext, renameFix, valueFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { knownNames, nearest } from '../schema/search.ts';
import { typeMatches } from '../schema/types.ts';
import { newest } from '../schema/versions.ts';
import { target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'ulimit-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `default-ulimits` names no limit of Linux, or its numbers contradict one another.',
    why: 'The daemon accepts any limit and passes it on; the kernel or runc refuses it when a container starts, so that no container does. The name that counts is `Name`, not the key. A number that is missing is 0.',
    instead:
      'Write `Name`, `Soft` and `Hard`, with `Soft` at most as large as `Hard`; -1 is unlimited, but not for nofile.',
    says: [
      'runc create failed: wrong rlimit value: RLIMIT_NAME',
      'error setting rlimit type 7: invalid argument',
      'error setting rlimit type 7: operation not permitted',
    ],
    source: ['daemon/config/config_linux.go:86 (29.7), runc; run on 20.10.24 and 28.5.2'],
  },
  messages: {
    'no-name': 'The limit `{key}` has no `Name`: no container starts. Add "Name": "{key}".',
    unknown: 'Linux has no limit `{name}`: no container starts. It has {known}.',
    'unknown-near': 'Linux has no limit `{name}`: no container starts. Did you mean `{near}`?',
    'other-name':
      'This sets the limit `{name}`: `Name` counts, not the key `{key}`. Use the same name for both.',
    crossed:
      'The soft limit {soft} is above the hard limit {hard}: no container starts. Raise `Hard`, or lower `Soft`.',
    unlimited:
      'nofile cannot be unlimited: the kernel refuses it, and no container starts. Write a number, such as 1048576.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/default-ulimits'],
  check({ bound, report }) {
    // The command line does not take this one, but runc does.
    const known = [...knownNames(bound.definition, newest.docker), 'as'];
    for (const limit of bound.children) judge(limit, known, report);
  },
});

function judge(limit: Bound, known: readonly string[], report: RuleContext['report']): void {
  const map = target(limit.node);
  if (map.kind !== 'map' || limit.entry === undefined) return;
  if (limit.children.some((one) => !typeMatches(one.node, one.definition, 'daemon'))) return;
  // Names of members may be in any case.
  const member = (of: string) => limit.children.findLast((one) => one.definition?.name === of)?.node;
  const number = (of: string) => {
    const node = target(member(of) ?? map);
    return node.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0;
  };
  const key = String(limit.entry.key.value);
  const named = member('Name') ?? map;
  const name = text(named) ?? '';
  const kernel = name.toLowerCase();
  const [soft, hard] = [number('Soft'), number('Hard')];
  if (name === '') report(limit.entry.key, 'no-name', { args: { key } });
  else if (!known.includes(kernel)) {
    const near = nearest(name, known);
    report(named, near === undefined ? 'unknown' : 'unknown-near', {
      args: { name, near: near ?? '', known: known.join(', ') },
      fixes: valueFix(named, near),
    });
  } else if (kernel !== key.toLowerCase()) {
    const fixes = renameFix(limit.entry, name);
    report(limit.entry.key, 'other-name', { level: 'info', effect: 'style', args: { name, key }, fixes });
  }
  if (kernel === 'nofile' && hard < 0) report(member('Hard') ?? map, 'unlimited');
  else if (hard >= 0 && (soft > hard || soft < 0)) {
    report(member('Soft') ?? map, 'crossed', { args: { soft: String(soft), hard: String(hard) } });
  }
}
