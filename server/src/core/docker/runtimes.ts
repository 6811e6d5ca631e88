// Which OCI runtimes a daemon.json gives dockerd. Source: daemon/runtime_unix.go:99-171,253 (29.7); RUN 20.10.24 and 28.5.2.
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { entriesOf, get, type Node, target, text } from '../syntax/tree.ts';

/** Taken from the start; the old shim's name is only known while it is there. */
export function stockRuntimes(docker: string): readonly string[] {
  const stock = ['runc', 'io.containerd.runc.v2'];
  return atLeast(docker, '23.0') ? stock : [...stock, 'io.containerd.runtime.v1.linux'];
}

/** The names under `runtimes`. */
export function configuredRuntimes(root: Node): readonly string[] {
  const map = get(root, 'runtimes');
  return map?.kind === 'map' ? entriesOf(map).map(({ key }) => String(key.value)) : [];
}

/** Whether a name can be that of a containerd shim: from 23.0 on such names need not be configured. */
export function isShimName(name: string): boolean {
  return /^[^./][^/]*\./.test(name) && !name.includes('/');
}

/** The member that a name means, whatever its case, if it holds anything: dockerd looks at nothing else. */
export function filledMember({ children, pointer }: Bound, name: string): Bound | undefined {
  return children.findLast((one) => one.pointer === `${pointer}/${name}` && isFilled(one.node));
}

function isFilled(node: Node): boolean {
  const value = target(node);
  if (value.kind === 'map') return value.entries.length > 0;
  if (value.kind === 'list') return value.items.length > 0;
  return text(value) !== undefined && text(value) !== '';
}
