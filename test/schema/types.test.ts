// Types as the engines' decoders take them: Go's JSON, YAML by way of JSON, and strict TOML.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../server/src/core/finding.ts';
import { bind } from '../../server/src/core/schema/bind.ts';
import { typeMatches } from '../../server/src/core/schema/types.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

const kinds: Record<string, FileKind> = {
  json: { family: 'daemon', format: 'json', scope: 'unknown' },
  toml: { family: 'storage', format: 'toml', scope: 'unknown' },
  yaml: { family: 'k8s', format: 'yaml', scope: 'unknown' },
};

/** Paths of the values whose type is refused. */
function refused(format: 'json' | 'toml' | 'yaml', text: string): string[] {
  const kind = kinds[format];
  assert.ok(kind !== undefined);
  return bind(frontEnds[format].parse(text), kind)
    .all.filter(({ node, definition }) => !typeMatches(node, definition, kind.family))
    .map(({ path }) => path.join('.'));
}

test('daemon.json: a number is not a string, a float is no integer, null fits nearly everywhere', () => {
  assert.deepEqual(
    refused('json', '{"mtu": 1450, "debug": true, "hosts": [], "log-opts": {"max-file": "3"}}'),
    [],
  );
  assert.deepEqual(refused('json', '{"mtu": 1450.0}'), ['mtu']);
  assert.deepEqual(refused('json', '{"mtu": 1e3}'), ['mtu']);
  assert.deepEqual(refused('json', '{"mtu": "1450"}'), ['mtu']);
  assert.deepEqual(refused('json', '{"debug": "true", "hosts": "fd://", "log-opts": {"max-file": 3}}'), [
    'debug',
    'hosts',
    'log-opts.max-file',
  ]);
  assert.deepEqual(refused('json', '{"debug": null, "hosts": null, "mtu": null, "labels": [null]}'), []);
  assert.deepEqual(refused('json', '{"default-shm-size": null}'), ['default-shm-size']);
  assert.deepEqual(refused('json', '[]'), ['']);
  assert.deepEqual(
    refused('json', '{"nonsense": {"debug": 1}, "runtimes": {"a": {"options": {"x": [1]}}}}'),
    [],
  );
});

test('storage.conf: strings that hold booleans must be strings, and booleans booleans', () => {
  assert.deepEqual(refused('toml', '[storage.options.overlay]\nignore_chown_errors = true\n'), [
    'storage.options.overlay.ignore_chown_errors',
  ]);
  assert.deepEqual(refused('toml', '[storage]\ntransient_store = "true"\n'), ['storage.transient_store']);
  assert.deepEqual(
    refused('toml', '[storage]\ntransient_store = true\ndriver_priority = ["vfs", {append=true}]\n'),
    [],
  );
  assert.deepEqual(
    refused('toml', '[storage.options]\nadditionalimagestores = "/a"\nauto-userns-min-size = 1.0\n'),
    ['storage.options.additionalimagestores', 'storage.options.auto-userns-min-size'],
  );
});

test('Kubernetes: a bare number or yes is not a string, and a float without a fraction is an integer', () => {
  const head = 'apiVersion: v1\nkind: PersistentVolume\n';
  assert.deepEqual(
    refused('yaml', `${head}metadata: { labels: { a: 1, b: true, c: yes, d: "yes", e: x, f: null } }\n`),
    ['metadata.labels.a', 'metadata.labels.b', 'metadata.labels.c'],
  );
  assert.deepEqual(
    refused('yaml', `${head}spec: { iscsi: { lun: 1.0, readOnly: yes }, fc: { lun: 1.5 } }\n`),
    ['spec.fc.lun'],
  );
  assert.deepEqual(
    refused('yaml', `${head}spec: { capacity: { storage: 10 }, accessModes: ReadWriteOnce, nfs: }\n`),
    ['spec.accessModes'],
  );
});
