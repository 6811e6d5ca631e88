// An entry of `runtimes` that dockerd cannot make a runtime of.
import { filledMember } from '../docker/runtimes.ts';
import { defineRule, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { typeMatches } from '../schema/types.ts';
import { atLeast } from '../schema/versions.ts';
import { target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'runtime-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `runtimes` has a reserved name, or says too little or too much.',
    why: 'A runtime is either a program that takes the command line of runc (`path` with `runtimeArgs`) or a shim of containerd (`runtimeType` with `options`). The daemon fails to start with one that is neither or both, and with one that is called `runc`. From Docker 25 on `dockerd --validate` does not look at runtimes.',
    instead:
      'Keep `path`, or keep `runtimeType`, and only what belongs to it. To change the runtime of all containers, add one under another name and set `default-runtime`.',
    says: [
      "runtime name 'runc' is reserved",
      'runtime NAME: either a runtimeType or a path must be configured',
      'runtime NAME: cannot configure both path and runtimeType for the same runtime',
      'runtime NAME: options cannot be used with a path runtime; args cannot be used with a runtimeType runtime',
    ],
    source: ['daemon/runtime_unix.go:99-171 (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    reserved:
      'The name `runc` is reserved for the built-in runtime: the daemon fails to start. Use another name and set default-runtime.',
    neither:
      'The runtime `{name}` has neither `path` nor `runtimeType`: the daemon fails to start. Add one of them.',
    both: 'The runtime `{name}` has both `path` and `runtimeType`: the daemon fails to start. Keep one of them.',
    misplaced: '`{member}` does not go together with `{other}`: the daemon fails to start. Remove it.',
    'fix-remove': 'Remove {member}',
  },
  at: ['daemon#/runtimes/*'],
  check({ bound, versions, report }) {
    const own = bound.entry;
    const node = target(bound.node);
    if (own === undefined || !typeMatches(bound.node, bound.definition, 'daemon') || node.kind === 'missing')
      return;
    const name = String(own.key.value);
    const { docker } = versions;
    if (name === 'runc') {
      report(own.key, 'reserved', atLeast(docker, '25.0') ? {} : { effect: 'refused' });
      return;
    }
    // Older versions take only programs, and look at them when a container starts.
    if (
      !atLeast(docker, '24.0') ||
      bound.children.some((one) => !typeMatches(one.node, one.definition, 'daemon'))
    )
      return;
    const [path, type] = [filledMember(bound, 'path'), filledMember(bound, 'runtimeType')];
    const without = (member: Bound, name: string) =>
      removalFix(member, 'fix-remove', 'suggestion', { member: name });
    if (path === undefined && type === undefined) report(own.key, 'neither', { args: { name } });
    else if (path !== undefined && type !== undefined) {
      report(own.key, 'both', { args: { name }, fixes: without(path, 'path') });
    } else {
      const [member, other] =
        path === undefined ? (['runtimeArgs', 'runtimeType'] as const) : (['options', 'path'] as const);
      const extra = filledMember(bound, member);
      if (extra?.entry === undefined) return;
      report(extra.entry.key, 'misplaced', { args: { member, other }, fixes: without(extra, member) });
    }
  },
});
