// Which settings of daemon.json cannot stand together, as data. Source: the lines of moby 29.7 that each names; run on 28.5.2.
import type { Binding, Bound } from '../schema/bind.ts';
import { target } from '../syntax/tree.ts';
import { entryInside } from './topLevel.ts';

/** A setting that takes part: its place, and for which values. */
interface Setting {
  /** The bound places, none where it is not written or holds another value. */
  where(binding: Binding): readonly Bound[];
}

export interface Conflict {
  readonly path: Setting;
  /** Undefined where the value alone cannot be. */
  readonly other?: Setting;
  /** They conflict only beside this. */
  readonly with?: Setting;
  /** First version in which they conflict. */
  readonly since: string;
  /** First version that refuses the file; before, and where absent, the daemon fails to start. */
  readonly refused?: string;
  readonly message: 'both' | 'both-values' | 'same';
}

/** Written and not empty. */
function written(key: string): Setting {
  return { where: (binding) => places(binding, key).filter(({ node }) => hasText(node)) };
}

/** Written at all, empty or not. */
function present(key: string): Setting {
  return {
    where: (binding) => {
      const here = places(binding, key);
      const root = binding.roots[0];
      const inner = here.length > 0 || root === undefined ? undefined : entryInside(root.node, key);
      return inner === undefined ? here : binding.all.filter(({ entry }) => entry === inner);
    },
  };
}

/** Null turns a boolean off, as false does. (RUN 20.10.24 and 28.5.2) */
function is(key: string, value: string | boolean): Setting {
  return {
    where: (binding) =>
      places(binding, key).filter(({ node }) => {
        const held = target(node);
        const meant =
          held.kind === 'scalar' && held.type === 'null' ? false : held.kind === 'scalar' && held.value;
        return held.kind === 'scalar' && meant === value;
      }),
  };
}

/** Of two equal keys dockerd takes the last. */
function places(binding: Binding, key: string): readonly Bound[] {
  return binding.at(`daemon#/${key}`).slice(-1);
}

function hasText(node: Bound['node']): boolean {
  const held = target(node);
  if (held.kind === 'list') return held.items.length > 0;
  return held.kind === 'scalar' && typeof held.value === 'string' && held.value !== '';
}

export const conflicts: readonly Conflict[] = [
  // daemon/daemon_unix.go:732-737
  { path: written('bip'), other: written('bridge'), since: '1.10', message: 'both' },
  { path: written('bip6'), other: written('bridge'), since: '28.0', message: 'both' },
  // daemon/daemon_unix.go:738-743
  { path: is('icc', false), other: is('iptables', false), since: '1.10', message: 'both-values' },
  {
    path: is('icc', false),
    other: is('ip6tables', false),
    with: is('ipv6', true),
    since: '27.0',
    message: 'both-values',
  },
  // daemon/config/config.go:687
  {
    path: present('host-gateway-ip'),
    other: present('host-gateway-ips'),
    since: '28.0',
    refused: '28.0',
    message: 'both',
  },
  // daemon/config/config.go (20.10): the old name of the data root, gone in 23.0
  { path: present('graph'), other: present('data-root'), since: '17.05', refused: '17.05', message: 'both' },
  // daemon/config/config.go:738
  {
    path: is('cri-containerd', true),
    other: is('features/embedded-containerd', true),
    since: '29.7',
    refused: '29.7',
    message: 'both-values',
  },
  // daemon/command/daemon_linux.go:28
  {
    path: written('userns-remap'),
    other: is('features/containerd-snapshotter', true),
    since: '29.0',
    refused: '29.0',
    message: 'both-values',
  },
  // daemon/daemon_unix.go:728
  { path: is('containerd-namespace', 'plugins.moby'), since: '19.03.3', message: 'same' },
];
