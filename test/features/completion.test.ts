// What is offered at the cursor in the three formats, half-typed texts above all, and what accepting an offer writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../../server/src/core/analyze.ts';
import { complete } from '../../server/src/core/features/completion.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { recognise } from '../../server/src/core/recognise.ts';
import { repositoryFiles } from '../support/corpus.ts';
import { accepted, cursor, labels, offers } from './support.ts';

const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\n';

const writes: readonly [name: string, as: string, marked: string, label: string, after: string][] = [
  ['a key in braces', 'daemon.json', '{ $0 }', 'live-restore', '{ "live-restore": true }'],
  ['a key in quotes', 'daemon.json', '{ "live$0" }', 'live-restore', '{ "live-restore": true }'],
  ['a key before another', 'daemon.json', '{ $0 "debug": true }', 'mtu', '{ "mtu": 1500, "debug": true }'],
  [
    'only the name where a value stands',
    'daemon.json',
    '{ "sto$0": "vfs" }',
    'storage-driver',
    '{ "storage-driver": "vfs" }',
  ],
  [
    'a value behind a colon',
    'daemon.json',
    '{ "storage-driver": $0 }',
    'btrfs',
    '{ "storage-driver": "btrfs" }',
  ],
  [
    'a value in quotes',
    'daemon.json',
    '{ "storage-driver": "ov$0" }',
    'overlay2',
    '{ "storage-driver": "overlay2" }',
  ],
  ['a boolean', 'daemon.json', '{ "debug": $0 }', 'true', '{ "debug": true }'],
  [
    'a key of an inner object',
    'daemon.json',
    '{ "features": { $0 } }',
    'cdi',
    '{ "features": { "cdi": true } }',
  ],
  [
    'an item of a list',
    'daemon.json',
    '{ "storage-opts": [$0] }',
    'overlay2.size',
    '{ "storage-opts": ["overlay2.size=20G"] }',
  ],
  ['a key of a table', 'storage.conf', '[storage]\ndri$0', 'driver', '[storage]\ndriver = "overlay"'],
  [
    'a table behind its bracket',
    'storage.conf',
    '[storage.o$0',
    'storage.options.overlay',
    '[storage.options.overlay]',
  ],
  ['a table before its bracket', 'storage.conf', '[$0]', 'storage', '[storage]'],
  [
    'a value behind an equals sign',
    'storage.conf',
    '[storage]\ndriver = $0',
    'vfs',
    '[storage]\ndriver = "vfs"',
  ],
  [
    'a value before a comment',
    'storage.conf',
    '[storage]\ndriver = "o$0" # why',
    'vfs',
    '[storage]\ndriver = "vfs" # why',
  ],
  [
    'a key of an inline table',
    'storage.conf',
    '[storage.options]\npull_options = { $0 }',
    'use_hard_links',
    '[storage.options]\npull_options = { use_hard_links = "true" }',
  ],
  ['an empty manifest', 'k8s.yaml', 'kind: $0', 'StorageClass', 'kind: StorageClass'],
  [
    'a field that holds a list',
    'k8s.yaml',
    `${claim}spec:\n  acc$0`,
    'accessModes',
    `${claim}spec:\n  accessModes:\n    - ReadWriteOnce`,
  ],
  [
    'a field that holds fields',
    'k8s.yaml',
    `${claim}spec:\n  $0`,
    'resources',
    `${claim}spec:\n  resources:\n    requests:\n      storage: 10Gi`,
  ],
  [
    'an item behind a dash',
    'k8s.yaml',
    `${claim}spec:\n  accessModes:\n    - $0`,
    'ReadWriteMany',
    `${claim}spec:\n  accessModes:\n    - ReadWriteMany`,
  ],
  [
    'an item without its dash',
    'k8s.yaml',
    `${claim}spec:\n  accessModes:\n    $0`,
    'ReadWriteMany',
    `${claim}spec:\n  accessModes:\n    - ReadWriteMany`,
  ],
  [
    'an item in brackets',
    'k8s.yaml',
    `${claim}spec:\n  accessModes: [$0]\n`,
    'ReadOnlyMany',
    `${claim}spec:\n  accessModes: [ReadOnlyMany]\n`,
  ],
  [
    'a field in the second document',
    'k8s.yaml',
    `a: 1\n---\n${claim}sp$0`,
    'spec',
    `a: 1\n---\n${claim}spec:\n  `,
  ],
  [
    'a field of an item',
    'k8s.yaml',
    `${claim}spec:\n  selector:\n    matchExpressions:\n      - key: a\n        $0`,
    'operator',
    `${claim}spec:\n  selector:\n    matchExpressions:\n      - key: a\n        operator: In`,
  ],
  [
    'a list into the braces of a manifest in JSON',
    'k8s.json',
    '{"apiVersion":"v1","kind":"PersistentVolumeClaim","spec":{$0}}',
    'accessModes',
    '{"apiVersion":"v1","kind":"PersistentVolumeClaim","spec":{"accessModes": ["ReadWriteOnce"]}}',
  ],
  [
    'a list into the braces of a manifest in YAML',
    'k8s.yaml',
    `${claim}spec: {$0}\n`,
    'accessModes',
    `${claim}spec: {accessModes: [ReadWriteOnce]}\n`,
  ],
  [
    'a field between CRLF line ends',
    'k8s.yaml',
    `${claim}spec:\r\n  vol$0\r\n`,
    'volumeMode',
    `${claim}spec:\r\n  volumeMode: Filesystem\r\n`,
  ],
  [
    'a key before another line, CRLF',
    'daemon.json',
    '{\r\n  $0\r\n  "debug": true\r\n}',
    'mtu',
    '{\r\n  "mtu": 1500,\r\n  "debug": true\r\n}',
  ],
  [
    'a key with its closing quote missing',
    'daemon.json',
    '{\n\t"features": {\n\t\t"c$0\n\t}\n}',
    'cdi',
    '{\n\t"features": {\n\t\t"cdi": true\n\t}\n}',
  ],
  [
    'a header that is half-typed above another',
    'storage.conf',
    '[stor$0\n[storage.options]\n',
    'storage',
    '[storage]\n[storage.options]\n',
  ],
  [
    'a value in quotes before a comment',
    'k8s.yaml',
    `${claim}spec:\n  volumeMode: "F$0" # x\n`,
    'Block',
    `${claim}spec:\n  volumeMode: Block # x\n`,
  ],
  [
    'a name in quotes',
    'k8s.yaml',
    `${claim}spec:\n  "acc$0": []\n`,
    'accessModes',
    `${claim}spec:\n  accessModes: []\n`,
  ],
];

for (const [name, as, marked, label, after] of writes) {
  test(`writes ${name}`, () => assert.equal(accepted(as, marked, label), after));
}

test('an empty storage.conf is offered its tables', () => {
  assert.equal(accepted('storage.conf', '$0', 'storage'), '[storage]');
  assert.equal(accepted('storage.conf', '# mine\nsto$0', 'storage.options'), '# mine\n[storage.options]');
});

test('what is there already is not offered again', () => {
  assert.ok(!labels(offers('daemon.json', '{ "debug": true, $0 }')).includes('debug'));
  assert.ok(!labels(offers('storage.conf', '[storage]\ndriver = "vfs"\n$0')).includes('driver'));
  const spec = labels(offers('k8s.yaml', `${claim}spec:\n  storageClassName: x\n  $0\n  volumeName: y\n`));
  assert.ok(
    !spec.includes('storageClassName') && !spec.includes('volumeName') && spec.includes('accessModes'),
  );
});

test('only what the chosen version has is offered', () => {
  const old = { versions: { docker: '20.10' } };
  assert.ok(labels(offers('daemon.json', '{ $0 }')).includes('log-format'));
  assert.ok(!labels(offers('daemon.json', '{ $0 }', old)).includes('log-format'));
  assert.ok(!labels(offers('daemon.json', '{ "storage-driver": $0 }')).includes('aufs'));
  assert.ok(labels(offers('daemon.json', '{ "storage-driver": $0 }', old)).includes('aufs'));
});

test('nothing is offered in comments, in texts, in unknown kinds and between a value and its comma', () => {
  for (const [as, marked] of [
    ['storage.conf', '[storage]\n# dr$0'],
    ['storage.conf', '[storage]\ndriver = """\n$0\n"""\n'],
    ['k8s.yaml', `${claim}# $0`],
    ['k8s.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  $0'],
    ['k8s.yaml', `${claim}metadata:\n  annotations:\n    note: |\n      spec:\n        $0`],
    ['k8s.yaml', `${claim}metadata:\n  name: {{ $0 }}\n`],
    ['daemon.json', '{ "debug": true $0, "mtu": 1400 }'],
    ['daemon.json', '{ "dns": ["192.0.2.1" $0, "192.0.2.2"] }'],
  ] as const) {
    assert.deepEqual(labels(offers(as, marked)), [], marked);
  }
});

test('every offer has documentation, in Chinese too', () => {
  const { text, offset, analysis } = cursor('daemon.json', '{ $0 }');
  const chinese = complete(text, analysis, offset, localeFor('zh-CN'));
  assert.ok(chinese.length > 80);
  for (const { label, documentation = '' } of chinese) assert.match(documentation, /[\u4e00-\u9fff]/, label);
});

test('at any place of any file: never throws, replaces what is on the line, and accepted offers leave a file that reads', () => {
  const files = repositoryFiles('examples').filter(
    ({ name }) => recognise(`/${name}`, '{}apiVersion') !== undefined || /\.ya?ml$|\.conf$/.test(name),
  );
  const place = fc.record({
    file: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.boolean(),
  });
  fc.assert(
    fc.property(place, ({ file: { name, text }, at, cut }) => {
      const offset = Math.floor(at * text.length);
      const shown = cut ? text.slice(0, offset) : text;
      const kind = recognise(`/${name}`, shown);
      if (kind === undefined) return;
      for (const { replace, insert } of complete(shown, analyze(shown, kind), offset)) {
        assert.ok(replace.start <= offset && offset <= replace.end && insert !== '');
        assert.ok(!shown.slice(replace.start, replace.end).includes('\n'));
      }
    }),
    { numRuns: process.env['STOWAGE_SOAK'] === '1' ? 5000 : 300, seed: 20261123 },
  );
});
