// A real Docker: the common suite, users, events, helpers, and the round trip of a volume full of what is easily lost.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Docker from 'dockerode';
import { openDocker } from '../../server/src/engine/docker.ts';
import { toVolumeEvent } from '../../server/src/engine/dockerEvents.ts';
import { HELPER_LABEL, IMAGE_LABEL } from '../../server/src/engine/dockerHelper.ts';
import type { Engine } from '../../server/src/engine/port.ts';
import { type PrivateDocker, startDocker } from '../support/docker.ts';
import { startStowage, stowage } from '../support/stowage.ts';
import { fillVolume, picture } from '../support/volume.ts';
import { conforms, readAll, refuses } from './conformance.ts';

let own: PrivateDocker | undefined;
let engine: Engine | undefined;
let folder = '';
let docker = new Docker();
before(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'stowage-docker-test-'));
  own = await startDocker();
  if (!own) return;
  const socketPath = own.address.replace('docker=unix://', '');
  engine = openDocker(`unix://${socketPath}`, {});
  docker = new Docker({ socketPath });
});
after(async () => {
  await engine?.close();
  await own?.stop();
  await fs.rm(folder, { recursive: true });
});

conforms('docker', () => engine);

/** Registers a test that needs the Docker; where there is none, that was said already. */
function onDocker(what: string, check: (engine: Engine, address: string) => Promise<void>): void {
  test(`docker: ${what}`, async () => {
    if (engine && own) await check(engine, own.address);
  });
}

async function volumeWith(on: Engine, name: string, bytes?: number): Promise<string> {
  await on.create({ name, labels: { project: 'shop', 'with space': 'ä=ö' } });
  const { mountpoint = '' } = await on.inspect(name);
  await fillVolume(mountpoint, bytes);
  return mountpoint;
}

async function helpers(): Promise<number> {
  return (await docker.listContainers({ all: true, filters: { label: [HELPER_LABEL] } })).length;
}

/** A container that is never started refers to a volume as well as one that runs. */
async function userOf(volume: string): Promise<Docker.Container> {
  const [image] = await docker.listImages({ filters: { label: [IMAGE_LABEL] } });
  return docker.createContainer({
    name: `user-of-${volume}`,
    Image: image?.Id ?? '',
    Cmd: ['none'],
    HostConfig: { Binds: [`${volume}:/data`], NetworkMode: 'none' },
  });
}

onDocker('it says of itself what its daemon.json is judged with', async (on) => {
  const state = await on.probe();
  assert.ok(state.state === 'ready');
  const info = await docker.info();
  assert.deepEqual(
    [state.product, state.root, state.storageDriver, state.platform, state.usernsRemap],
    ['Docker', info.DockerRootDir, info.Driver, 'linux', false],
  );
  assert.deepEqual([state.containers, state.images], [info.Containers, info.Images]);
});

onDocker('a volume comes back equal, as a new one and in place of another', async (on, address) => {
  const source = await volumeWith(on, 'source', 9_000_000);
  const expected = await picture(source);
  const made = await stowage('backup', ['source', '--engine', address, '--to', folder]);
  assert.equal(made.code, 0, made.stderr);
  const archive = /: (\S+source_\d{8}T\d{6}Z\.tar\.zst) /.exec(made.stdout)?.[1] ?? '';
  assert.equal((await stowage('verify', [archive])).code, 0);
  const beside = await stowage('restore', [archive, '--engine', address, '--into', 'beside']);
  assert.equal(beside.code, 0, beside.stderr);
  const found = await on.inspect('beside');
  assert.deepEqual(await picture(found.mountpoint ?? ''), expected);
  assert.deepEqual(found.labels, { project: 'shop', 'with space': 'ä=ö' });

  await fs.writeFile(join(source, 'later'), 'made after the backup');
  const refused = await stowage('restore', [archive, '--engine', address]);
  assert.deepEqual([refused.code, /--replace/.test(refused.stderr)], [1, true]);
  assert.ok((await fs.readdir(source)).includes('later'));
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const replaced = await stowage('restore', [archive, '--engine', address, '--replace'], { env });
  assert.equal(replaced.code, 0, replaced.stderr);
  assert.deepEqual(await picture(source), expected);
  assert.deepEqual(await fs.readdir(join(folder, 'state', 'stowage', 'undo')), []);
  assert.equal(await helpers(), 0);
});

onDocker('what a folder engine reads of the data root is what Docker reads of the volume', async (on) => {
  const mountpoint = await volumeWith(on, 'rescued');
  const { openFolder } = await import('../../server/src/engine/folder.ts');
  const { compareContents } = await import('../../server/src/backup/compare.ts');
  const rescue = openFolder(join(mountpoint, '..', '..'));
  assert.deepEqual(compareContents(await readAll(rescue, 'rescued'), await readAll(on, 'rescued')), []);
});

onDocker('users are listed, and a volume that has one is not replaced', async (on, address) => {
  const mountpoint = await volumeWith(on, 'held');
  await readAll(on, 'held');
  const user = await userOf('held');
  assert.deepEqual(
    (await on.inspect('held')).usedBy.map(({ name, running }) => [name, running]),
    [['user-of-held', false]],
  );
  const made = await stowage('backup', ['held', '--engine', address, '--to', join(folder, 'held')]);
  assert.equal(made.code, 0, made.stderr);
  const [archive = ''] = (await fs.readdir(join(folder, 'held'))).filter((name) => name.endsWith('.zst'));
  const before = await picture(mountpoint);
  const replace = [join(folder, 'held', archive), '--engine', address, '--replace'];
  const refused = await stowage('restore', replace);
  assert.deepEqual([refused.code, /user-of-held/.test(refused.stderr)], [1, true]);
  assert.deepEqual(await picture(mountpoint), before);
  await refuses('in-use', () => on.remove('held'));
  await user.remove();
});

onDocker('helpers of jobs that died are swept by the next job, others are not', async (on) => {
  await volumeWith(on, 'swept');
  const label = (pid: number) => ({ [HELPER_LABEL]: JSON.stringify({ pid, host: hostname() }) });
  const [image] = await docker.listImages({ filters: { label: [IMAGE_LABEL] } });
  const make = (pid: number) =>
    docker.createContainer({ Image: image?.Id ?? '', Cmd: ['none'], Labels: label(pid) });
  const dead = await make(2 ** 22 + 1);
  const living = await make(process.pid);
  await readAll(on, 'swept');
  await assert.rejects(dead.inspect());
  assert.equal((await living.inspect()).State.Status, 'created');
  await living.remove();
});

onDocker(
  'a job that is ended or killed leaves no helper behind for long, and whole backups only',
  async (on, address) => {
    const to = join(folder, 'killed');
    await volumeWith(on, 'endangered', 30_000_000);
    for (const [index, signal] of (['SIGTERM', 'SIGKILL', 'SIGTERM', 'SIGKILL'] as const).entries()) {
      const job = startStowage('backup', ['endangered', '--engine', address, '--to', to, '--events']);
      const ended = new Promise<number | null>((resolve) => job.once('close', (code) => resolve(code)));
      let told = '';
      let events = 0;
      job.stdout?.on('data', (chunk: Buffer) => {
        told += String(chunk);
        events += 1;
        if (events === index + 1) job.kill(signal);
      });
      const code = await ended;
      // A signal that comes when the work is done may still end the process in its last moment.
      if (signal === 'SIGTERM')
        assert.ok(code === 1 || told.includes('"done"'), `ended with ${code}: ${told}`);
      if (signal === 'SIGTERM') assert.equal(await helpers(), 0);
    }
    const last = await stowage('backup', ['endangered', '--engine', address, '--to', to]);
    assert.equal(last.code, 0, last.stderr);
    assert.equal(await helpers(), 0);
    for (const name of await fs.readdir(to)) {
      assert.ok(!name.endsWith('.partial'), name);
      if (name.endsWith('.zst')) assert.equal((await stowage('verify', [join(to, name)])).code, 0);
    }
  },
);

onDocker('a new volume that is restored into is gone again when the job is ended', async (on, address) => {
  await volumeWith(on, 'large', 30_000_000);
  const to = join(folder, 'large');
  assert.equal((await stowage('backup', ['large', '--engine', address, '--to', to])).code, 0);
  const [archive = ''] = (await fs.readdir(to)).filter((name) => name.endsWith('.zst'));
  for (const phase of ['verify', 'write', 'check']) {
    const job = startStowage('restore', [
      join(to, archive),
      '--engine',
      address,
      '--into',
      'half',
      '--events',
    ]);
    const ended = new Promise<number | null>((resolve) => job.once('close', (code) => resolve(code)));
    let told = false;
    job.stdout?.on('data', (chunk: Buffer) => {
      if (told || !String(chunk).includes(`"phase":"${phase}"`)) return;
      told = job.kill('SIGTERM');
    });
    const code = await ended;
    const exists = (await on.list()).some(({ name }) => name === 'half');
    assert.equal(exists, code === 0, `ended in ${phase} with ${code}`);
    if (exists) await on.remove('half');
    assert.equal(await helpers(), 0);
  }
});

onDocker(
  'a volume that is being replaced holds the old or the new content when the job is ended',
  async (on, address) => {
    const source = await volumeWith(on, 'successor', 20_000_000);
    const to = join(folder, 'replace');
    assert.equal((await stowage('backup', ['successor', '--engine', address, '--to', to])).code, 0);
    const [archive = ''] = (await fs.readdir(to)).filter((name) => name.endsWith('.zst'));
    const fresh = await picture(source);
    for (const phase of ['read', 'write', 'check']) {
      await on.create({ name: 'replaced' });
      const { mountpoint = '' } = await on.inspect('replaced');
      await fs.writeFile(join(mountpoint, 'old'), 'old content');
      await fs.utimes(mountpoint, 1_500_000_000, 1_500_000_000);
      const old = await picture(mountpoint);
      const args = [join(to, archive), '--engine', address, '--into', 'replaced', '--replace', '--events'];
      const job = startStowage('restore', args, { XDG_STATE_HOME: join(folder, 'state') });
      const ended = new Promise<number | null>((resolve) => job.once('close', (code) => resolve(code)));
      let told = false;
      job.stdout?.on('data', (chunk: Buffer) => {
        if (told || !String(chunk).includes(`"phase":"${phase}"`)) return;
        told = job.kill('SIGTERM');
      });
      const code = await ended;
      assert.deepEqual(await picture(mountpoint), code === 1 ? old : fresh, `ended in ${phase} with ${code}`);
      assert.equal(await helpers(), 0);
      await on.remove('replaced');
    }
  },
);

test('docker: one that is not there is exit 4, with the address', async () => {
  const address = `docker=unix://${join(folder, 'nobody.sock')}`;
  const { code, stderr } = await stowage('volumes', ['--engine', address]);
  assert.deepEqual([code, stderr.includes(address)], [4, true]);
});

test('docker: events of helpers make no noise, prune asks for a new list', () => {
  const seen = new Set<string>();
  const helper = { ID: 'h1', Attributes: { [HELPER_LABEL]: '{}' } };
  assert.equal(toVolumeEvent({ Type: 'container', Action: 'create', Actor: helper }, seen), undefined);
  const mount = (container: string) => ({
    Type: 'volume',
    Action: 'mount',
    Actor: { ID: 'db', Attributes: { container } },
  });
  assert.equal(toVolumeEvent(mount('h1'), seen), undefined);
  assert.deepEqual(toVolumeEvent(mount('c2'), seen), { kind: 'changed', volume: 'db' });
  assert.deepEqual(toVolumeEvent({ Type: 'volume', Action: 'prune', Actor: { ID: '' } }, seen), {
    kind: 'resync',
  });
  assert.deepEqual(toVolumeEvent({ Type: 'container', Action: 'die', Actor: { ID: 'c2' } }, seen), {
    kind: 'changed',
  });
  assert.equal(
    toVolumeEvent({ Type: 'container', Action: 'exec_start', Actor: { ID: 'c2' } }, seen),
    undefined,
  );
});
