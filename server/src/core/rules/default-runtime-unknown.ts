// A default runtime that is not there.
import { defineRule, type RuleFix } from '../rule.ts';
import { nearest } from '../schema/search.ts';
import { atLeast } from '../schema/versions.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'default-runtime-unknown',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`default-runtime` names a runtime that the file does not define.',
    why: 'dockerd knows `runc`, the names under `runtimes`, and from 23.0 on shims by a name with points and without slashes, such as `io.containerd.runc.v2`. Anything else stops the daemon; up to 24.0 it refuses the file. The old shim `io.containerd.runtime.v1.linux` is gone since 23.0: the daemon starts, and no container does.',
    instead: 'Define the runtime under `runtimes`, with the same letters, or use `runc`.',
    says: ['specified default runtime does not exist'],
    source: [
      'daemon/runtime_unix.go:253 (29.7); run on 20.10.24 and 28.5.2',
      'https://docs.docker.com/engine/daemon/alternative-runtimes/',
    ],
  },
  messages: {
    unknown: 'No runtime `{name}` is defined under `runtimes`: {verdict}. Define it there, or use runc.',
    near: 'No runtime `{name}` is defined under `runtimes`: {verdict}. Did you mean `{near}`?',
    'old-shim':
      'Docker 23.0 removed this shim: the daemon starts, and no container does. Use `io.containerd.runc.v2` or runc.',
    'fix-near': 'Change to {near}',
  },
  at: ['daemon#/default-runtime'],
  check({ bound, root, versions: { docker, platform }, report }) {
    const name = text(bound.node);
    if (name === undefined || name === '' || name === 'runc' || platform === 'windows') return;
    const runtimes = get(root.node, 'runtimes');
    const names = runtimes?.kind === 'map' ? runtimes.entries.map(({ key }) => String(key.value)) : [];
    const change = (near: string): RuleFix => ({
      title: 'fix-near',
      args: { near },
      kind: 'suggestion',
      changes: [{ do: 'replace', node: bound.node, value: near }],
    });
    if (name === 'io.containerd.runtime.v1.linux' && atLeast(docker, '23.0')) {
      return report(bound.node, 'old-shim', { fixes: [change('io.containerd.runc.v2')] });
    }
    const shim = name.includes('.') && !name.includes('/');
    if (names.includes(name) || shim || builtIn.includes(name)) return;
    const near = nearest(name, ['runc', ...names]);
    report(bound.node, near === undefined ? 'unknown' : 'near', {
      ...(!atLeast(docker, '25.0') && { effect: 'refused' }),
      args: { name, near: near ?? '' },
      fixes: near === undefined ? [] : [change(near)],
    });
  },
});

/** The stock shims of old versions go by these names as well. */
const builtIn = ['io.containerd.runc.v1', 'io.containerd.runc.v2'];
