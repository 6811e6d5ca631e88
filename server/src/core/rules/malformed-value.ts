// A text that is no address, size, name or pair, where the engine reads one.
import { type FormatProblem, formatProblem } from '../formats.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { atLeast } from '../schema/versions.ts';
import { isRead, namedDriver } from '../storage/drivers.ts';
import { get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'malformed-value',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'The text does not have the form that the engine reads here: an address, a size, a name, a pair.',
    why: 'The type is right, so that nothing looks wrong, and the engine stops all the same: dockerd refuses the file or does not come up, containers/storage does not open its store, the API server turns the object away.',
    instead: 'Write it in the form that the message names.',
    source: [
      'daemon/config/config.go Validate, daemon/daemon_unix.go (29.7); run on 28.5.2',
      'storage/drivers/overlay/overlay.go parseOptions (containers/storage 1.64)',
      'pkg/apis/core/validation/validation.go, apimachinery pkg/util/validation (1.35)',
    ],
  },
  messages: {
    'not-octal': '`{value}` is no octal number, and the driver does not start with it. Write one as "0755".',
    'not-a-size':
      '`{value}` is no size, and the engine does not start with it. Write a number and one unit, as 10G.',
    'not-a-duration':
      '`{value}` is no duration, and the engine refuses it. Write seconds, or numbers with units, as 48h.',
    'not-an-ip':
      '`{value}` is no IP address, and the engine refuses it. Write one address, without port, name or prefix length.',
    'not-a-cidr':
      '`{value}` is no network, and the engine does not start with it. Write address and prefix length, as 10.1.0.1/16.',
    'not-absolute':
      '`{value}` does not start at the root, and the engine refuses it. Write the whole path, from /.',
    'not-a-dns-label':
      '`{value}` is no name of a namespace, and the API server refuses it. Use at most 63 of a-z, 0-9 and -, with a letter or digit at both ends.',
    'not-a-dns-subdomain':
      '`{value}` is no name that the API server takes. Use a-z, 0-9, - and ., with a letter or digit at both ends of each part.',
    'not-host-port':
      '`{value}` is no address with a port, and the daemon does not start with it. Write host:port, as 127.0.0.1:9323.',
    'not-key-value':
      '`{value}` has no `=`, and the engine does not start with it. Write a name, `=` and a value.',
    'not-an-unsigned-integer':
      '`{value}` is no number, and the driver does not start with it. Write digits only.',
  } satisfies Readonly<Record<Exclude<FormatProblem, 'not-a-quantity' | 'not-a-go-bool'>, string>>,
  at: ['*'],
  check({ bound, binding, root, versions, report }) {
    const value = text(bound.node)?.trim();
    if (value === undefined || !isRead(bound, root, versions.containersStorage)) return;
    if (elsewhere.test(bound.pointer) || isUnread(bound, root, versions.docker)) return;
    // A variable is filled in before the engine sees it; `~` has a rule of its own; an empty address is none (RUN 28.5.2).
    if (/^~|\$|\{\{/.test(value) || (value === '' && bound.definition?.format === 'ip')) return;
    const problem = formatProblem(bound.definition, value);
    if (problem === undefined || problem === 'not-a-quantity' || problem === 'not-a-go-bool') return;
    const late = binding.family === 'storage' || atStart.test(bound.pointer);
    report(bound.node, problem, { args: { value }, ...(late && { effect: 'fails-later' }) });
  },
});

/** Places where a rule of their own speaks, where the engine looks away, or where its versions differ too much. */
const elsewhere =
  /^daemon#\/(storage-opts|builder\/gc)\/|^k8s#(PersistentVolume|StorageClass)\/metadata\/namespace$|\/apiGroup$|\/zfs\/size$/;

/** What `dockerd --validate` passes over and the start does not. (RUN 28.5.2) */
const atStart = /^daemon#\/(bip6?|fixed-cidr|metrics-addr)$/;

/**
 * The default bridge is not set up where there is none, and the proxy's path matters only to a proxy that runs; what has no
 * use is looked at from 25.0 on. Options above the drivers' tables are overlay's or another rule's.
 */
function isUnread({ pointer }: Bound, root: Bound, docker: string): boolean {
  if (/^daemon#\/(userland-proxy-path|fixed-cidr-v6)$/.test(pointer) && !atLeast(docker, '25.0')) return true;
  const proxy = get(root.node, 'userland-proxy');
  if (pointer === 'daemon#/userland-proxy-path') return proxy?.kind === 'scalar' && proxy.value === false;
  if (/^daemon#\/(bip6?|fixed-cidr(-v6)?)$/.test(pointer)) return text(get(root.node, 'bridge')) === 'none';
  const above = /^storage#\/storage\/options\/(size|additional\w+\/\[\])$/.test(pointer);
  return above && namedDriver(root) !== 'overlay';
}
