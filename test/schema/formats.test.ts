// The formats hold what the engines' own parsers take, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cidr, ip } from '../../server/src/core/addressForms.ts';
import * as docker from '../../server/src/core/docker/formats.ts';
import {
  absolutePath,
  duration,
  durationOrSeconds,
  type FormatProblem,
  formatProblem,
  goBool,
  octal,
  quantity,
  rfc3339Time,
  size,
  unsigned,
} from '../../server/src/core/formats.ts';
import {
  dnsLabel,
  dnsSubdomain,
  driverName,
  labelValue,
  nameForms,
  qualifiedName,
} from '../../server/src/core/kubernetes/nameForms.ts';
import { definitionAt } from '../../server/src/core/schema/load.ts';

const on =
  (check: (text: string, version: string) => FormatProblem | undefined, version: string) => (text: string) =>
    check(text, version);

// Tried on dockerd 28.5.2, the versions beside it read in its source.
const table: Record<string, [(text: string) => FormatProblem | undefined, string[], string[]]> = {
  'dns-address of 28': [
    on(docker.dnsAddress, '28.5'),
    ['', '10.0.0.53', '::1'],
    [' 10.0.0.53', 'fe80::1%eth0', 'dns'],
  ],
  'dns-address of 24': [on(docker.dnsAddress, '24.0'), [' 10.0.0.53 '], ['', 'fe80::1%eth0']],
  'dns-address of 29': [on(docker.dnsAddress, '29.0'), ['fe80::1%eth0', ''], [' ::1']],
  'dns-search': [
    docker.dnsSearch,
    ['.', 'lan', 'a.', ' a ', ':a', 'a.:b', '1a'],
    ['', '1.2', 'a_b', '-a', 'a..b', ':::a', 'a.::b', ' . \t'],
  ],
  fwmark: [
    docker.fwmark,
    ['0', '1', '0x10', '0x10/0xff', '0b11', '017', '4294967295'],
    ['', 'x', '-1', '1/2/3', '4294967296', '08'],
  ],
  'cidr-v6': [
    docker.cidrV6,
    ['fd00::/64', '2001:db8::1/64', 'fe80::/64', 'fe80:0:0:1::/64'],
    ['10.0.0.0/8', 'ff00::/8', 'fe80::/10', 'fe80::/65', '::/0', '::ffff:1.2.3.0/120', 'x'],
  ],
  'api-version': [docker.apiVersion, ['1.24', '1.44'], ['1.23', 'v1.44', '1', '2.0', '']],
  'generic-resource': [
    docker.genericResource,
    ['a=1', 'a=x', '=1', 'a= 1', 'a=-0', 'a='],
    ['', 'a', 'a=-1', 'a=b=c'],
  ],
  'userns-remap': [docker.remappedUser, ['default', 'u', 'u:g', '1000:1000'], ['a:b:c', ':', 'u:', ':g']],
  'netip-or-empty': [
    docker.netipOrEmpty,
    ['', '::1', 'fe80::1%eth0', '10.0.0.1'],
    [' ::1', 'x', '10.0.0.1 '],
  ],
  'bridge-address': [
    docker.bridgeAddress,
    ['10.9.0.1/24', '10.9.0.0/31'],
    ['10.9.0.0/24', '10.9.0.255/24', 'fd00::1/64', '10.9.0.1'],
  ],
  'metrics-address': [
    docker.metricsAddress,
    ['127.0.0.1:9323', '[::1]:9323', 'localhost:1'],
    [':9323', '127.0.0.1', '127.0.0.1:99999', 'tcp://127.0.0.1:9323'],
  ],
  'non-empty': [docker.nonEmpty, ['x'], ['']],
  quantity: [
    quantity,
    [
      '10Gi',
      '1',
      '0',
      '+1',
      '-5',
      '1.5Gi',
      '.5',
      '1.',
      '1.G',
      '10m',
      '1e3',
      '1E3',
      '1e-3',
      '2E',
      '1Ei',
      ' 1Gi ',
      '007',
    ],
    [
      '',
      ' ',
      '10GB',
      '10Gib',
      '10 Gi',
      '1K',
      '1kb',
      'abc',
      '1e',
      '1ee3',
      '1.2.3',
      '1Gi5',
      '--1',
      '1,5Gi',
      '10gi',
      '0x10',
      '1Ki+',
    ],
  ],
  'go-bool': [
    goBool,
    ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'],
    ['', 'yes', 'no', 'on', 'tRUE', ' true'],
  ],
  octal: [octal, ['0755', '700', '0'], ['', '0o755', '0x1f', '888', 'rwx', '07 55']],
  size: [
    size,
    ['10G', '10g', '10GB', '10GiB', '10 gb', '1.5k', '0', '5b', '1e3m', '2p', '10.', '.5G'],
    ['', 'G', '10  G', '10GBs', '-1G', '10x', '10ib', '10Bb', '1.2.3', '10 G ', '1,5G', '10kg'],
  ],
  duration: [
    duration,
    ['48h', '1h30m', '0', '1.5s', '.5s', '10µs', '-1h'],
    ['', '48', '1d', 'h', '1h 30m', '1 h'],
  ],
  'duration-or-seconds': [durationOrSeconds, ['48', '48h', '-5', '+7'], ['48d', '1.5', ' 48h']],
  ip: [
    ip,
    ['127.0.0.1', '0.0.0.0', '::', '::1', 'fe80::1%eth0', '2001:db8::192.0.2.1', '1:2:3:4:5:6:7:8', '1::8'],
    [
      '',
      '127.0.0',
      '256.0.0.1',
      '127.0.0.01',
      '1.2.3.4%x',
      ':',
      ':::',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '12345::',
      'localhost',
      '1:2:3:4:5:6:7::8:9',
    ],
  ],
  cidr: [
    cidr,
    ['10.0.0.0/8', '0.0.0.0/0', '192.168.1.5/24', 'fd00::/8', '::/0', '10.0.0.1/32'],
    [
      '',
      '10.0.0.0',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/-1',
      'fd00::/129',
      '10.0.0.0/8/8',
      '/8',
      '10.0.0/8',
    ],
  ],
  'absolute-path': [
    absolutePath,
    ['/', '/a b', 'C:\\data', 'c:/data', '\\\\server\\share'],
    ['', 'a', './a', '~/a', '$HOME/a'],
  ],
  'dns-label': [dnsLabel, ['a', 'a-b', '0', 'x'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'x'.repeat(64)]],
  'dns-subdomain': [
    dnsSubdomain,
    ['a', 'a.b-c.d', 'x'.repeat(253)],
    ['', 'A', 'a..b', '.a', 'a.', 'a_b', 'x'.repeat(254)],
  ],
  'qualified-name': [
    qualifiedName,
    ['a', 'A_b.c', 'example.com/a', `${'a'.repeat(253)}/a`, 'x'.repeat(63)],
    ['', '/', '/a', 'a/', 'a/b/c', 'A.com/a', 'a b', '-a', 'a-', 'x'.repeat(64)],
  ],
  'label-value': [
    labelValue,
    ['', 'a', 'A_b.c-1', 'x'.repeat(63)],
    ['a b', '-a', 'a-', 'a/b', 'x'.repeat(64)],
  ],
  'csi-driver-name': [driverName, ['a', 'A.b', 'x'.repeat(63)], ['', 'a_b', 'a/b', 'x'.repeat(64)]],
  'dns-subdomain-prefix': [
    nameForms['dns-subdomain-prefix'],
    ['', 'a', 'a-', 'a.b-'],
    ['-', 'A-', 'a-.', '-a'],
  ],
  'rfc3339-time': [
    rfc3339Time,
    ['2026-01-31T12:00:00Z', '2024-02-29T00:00:00.5+02:00'],
    ['', '2026-01-31', '2026-02-29T00:00:00Z', '2026-01-31 12:00:00Z', '2026-01-31T24:00:00Z'],
  ],
  finalizer: [nameForms.finalizer, ['a.b/c', 'orphan'], ['', 'a', 'a b/c']],
  'host-port': [
    docker.hostPort,
    ['127.0.0.1:9323', ':9323', '[::1]:9323', 'a:http'],
    ['', '9323', '::1', '::1:9323', 'a'],
  ],
  unsigned: [unsigned, ['0', '500000'], ['', '-1', '+1', '1k', '1.5']],
};

for (const [name, [check, good, bad]] of Object.entries(table)) {
  test(name, () => {
    for (const text of good) assert.equal(check(text), undefined, JSON.stringify(text));
    for (const text of bad) assert.notEqual(check(text), undefined, JSON.stringify(text));
  });
}

test('every number with every suffix is a quantity, and a letter behind it never is', () => {
  const suffixes = [
    '',
    'n',
    'u',
    'm',
    'k',
    'M',
    'G',
    'T',
    'P',
    'E',
    'Ki',
    'Mi',
    'Gi',
    'Ti',
    'Pi',
    'Ei',
    'e5',
    'E-2',
  ];
  const number = fc.tuple(fc.constantFrom('', '-', '+'), fc.nat(), fc.option(fc.nat(), { nil: undefined }));
  fc.assert(
    fc.property(number, fc.constantFrom(...suffixes), ([sign, whole, part], suffix) => {
      const text = `${sign}${whole}${part === undefined ? '' : `.${part}`}`;
      assert.equal(quantity(text + suffix), undefined);
      assert.equal(quantity(`${text}${suffix}B`), 'not-a-quantity');
    }),
  );
});

test('addresses made of numbers are addresses, and their ranges CIDR', () => {
  const v4 = fc.ipV4();
  const v6 = fc.ipV6();
  fc.assert(
    fc.property(v4, fc.integer({ min: 0, max: 32 }), (text, bits) => cidr(`${text}/${bits}`) === undefined),
  );
  fc.assert(
    fc.property(v6, fc.integer({ min: 0, max: 128 }), (text, bits) => cidr(`${text}/${bits}`) === undefined),
  );
  fc.assert(fc.property(fc.oneof(v4, v6), (text) => ip(text) === undefined && ip(`${text}:x`) !== undefined));
});

test('no text makes a check throw or take long', () => {
  const checks = Object.values(table).map(([check]) => check);
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => checks.every((check) => check(text) !== null)),
  );
});

test('a listed value is right whatever the format says', () => {
  const mask = definitionAt('storage#/storage/options/overlay/force_mask');
  assert.equal(formatProblem(mask, 'shared'), undefined);
  assert.equal(formatProblem(mask, '0755'), undefined);
  assert.equal(formatProblem(mask, 'everyone'), 'not-octal');
  assert.equal(formatProblem(undefined, 'anything'), undefined);
});

test('an empty string is unset in configuration files, not in Kubernetes', () => {
  assert.equal(formatProblem(definitionAt('storage#/storage/options/skip_mount_home'), ''), undefined);
  assert.equal(formatProblem(definitionAt('daemon#/bip'), ''), undefined);
  assert.equal(formatProblem(definitionAt('daemon#/default-shm-size'), ''), 'not-a-size');
  assert.equal(formatProblem(definitionAt('daemon#/dns/[]'), ''), 'not-an-ip');
  assert.equal(
    formatProblem(definitionAt('k8s#PersistentVolume/spec/capacity/storage'), ''),
    'not-a-quantity',
  );
});
