// A default runtime that is neither built in nor configured.
import { configuredRuntimes, isShimName, stockRuntimes } from '../docker/runtimes.ts';
import { defineRule, valueFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'default-runtime-unknown',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`default-runtime` names a runtime that the daemon does not have.',
    why: 'The daemon knows `runc`, the names under `runtimes`, and from 23.0 on every name that can be a shim of containerd, with a dot and without a slash. With any other it fails to start: up to 24.0 it refuses the file, from 25.0 on `dockerd --validate` does not notice. `io.containerd.runtime.v1.linux` was removed in 23.0: the daemon starts, but no container does.',
    instead: 'Add the runtime under `runtimes`, or name one that is there.',
    says: [
      "specified default runtime 'NAME' does not exist",
      'failed to start shim: failed to resolve runtime path: binary not installed "containerd-shim-v1-linux"',
    ],
    source: ['daemon/runtime_unix.go:112-117,253 (29.7); run on 20.10.24 and 28.5.2'],
  },
  messages: {
    unknown: 'There is no runtime `{name}`: the daemon fails to start. Add it under runtimes, or use `runc`.',
    'unknown-near': 'There is no runtime `{name}`: the daemon fails to start. Did you mean `{near}`?',
    'old-shim': 'The runtime `{name}` was removed in Docker 23.0: no container starts. Use `{near}`.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/default-runtime'],
  check({ bound, root, versions, facts, report }) {
    const name = text(bound.node);
    if (!name || name.includes('$')) return;
    const { docker, platform } = versions;
    const flags = facts.beside?.flags ?? [];
    const added = flags.flatMap((flag) =>
      flag.name === 'add-runtime' ? (flag.value.split('=')[0] ?? '') : [],
    );
    const there = [...stockRuntimes(docker), ...configuredRuntimes(root.node), ...added];
    // On Windows the names are those of HCS, and empty is chosen by the engine.
    if (platform !== 'linux' || there.includes(name)) return;
    const later = atLeast(docker, '23.0');
    if (later && name === 'io.containerd.runtime.v1.linux') {
      report(bound.node, 'old-shim', { args: { name, near: 'runc' }, fixes: valueFix(bound.node, 'runc') });
      return;
    }
    if (later && isShimName(name)) return;
    const near = nearest(name, there);
    report(bound.node, near === undefined ? 'unknown' : 'unknown-near', {
      ...(!atLeast(docker, '25.0') && { effect: 'refused' }),
      args: { name, near: near ?? '' },
      fixes: valueFix(bound.node, near),
    });
  },
});
