// Texts and quantities of pods as the API server reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemIn } from '../../server/src/core/formats.ts';
import { downwardField, downwardResource } from '../../server/src/core/kubernetes/downward.ts';
import { isSignerName, isTrustBundleName, longestLife } from '../../server/src/core/kubernetes/signers.ts';
import { worthOf } from '../../server/src/core/kubernetes/worth.ts';
import type { ScalarNode } from '../../server/src/core/syntax/tree.ts';

const scalar = (value: string | number): ScalarNode => ({
  kind: 'scalar',
  span: { start: 0, end: 0 },
  type: typeof value === 'string' ? 'string' : 'integer',
  value,
  raw: String(value),
  quoted: typeof value === 'string',
});

test('a quantity is looked up as the API server writes it', () => {
  const cases: readonly (readonly [string | number, bigint, string])[] = [
    ['1', 1000n, '1'],
    [1000, 1_000_000n, '1k'],
    ['1000m', 1000n, '1'],
    ['0.001', 1n, '1m'],
    ['1024Ki', 1_048_576_000n, '1Mi'],
    ['1024', 1_024_000n, ''],
    ['1e3', 1_000_000n, ''],
    ['500u', 1n, ''],
    ['-1', -1000n, ''],
  ];
  for (const [written, thousandths, canonical] of cases) {
    const worth = worthOf(scalar(written));
    assert.deepEqual([worth?.thousandths, worth?.canonical], [thousandths, canonical], String(written));
  }
  assert.equal(worthOf(scalar('10 Gi')), undefined);
});

test('what a downwardAPI file can hold', () => {
  for (const path of ['metadata.name', "metadata.labels['app']", "metadata.annotations['Example.com/A']"])
    assert.equal(downwardField(path).problem, undefined, path);
  for (const path of ['status.podIP', "metadata.name['a']", 'metadata.labels[a]', 'spec.nodeName'])
    assert.equal(downwardField(path).problem, 'field', path);
  assert.equal(downwardField("metadata.labels['']").problem, 'key');
  assert.equal(downwardResource('requests.hugepages-1Gi'), undefined);
  assert.notEqual(downwardResource('limits.gpu'), undefined);
});

test('signers, bundles and the life of certificates', () => {
  for (const name of ['example.com/ca', 'a.b/c.d', 'kubernetes.io/kubelet-serving'])
    assert.ok(isSignerName(name), name);
  for (const name of ['ca', 'example/ca', 'example.com/', '/ca', 'example.com/a/b', 'example.com/A'])
    assert.ok(!isSignerName(name), name);
  assert.ok(isTrustBundleName('example.com:ca:roots') && isTrustBundleName('roots'));
  assert.ok(!isTrustBundleName('Roots') && !isTrustBundleName('example.com:ca:'));
  assert.deepEqual(
    ['kubernetes.io/a', 'x.kubernetes.io/a', 'notkubernetes.io/a'].map(longestLife),
    [86_400, 86_400, 7_862_400],
  );
});

test('names of iSCSI and lists of addresses', () => {
  for (const name of ['iqn.2001-04.com.example:a', 'eui.0123456789ABCDEF', `naa.${'0'.repeat(32)}`])
    assert.equal(problemIn('iscsi-name', name), undefined, name);
  for (const name of ['', 'x', 'iqn.2001-04.com.example', 'iqn.2001-4.com.example:a', 'eui.0123', 'nqn.x'])
    assert.equal(problemIn('iscsi-name', name), 'not-an-iscsi-name', name);
  for (const list of ['a:1', 'a:1,[::1]:2', ':'])
    assert.equal(problemIn('host-port-list', list), undefined, list);
  for (const list of ['a', 'a:1,b', ',', '::1'])
    assert.equal(problemIn('host-port-list', list), 'not-host-ports', list);
});
