// New files of storage.conf: without findings for the version that they are for, in every version and both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import parse from '@iarna/toml/parse-string.js';
import { analyze } from '../../server/src/core/analyze.ts';
import { templates } from '../../server/src/core/features/templates.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { recognise } from '../../server/src/core/recognise.ts';
import { knownVersions } from '../../server/src/core/schema/versions.ts';

const pathOf = (about: string) => about.match(/[~/][\w/.~-]+\.conf$/)?.[0].replace('~', '/home/ada') ?? '';

test('every template is without findings where it says that it belongs, in every version', () => {
  for (const version of knownVersions.storage) {
    for (const locale of [undefined, localeFor('zh-CN')]) {
      for (const { name, about, text } of templates(version, locale)) {
        const kind = recognise(pathOf(about), text);
        assert.equal(kind?.family, 'storage', about);
        const { findings } = analyze(text, kind, {}, { versions: { containersStorage: version } });
        assert.deepEqual(findings, [], `${version} ${name}`);
      }
    }
  }
});

const text = (version: string, name: string) =>
  templates(version).find((one) => one.name === name)?.text ?? '';

test('each version is given what it needs', () => {
  const names = (version: string) => templates(version).map(({ name }) => name);
  assert.deepEqual(names('1.62'), ['rootful', 'rootless', 'btrfs', 'zfs', 'image-store']);
  assert.deepEqual(names('1.63'), [...names('1.62'), 'drop-in']);
  assert.deepEqual(parse(text('1.62', 'rootless')), {
    storage: {
      driver: 'overlay',
      graphroot: '$HOME/.local/share/containers/storage',
      runroot: '/run/user/$UID/containers',
      options: { overlay: { mountopt: 'nodev' } },
    },
  });
  assert.deepEqual(parse(text('1.63', 'rootful')), {
    storage: { driver: 'overlay', options: { overlay: { mountopt: 'nodev' } } },
  });
  assert.match(text('1.64', 'drop-in'), /^additionalimagestores = \["\/.*", \{ append = true \}\]$/m);
  for (const { text } of templates('1.64')) assert.doesNotMatch(text, /mount_program|rootless_storage_path/);
});

test('comments and titles speak Chinese', () => {
  for (const { about, text } of templates('1.64', localeFor('zh-CN'))) {
    assert.match(about, /[\u4e00-\u9fff]/);
    assert.match(text, /^# .*[\u4e00-\u9fff].*$/m);
  }
});
