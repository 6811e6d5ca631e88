// Definitions in words: for the version in question, in the reader's language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localeFor } from '../../server/src/core/locale.ts';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { allowedValues, describe, describeValue, exists } from '../../server/src/core/schema/describe.ts';
import { definitionAt } from '../../server/src/core/schema/load.ts';
import { newest } from '../../server/src/core/schema/versions.ts';

function at(pointer: string): Definition {
  const found = definitionAt(pointer);
  assert.ok(found !== undefined, pointer);
  return found;
}

const chinese = localeFor('zh-CN');

test('a hover says what it is, its default, its life, and when a change counts', () => {
  const text = describe(at('daemon#/max-concurrent-downloads'), 'daemon', newest, undefined);
  assert.match(text, /^\*\*max-concurrent-downloads\*\* · integer\n/);
  assert.match(text, /Default: `3`/);
  assert.match(text, /Since Docker Engine 1\.12/);
  assert.match(text, /reload \(SIGHUP\)/);
  assert.match(text, /`--max-concurrent-downloads`/);
});

test('a hover gives bounds, where to read on, and what makes the engine fail', () => {
  const port = describe(at('daemon#/network-diagnostic-port'), 'daemon', newest, undefined);
  assert.match(port, /From 0 to 65535/);
  assert.match(port, /\*\*When it fails:\*\* From 28\.0 on/);
  assert.match(describe(at('daemon#/mtu'), 'daemon', newest, undefined), /At least 0/);
  assert.match(describe(at('daemon#/mtu'), 'daemon', newest, chinese), /最小为 0[\s\S]*出错情形.*负数/);
  assert.doesNotMatch(describe(at('daemon#/debug'), 'daemon', newest, undefined), /When it fails/);
});

test('what lies in a key is read about where the key is, and takes effect when it does', () => {
  const soft = describe(at('daemon#/default-ulimits/nofile/Soft'), 'daemon', newest, undefined);
  assert.match(soft, /takes effect: after a restart/);
  assert.match(soft, /\(https:\/\/docs\.docker\.com\/.*#default-ulimit-settings\)$/);
  const odd = describe(at('daemon#/features/*'), 'daemon', newest, undefined, 'nope');
  assert.match(odd, /takes effect: on reload/);
  for (const name of Object.keys(at('daemon#').properties ?? {})) {
    const key = at(`daemon#/${name}`);
    const text = describe(key, 'daemon', newest, undefined);
    assert.match(text, /\]\(https:\/\/docs\.docker\.com\/[^)]*\)$/, name);
    if (exists(key, newest.docker)) assert.match(text, /A change takes effect/, name);
  }
});

test('a key of another system says so', () => {
  const key = at('daemon#/live-restore');
  assert.match(describe(key, 'daemon', newest, undefined), /- Platform: Linux/);
  assert.match(
    describe(key, 'daemon', { ...newest, platform: 'windows' }, undefined),
    /- Only on Linux: this file is checked for Windows/,
  );
  assert.match(
    describe(at('daemon#/exec-opts/[]/isolation'), 'daemon', newest, undefined),
    /Only on Windows/,
  );
});

test('a flag that may not be given besides is called so', () => {
  assert.match(describe(at('daemon#/hosts'), 'daemon', newest, undefined), /`--host` \(either there or here/);
  assert.match(describe(at('daemon#/runtimes'), 'daemon', newest, undefined), /Flag: `--add-runtime`\n/);
});

test('a version without the key is told so, and what to use instead', () => {
  const key = at('daemon#/graph');
  assert.match(
    describe(key, 'daemon', newest, undefined),
    /Removed in Docker Engine 23\.0\n- Use `data-root` instead/,
  );
  assert.match(
    describe(key, 'daemon', { ...newest, docker: '20.10' }, undefined),
    /Goes away in Docker Engine 23\.0/,
  );
  const young = describe(
    at('daemon#/default-stop-timeout'),
    'daemon',
    { ...newest, docker: '28.5' },
    undefined,
  );
  assert.match(young, /Only from Docker Engine 29\.7 on/);
});

test('Chinese readers read Chinese, of shared parts and of listed values too', () => {
  const key = at('k8s#PersistentVolume/spec/accessModes');
  assert.match(describe(key, 'k8s', newest, chinese), /访问|挂载/);
  assert.match(describe(at('storage#/storage/driver'), 'storage', newest, chinese), /`overlay`: .*驱动/);
  const modes = at('k8s#PersistentVolumeClaim/spec/accessModes/[]');
  const [first] = allowedValues(modes, newest.kubernetes);
  assert.ok(first !== undefined);
  assert.match(describeValue(first, modes, 'k8s', newest, chinese), /^`ReadWriteOnce`\n\n.*节点/);
});

test('values are those of the version', () => {
  const driver = at('daemon#/storage-driver');
  const names = (version: string) => allowedValues(driver, version).map(({ value }) => value);
  assert.ok(names('24.0').includes('devicemapper'));
  assert.ok(!names('25.0').includes('devicemapper'));
  assert.ok(!names('23.0').includes('overlayfs'));
  assert.ok(names('24.0').includes('overlayfs'));
});

test('what is only passed over does not exist for completion', () => {
  assert.equal(exists(at('daemon#/host'), newest.docker), false);
  assert.equal(exists(at('daemon#/hosts'), newest.docker), true);
  assert.equal(exists(at('daemon#/allow-nondistributable-artifacts'), '27.5'), true);
  assert.equal(exists(at('daemon#/allow-nondistributable-artifacts'), '29.0'), false);
});

test('a definition knows its name, slashes inside it kept; where any name may stand the reader gives it', () => {
  assert.equal(at('daemon#').name, 'daemon.json');
  assert.equal(at('k8s#PersistentVolume').name, 'PersistentVolume');
  assert.equal(at('k8s#StorageClass/parameters/csi.storage.k8s.io/fstype').name, 'csi.storage.k8s.io/fstype');
  assert.match(
    describe(at('daemon#/log-opts/*'), 'daemon', newest, undefined, 'max-size'),
    /^\*\*max-size\*\* · string/,
  );
});
