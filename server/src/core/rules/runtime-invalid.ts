// A runtime whose parts contradict each other.
import { defineRule, removalFix } from '../rule.ts';
import { type Bound, partOf } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { type Node, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'runtime-invalid',
  families: ['daemon'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: 'An entry of `runtimes` has the reserved name, no program, or parts that exclude each other.',
    why: 'A runtime is either a program that takes the command line of runc (`path`, perhaps `runtimeArgs`) or a shim of containerd (`runtimeType`, perhaps `options`). From 25.0 on `dockerd --validate` does not look at them, but the daemon fails to start; 23.0 and 24.0 refuse the file, and 20.10 refuses the name `runc`.',
    instead: 'Give each runtime a name of its own, and either `path` or `runtimeType`.',
    says: [
      "runtime name 'runc' is reserved",
      'either a runtimeType or a path must be configured',
      'cannot configure both path and runtimeType',
      'options cannot be used with a path runtime',
      'args cannot be used with a runtimeType runtime',
    ],
    source: [
      'daemon/runtime_unix.go:99-171 (29.7); run on 28.5.2',
      'https://docs.docker.com/engine/daemon/alternative-runtimes/',
    ],
  },
  messages: {
    reserved: 'The name `runc` belongs to the built-in runtime: {verdict}. Choose another name.',
    nothing: '`{name}` has neither `path` nor `runtimeType`: {verdict}. Set one of them.',
    both: '`{name}` has `path` and `runtimeType`: {verdict}. Keep one of them.',
    options:
      '`options` are for shims, and `{name}` has a `path`: {verdict}. Use runtimeArgs, or runtimeType instead of path.',
    args: '`runtimeArgs` are for programs, and `{name}` has a `runtimeType`: {verdict}. Use options, or path instead of runtimeType.',
    'fix-remove': 'Remove {part}',
  },
  at: ['daemon#/runtimes/*'],
  check({ bound, versions: { docker }, report }) {
    const name = String(bound.path.at(-1));
    const map = target(bound.node);
    if (bound.entry === undefined || (map.kind !== 'map' && !isNull(map))) return;
    const refused = !atLeast(docker, '25.0') && (atLeast(docker, '23.0') || name === 'runc');
    const weight = refused ? ({ effect: 'refused' } as const) : {};
    const tell = (at: Bound, message: string, part = '') =>
      report(at.entry?.key ?? at.node, message, {
        ...weight,
        args: { name, part },
        fixes: part === '' ? [] : removalFix(at, 'fix-remove', 'suggestion', { part }),
      });
    if (name === 'runc') return tell(bound, 'reserved', 'runc');
    const part = (key: string) => {
      const written = partOf(bound, key);
      return written !== undefined && isSet(written.node) ? written : undefined;
    };
    const [path, type, args, options] = ['path', 'runtimeType', 'runtimeArgs', 'options'].map(part);
    if (!atLeast(docker, '24.0')) {
      if (path === undefined && atLeast(docker, '23.0')) tell(bound, 'nothing');
    } else if (path === undefined && type === undefined) tell(bound, 'nothing');
    else if (path !== undefined && type !== undefined) tell(type, 'both', 'runtimeType');
    else if (path !== undefined && options !== undefined) tell(options, 'options', 'options');
    else if (type !== undefined && args !== undefined) tell(args, 'args', 'runtimeArgs');
  },
});

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

/** Go's zero values count as not set. */
function isSet(node: Node): boolean {
  const held = target(node);
  if (held.kind === 'list') return held.items.length > 0;
  return held.kind === 'map'
    ? held.entries.length > 0
    : held.kind === 'scalar' && held.value !== '' && held.value !== null;
}
