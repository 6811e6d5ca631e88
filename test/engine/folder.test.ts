// The folder engine: the common suite, an engine's own folder, and tars that mean harm.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine } from '../../server/src/engine/find.ts';
import { openFolder } from '../../server/src/engine/folder.ts';
import type { Loss } from '../../server/src/engine/port.ts';
import { conforms, type Entry, entry, refuses, tarOf } from './conformance.ts';

let root = '';
before(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'stowage-folder-'));
  await fs.mkdir(join(root, 'volumes'));
});
after(() => fs.rm(root, { recursive: true }));

conforms('folder', () => openFolder(join(root, 'volumes')));

const never = new AbortController().signal;

/** Tries to write the entries into a volume that lies beside a file that must not be touched. */
async function writeHostile(
  entries: readonly Entry[],
): Promise<{ refused: boolean; outside: string[]; volume: string }> {
  const box = await fs.mkdtemp(join(root, 'box-'));
  await fs.mkdir(join(box, 'volumes', 'victim'), { recursive: true });
  await fs.mkdir(join(box, 'outside'));
  await fs.writeFile(join(box, 'outside', 'secret'), 'untouched', { mode: 0o600 });
  const writing = openFolder(join(box, 'volumes')).write('victim', tarOf(entries), never);
  const refused = await writing.then(
    () => false,
    () => true,
  );
  const secret = join(box, 'outside', 'secret');
  assert.equal(await fs.readFile(secret, 'utf8'), 'untouched');
  assert.equal((await fs.stat(secret)).nlink, 1);
  assert.equal((await fs.stat(secret)).mode & 0o777, 0o600);
  assert.deepEqual(await fs.readdir(join(box, 'volumes')), ['victim']);
  return { refused, outside: await fs.readdir(join(box, 'outside')), volume: join(box, 'volumes', 'victim') };
}

const toOutside = '../../outside';

const refusedTars: Record<string, Entry[]> = {
  'a name that climbs out': [entry('../../outside/new', 'file', 3)],
  'a name that climbs out from below': [entry('a/../../../outside/new', 'file', 3)],
  'a file through a planted symlink': [
    entry('way', 'symlink', 0, { link: toOutside }),
    entry('way/new', 'file', 3),
  ],
  'a folder over a planted symlink': [
    entry('way', 'symlink', 0, { link: toOutside }),
    entry('way/', 'directory', 0, { mode: 0o777 }),
  ],
  'a folder that was swapped for a symlink': [
    entry('way/', 'directory', 0, { mode: 0o755 }),
    entry('way', 'symlink', 0, { link: toOutside }),
    entry('way/new', 'file', 3),
  ],
  'a hard link to a file outside': [entry('twin', 'hard-link', 0, { link: '../../outside/secret' })],
  'a hard link through a planted symlink': [
    entry('way', 'symlink', 0, { link: toOutside }),
    entry('twin', 'hard-link', 0, { link: 'way/secret' }),
  ],
  'a root that is no folder': [entry('./', 'symlink', 0, { link: toOutside })],
};

for (const [what, entries] of Object.entries(refusedTars))
  test(`folder: ${what} is refused`, async () => {
    const { refused, outside } = await writeHostile(entries);
    assert.ok(refused);
    assert.deepEqual(outside, ['secret']);
  });

test('folder: a file takes the place of a symlink and does not write through it', async () => {
  const { refused, outside, volume } = await writeHostile([
    entry('way', 'symlink', 0, { link: `${toOutside}/secret` }),
    entry('way', 'file', 3),
  ]);
  assert.ok(!refused);
  assert.deepEqual(outside, ['secret']);
  assert.ok((await fs.lstat(join(volume, 'way'))).isFile());
});

test('folder: mode and owner of a hard-linked symlink stay those of the link, not of what it points to', async () => {
  const { outside } = await writeHostile([
    entry('way', 'symlink', 0, { link: `${toOutside}/secret`, mode: 0o777 }),
    entry('twin', 'hard-link', 0, { link: 'way', mode: 0o777 }),
  ]);
  assert.deepEqual(outside, ['secret']);
});

test('folder: an absolute name counts from the root of the volume', async () => {
  const { refused, volume } = await writeHostile([entry('/etc/new', 'file', 3)]);
  assert.ok(!refused);
  assert.deepEqual(await fs.readdir(join(volume, 'etc')), ['new']);
});

test('folder: names that are paths are no volumes', async () => {
  const engine = openFolder(join(root, 'volumes'));
  for (const name of ['', '.', '..', 'a/b', '../volumes', '/etc'])
    await refuses('not-found', () => engine.inspect(name));
});

test("folder: an engine's own folder is read as its volumes, and never written", async () => {
  const own = join(root, 'own');
  await fs.mkdir(join(own, 'db', '_data', 'inner'), { recursive: true });
  await fs.mkdir(join(own, 'nfs', '_data'), { recursive: true });
  await fs.writeFile(join(own, 'metadata.db'), '');
  await fs.writeFile(
    join(own, 'nfs', 'opts.json'),
    '{"MountType":"nfs","MountOpts":"addr=10.0.0.1,rw","MountDevice":":/export"}',
  );
  const engine = openFolder(own);
  const volumes = await engine.list();
  assert.deepEqual(
    volumes.map(({ name, driver }) => [name, driver]),
    [
      ['db', 'local'],
      ['nfs', 'local'],
    ],
  );
  assert.deepEqual(volumes[1]?.options, { type: 'nfs', o: 'addr=10.0.0.1,rw', device: ':/export' });
  assert.ok(!engine.can.has('write') && !engine.can.has('create') && !engine.can.has('remove'));
  await refuses('read-only', () => engine.create({ name: 'new' }));
  await refuses('read-only', () => engine.remove('db'));
  await refuses('read-only', () => engine.write('db', tarOf([]), never));
});

test('folder: sockets are told as lost, by name', async () => {
  const volume = join(root, 'volumes', 'sockets');
  await fs.mkdir(volume);
  const server = createServer().listen(join(volume, 'listen'));
  await new Promise((resolve) => server.once('listening', resolve));
  const lost: Loss[] = [];
  const stream = await openFolder(join(root, 'volumes')).read('sockets', never, (loss) => lost.push(loss));
  await stream.toArray();
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(lost, [{ id: 'sockets', name: 'listen' }]);
  await fs.rm(volume, { recursive: true });
});

test('folder: one that is missing is a state with a reason', async () => {
  const state = await openFolder(join(root, 'missing')).probe();
  assert.deepEqual(state.state === 'down' && state.reason, 'not-found');
});

test('engines that are not built yet are refused in words', async () => {
  for (const address of [
    'podman',
    'kubernetes',
    'docker=ssh://me@host',
    'docker=context:x',
    'folder',
    'folder=',
    'what',
  ])
    await refuses('unsupported', () => openEngine(address, {}));
});
