// A text that is no address, size, name or pair, where the engine reads one.
import { type FormatProblem, formatProblem, isSpokenElsewhere, type SpokenElsewhere } from '../formats.ts';
import { defineRule } from '../rule.ts';
import { isDecoded } from '../schema/fate.ts';
import { versionOf } from '../schema/versions.ts';
import { isDecodedText, isFilledIn, isJudged, isLate, mayBeSpared, textOf } from '../written.ts';

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
    says: [
      'is not a valid IP address, invalid IP address',
      'is not a valid domain',
      'invalid size',
      'invalid duration',
      'parse bip failed: invalid CIDR address',
      'invalid fixed-cidr-v6, clashes with the Link-Local prefix',
      'could not parse GenericResource',
      'invalid userland-proxy-path: must be an absolute path',
      'could not get builder GC policy',
      'missing port in address',
      'overlay: image path is not absolute. Can not be relative',
      'overlay: additionallayerstore config contains unknown option',
    ],
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
    'not-a-time':
      '`{value}` is not a time as the API server reads it, so it refuses the object. Write one such as 2026-01-31T12:00:00Z.',
    'has-backsteps':
      '`{value}` has a part `..`, which could lead out of the volume: the API server refuses it. Write the path without it.',
    'not-relative':
      '`{value}` starts at the root, so the API server refuses it. Write a path inside the volume, without / at its beginning.',
    'begins-with-dots':
      '`{value}` starts with two points, a name that the kubelet keeps for itself, so the API server refuses it. Choose another name.',
    'not-host-port':
      '`{value}` is not a valid address with a port, so the daemon fails to start. Write host:port, such as 127.0.0.1:9323.',
    'not-key-value': '`{value}` has no `=`, so the engine fails to start. Write it as name=value.',
    'not-an-unsigned-integer':
      '`{value}` is not a valid number, so the driver fails to start. Use digits only.',
    'not-a-domain':
      '`{value}` is not a valid search domain: {verdict}. Use letters, digits, hyphens and points, at least one letter.',
    'not-a-mark':
      '`{value}` is not a firewall mark: {verdict}. Write a number or number/mask, such as 0x10/0xff.',
    'not-a-cidr-v6':
      '`{value}` is not an IPv6 network for containers: {verdict}. Write one such as fd00:1::/64.',
    'link-local':
      '`{value}` overlaps the link-local network fe80::/64: {verdict}. Write a network such as fd00:1::/64.',
    'not-an-api-version': '`{value}` is not an API version: {verdict}. Write 1.24 or later, without a v.',
    'not-a-user':
      '`{value}` is not a user with perhaps a group: {verdict}. Write default, user or user:group.',
    'not-a-host':
      '`{value}` is the first or the last address of its network, which no bridge can have: {verdict}. Write one between, such as 10.1.0.1/16.',
    'not-a-layer-store':
      '`{value}` is not a layer store, so the driver fails to start. Write an absolute path, with at most one `:ref` behind it.',
    'empty-name': 'A plugin without a name cannot be found: {verdict}. Remove the empty text.',
    'not-an-id-map':
      '`{value}` is not a mapping of ids, so the engine refuses the whole file. Write container id, host id and size, such as 0:100000:65536.',
    'not-a-resource': '`{value}` is not a resource: {verdict}. Write NAME=value or NAME=count.',
  } satisfies Readonly<Record<Exclude<FormatProblem, SpokenElsewhere>, string>>,
  at: ['*'],
  covers: [28, 32, 40, 44, 60, 89, 90, 92, 97, 106, 107, 118, 120, 140],
  every: true,
  check({ bound, binding, root, versions, overridden, report }) {
    const value = textOf(bound);
    if (value === undefined || !isJudged(bound, root, versions)) return;
    if (overridden && !isDecodedText(bound, versions.docker)) return;
    if (binding.family !== 'k8s' && !isDecoded(bound, binding.family, versions)) return;
    if (isFilledIn(bound, value, binding.family)) return;
    const problem = formatProblem(bound.definition, value, versions[versionOf[binding.family]]);
    if (problem === undefined || isSpokenElsewhere(problem)) return;
    report(bound.node, problem, {
      args: { value },
      ...(isLate(bound, versions.docker) && { effect: 'fails-later' }),
      // Another driver than the one that reads it may run.
      ...(mayBeSpared(bound, root, versions.containersStorage) && { level: 'warning' }),
    });
  },
});
