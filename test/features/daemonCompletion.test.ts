// What completion writes into a daemon.json: objects on lines of their own, missing commas, pairs, whole beginnings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { complete } from '../../server/src/core/features/completion.ts';
import { withoutStops } from '../../server/src/core/features/snippets.ts';
import type { Settings } from '../../server/src/core/finding.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { members, schemas } from '../../server/src/core/schema/load.ts';
import { accepted, cursor, labels, offers } from './support.ts';

const writes: readonly [name: string, marked: string, label: string, after: string][] = [
  [
    'an object on lines of its own',
    '{\n  $0\n}',
    'proxies',
    '{\n  "proxies": {\n    "http-proxy": "http://proxy.example.com:3128",\n    "https-proxy": "http://proxy.example.com:3128",\n    "no-proxy": "localhost,127.0.0.1,.example.com"\n  }\n}',
  ],
  [
    'an object with the steps of the file',
    '{\n    "debug": true,\n    "$0"\n}',
    'runtimes',
    '{\n    "debug": true,\n    "runtimes": {\n        "runsc": {\n            "path": "/usr/local/bin/runsc"\n        }\n    }\n}',
  ],
  [
    'an object with tabs, before another key',
    '{\n\t"builder": {\n\t\t$0\n\t\t"history": {}\n\t}\n}',
    'gc',
    '{\n\t"builder": {\n\t\t"gc": {\n\t\t\t"enabled": true,\n\t\t\t"defaultReservedSpace": "10GB"\n\t\t},\n\t\t"history": {}\n\t}\n}',
  ],
  [
    'an object into one line',
    '{ $0 }',
    'default-ulimits',
    '{ "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 65536, "Hard": 65536 } } }',
  ],
  [
    'a limit by its name',
    '{ "default-ulimits": { $0 } }',
    'nproc',
    '{ "default-ulimits": { "nproc": { "Name": "nproc", "Soft": 4096, "Hard": 4096 } } }',
  ],
  [
    'a whole value behind a colon',
    '{\n  "default-address-pools": $0\n}',
    '[…]',
    '{\n  "default-address-pools": [\n    { "base": "10.201.0.0/16", "size": 24 }\n  ]\n}',
  ],
  [
    'an item of a list of objects',
    '{ "default-address-pools": [$0] }',
    '{…}',
    '{ "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }] }',
  ],
  [
    'a runtime from the examples',
    '{\n  "runtimes": {\n    $0\n  }\n}',
    'kata',
    '{\n  "runtimes": {\n    "kata": {\n      "runtimeType": "io.containerd.kata.v2"\n    }\n  }\n}',
  ],
  [
    'a key behind a missing comma',
    '{\n  "debug": true\n  $0\n}',
    'mtu',
    '{\n  "debug": true,\n  "mtu": 1500\n}',
  ],
  [
    'a half-typed key behind a missing comma',
    '{\n  "debug": true\n  "mt$0"\n}',
    'mtu',
    '{\n  "debug": true,\n  "mtu": 1500\n}',
  ],
  [
    'a key between two, both commas missing',
    '{\n  "log-opts": {}\n  $0\n  "debug": true\n}',
    'mtu',
    '{\n  "log-opts": {},\n  "mtu": 1500,\n  "debug": true\n}',
  ],
  ['a key without quotes', '{ "debug": true, mt$0 }', 'mtu', '{ "debug": true, "mtu": 1500 }'],
  ['a comma between items', '{ "dns": ["192.0.2.1" $0] }', '1.1.1.1', '{ "dns": ["192.0.2.1", "1.1.1.1"] }'],
  [
    'a whole pair into brackets',
    '{ "exec-opts": [$0] }',
    'native.cgroupdriver',
    '{ "exec-opts": ["native.cgroupdriver=systemd"] }',
  ],
  [
    'the name of a pair with its value',
    '{ "exec-opts": ["$0"] }',
    'native.cgroupdriver',
    '{ "exec-opts": ["native.cgroupdriver=systemd"] }',
  ],
  [
    'only the name before an equals sign',
    '{ "exec-opts": ["nat$0=cgroupfs"] }',
    'native.cgroupdriver',
    '{ "exec-opts": ["native.cgroupdriver=cgroupfs"] }',
  ],
  [
    'the value behind an equals sign',
    '{ "exec-opts": ["native.cgroupdriver=$0"] }',
    'cgroupfs',
    '{ "exec-opts": ["native.cgroupdriver=cgroupfs"] }',
  ],
  [
    'another value behind an equals sign',
    '{ "exec-opts": ["native.cgroupdriver=sys$0temd"] }',
    'cgroupfs',
    '{ "exec-opts": ["native.cgroupdriver=cgroupfs"] }',
  ],
  [
    'a pair whose quote is still open',
    '{ "exec-opts": ["native.cgroupdriver=$0',
    'systemd',
    '{ "exec-opts": ["native.cgroupdriver=systemd',
  ],
  [
    'a filter of the build cache',
    '{ "builder": { "gc": { "policy": [{ "filter": ["until=48h", "ty$0"] }] } } }',
    'type',
    '{ "builder": { "gc": { "policy": [{ "filter": ["until=48h", "type=regular"] }] } } }',
  ],
  [
    'a log driver with its options',
    '{\n  "debug": true,\n  "log$0"\n}',
    'log-driver (json-file with rotation)',
    '{\n  "debug": true,\n  "log-driver": "json-file",\n  "log-opts": {\n    "max-size": "10m",\n    "max-file": "3"\n  }\n}',
  ],
  [
    'another log driver into one line',
    '{ $0 "debug": true }',
    'log-driver (local)',
    '{ "log-driver": "local", "log-opts": { "max-size": "20m", "max-file": "5" }, "debug": true }',
  ],
  [
    'an empty file',
    '$0',
    '{ … } log rotation',
    '{\n  "log-driver": "json-file",\n  "log-opts": {\n    "max-size": "10m",\n    "max-file": "3"\n  }\n}\n',
  ],
];

for (const [name, marked, label, after] of writes) {
  test(`writes ${name}`, () => assert.equal(accepted('daemon.json', marked, label), after));
}

const findings = (text: string, settings: Settings) => {
  const kind = familyOf('daemon.json');
  assert.ok(kind);
  return analyze(text, kind, {}, settings).findings;
};

test('every beginning of a file is a file without findings, in every version and on both systems', () => {
  for (const docker of ['20.10', '24.0', '28.5', '29.7']) {
    for (const platform of ['linux', 'windows'] as const) {
      const settings: Settings = { versions: { docker, platform } };
      const found = labels(offers('daemon.json', '$0', settings));
      assert.deepEqual(found, ['{ … } log rotation', '{ … } sensible defaults', '{ }']);
      for (const label of found.slice(0, 2)) {
        const text = accepted('daemon.json', '\n$0', label, settings);
        assert.deepEqual(findings(text, settings), [], `${docker} ${platform} ${text}`);
      }
    }
  }
  const old = { versions: { docker: '24.0' } };
  assert.match(accepted('daemon.json', '$0', '{ … } sensible defaults', old), /"defaultKeepStorage": "10GB"/);
  const windows: Settings = { versions: { platform: 'windows' } };
  assert.doesNotMatch(accepted('daemon.json', '$0', '{ … } sensible defaults', windows), /live-restore/);
});

test('every key that is offered is written as the version takes it', () => {
  for (const docker of ['20.10', '24.0', '28.5', '29.7']) {
    for (const platform of ['linux', 'windows'] as const) {
      const settings: Settings = { versions: { docker, platform } };
      const { text, offset, analysis } = cursor('daemon.json', '{\n  $0\n}', settings);
      for (const { label, replace, insert, deprecated } of complete(text, analysis, offset)) {
        const after = text.slice(0, replace.start) + withoutStops(insert) + text.slice(replace.end);
        assert.doesNotThrow(() => JSON.parse(after), after);
        const refused = findings(after, settings).filter(
          ({ code }) =>
            ['unknown-key', 'wrong-type', 'key-ignored'].includes(code) ||
            (code === 'key-removed' && !deprecated),
        );
        assert.deepEqual(refused, [], `${docker} ${platform} ${label}`);
      }
    }
  }
});

test('keys of another system are not offered, nor are pairs', () => {
  const windows: Settings = { versions: { platform: 'windows' } };
  assert.ok(!labels(offers('daemon.json', '{ $0 }', windows)).includes('live-restore'));
  assert.ok(labels(offers('daemon.json', '{ $0 }', windows)).includes('hosts'));
  assert.deepEqual(labels(offers('daemon.json', '{ "exec-opts": [$0] }', windows)), ['isolation']);
  assert.deepEqual(labels(offers('daemon.json', '{ "exec-opts": ["$0"] }')), ['native.cgroupdriver']);
});

test('what a list has already is not offered again', () => {
  const dns = labels(offers('daemon.json', '{ "dns": ["1.1.1.1", $0] }'));
  assert.ok(!dns.includes('1.1.1.1') && dns.includes('8.8.8.8'));
  assert.deepEqual(
    labels(offers('daemon.json', '{ "exec-opts": ["native.cgroupdriver=systemd", "$0"] }')),
    [],
  );
  assert.deepEqual(labels(offers('daemon.json', '{ "exec-opts": ["native.cgroupdriver=systemd", $0] }')), []);
  const names = labels(offers('daemon.json', '{ "default-ulimits": { "nofile": {}, $0 } }'));
  assert.ok(!names.includes('nofile') && names.includes('core'));
});

test('a log driver with its options is offered only where neither is written', () => {
  const starters = (marked: string) =>
    labels(offers('daemon.json', marked)).filter((label) => label.startsWith('log-driver ('));
  assert.equal(starters('{ $0 }').length, 2);
  assert.deepEqual(starters('{ "log-opts": {}, $0 }'), []);
  assert.deepEqual(starters('{ "log-driver": "local", $0 }'), []);
  assert.deepEqual(starters('{ "log$0": "local" }'), []);
  assert.deepEqual(starters('{ "features": { $0 } }'), []);
});

test('beginnings speak Chinese', () => {
  const { text, offset, analysis } = cursor('daemon.json', '$0');
  const found = complete(text, analysis, offset, localeFor('zh-CN'));
  assert.match(found[0]?.label ?? '', /日志轮转/);
  assert.match(found[1]?.documentation ?? '', /[\u4e00-\u9fff][\s\S]*```json/);
});

test('every object and list of daemon.json has something to begin with', () => {
  const bare = members(schemas.daemon.roots[''])
    .filter(([, one]) => one['x-ignored'] === undefined && one['x-removed'] === undefined)
    .filter(([, one]) => one.type === 'object' || one.type === 'array')
    .filter(
      ([, one]) =>
        one['x-snippet'] === undefined && one.items?.['x-pair'] !== true && one.items?.examples === undefined,
    );
  assert.deepEqual(
    bare.map(([name]) => name),
    [],
  );
});
