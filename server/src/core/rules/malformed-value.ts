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
    what: 'The text does not have the form that the engine expects here: an address, a size, a name, a key=value pair.',
    why: 'The type is right, so nothing looks wrong, but the engine still stops: dockerd refuses the file or fails to start, containers/storage fails to open its store, the API server refuses the object.',
    instead: 'Use the form that the message shows.',
    source: [
      'daemon/config/config.go Validate, daemon/daemon_unix.go (29.7); run on 28.5.2',
      'storage/drivers/overlay/overlay.go parseOptions (containers/storage 1.64)',
      'pkg/apis/core/validation/validation.go, apimachinery pkg/util/validation (1.35)',
    ],
  },
  messages: {
    'not-octal': '`{value}` is not a valid octal number, so the driver fails to start. Write it like "0755".',
    'not-a-size':
      '`{value}` is not a valid size, so the engine fails to start. Write a number and one unit, such as 10G.',
    'not-a-duration':
      '`{value}` is not a valid duration, so the engine refuses it. Write seconds, or numbers with units, such as 48h.',
    'not-an-ip':
      '`{value}` is not a valid IP address, so the engine refuses it. Write one address, without port, host name or prefix length.',
    'not-a-cidr':
      '`{value}` is not a valid network in CIDR form, so the engine fails to start. Write an address and a prefix length, such as 10.1.0.1/16.',
    'not-absolute':
      '`{value}` is not an absolute path, so the engine refuses it. Write the full path, starting with /.',
    'not-a-dns-label':
      '`{value}` is not a valid namespace name, so the API server refuses it. Use at most 63 of a-z, 0-9 and -, with a letter or digit at both ends.',
    'not-a-dns-subdomain':
      '`{value}` is not a valid object name, so the API server refuses it. Use a-z, 0-9, - and ., with a letter or digit at both ends of each part.',
    'not-host-port':
      '`{value}` is not a valid address with a port, so the daemon fails to start. Write host:port, such as 127.0.0.1:9323.',
    'not-key-value': '`{value}` has no `=`, so the engine fails to start. Write it as name=value.',
    'not-an-unsigned-integer':
      '`{value}` is not a valid number, so the driver fails to start. Use digits only.',
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
  /^daemon#\/(storage-opts|log-opts[^/]*|builder\/gc)\/|^k8s#(PersistentVolume|StorageClass)\/metadata\/namespace$|\/apiGroup$|\/zfs\/size$/;

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
