// The dockerd of this machine, of whatever version, knows exactly the keys that we say it takes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bind } from '../../server/src/core/schema/bind.ts';
import { keyFate } from '../../server/src/core/schema/fate.ts';
import { members, schemas } from '../../server/src/core/schema/load.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

test('dockerd lists as unknown what we say it does not know, and nothing else', () => {
  const docker = spawnSync('dockerd', ['--version'], { encoding: 'utf8' }).stdout?.match(
    /\d+\.\d+\.\d+/,
  )?.[0];
  if (docker === undefined) {
    console.log('left out: comparing the keys of daemon.json with an engine, dockerd is not installed');
    return;
  }
  // The first name makes sure that the file is refused: nothing is started here.
  const keys = ['no-such-key', ...members(schemas.daemon.roots['']).map(([name]) => name)];
  // An object of `proxies` is looked into; every other key may be null.
  const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, key === 'proxies' ? {} : null])));
  const folder = mkdtempSync(join(tmpdir(), 'stowage-dockerd-'));
  const file = join(folder, 'daemon.json');
  writeFileSync(file, text);
  const { stderr } = spawnSync('dockerd', ['--config-file', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const listed = /match any configuration option: (.*)/.exec(stderr)?.[1]?.split(', ').sort();
  const places = bind(frontEnds.json.parse(text), { family: 'daemon', format: 'json', scope: 'unknown' }).all;
  const versions = { ...newest, docker };
  const ours = places
    .filter(({ path }) => path.length === 1)
    .filter((place) => ['unknown', 'not-yet', 'removed'].includes(keyFate(place, 'daemon', versions)))
    .map(({ path }) => String(path[0]));
  assert.deepEqual(ours.sort(), listed, stderr);
});
