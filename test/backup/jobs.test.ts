// Backups and restores in a folder engine, stopped at every event they report: afterwards there is a whole backup or none, the new volume or the old.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspectArchive } from '../../server/src/backup/archive.ts';
import type { JobEventBody } from '../../server/src/backup/events.ts';
import type { Job } from '../../server/src/backup/job.ts';
import { planRestore, runRestore } from '../../server/src/backup/restore.ts';
import { planBackup, runBackup } from '../../server/src/backup/run.ts';
import { openFolder } from '../../server/src/engine/folder.ts';
import { type Engine, EngineError } from '../../server/src/engine/port.ts';
import { soak } from '../support/docker.ts';
import { fillVolume, noise, picture } from '../support/volume.ts';

let root = '';
let engine: Engine = openFolder('.');
before(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'stowage-jobs-'));
  await fs.mkdir(join(root, 'volumes', 'source'), { recursive: true });
  await fillVolume(join(root, 'volumes', 'source'), 6_000_000);
  engine = openFolder(join(root, 'volumes'));
});
after(() => fs.rm(root, { recursive: true }));

/** A job that is cancelled at its n-th event; without a number, never. */
function jobAt(stopAt?: number): Job & { readonly events: JobEventBody[] } {
  const abort = new AbortController();
  const events: JobEventBody[] = [];
  const report = (event: JobEventBody) => {
    events.push(event);
    if (events.length === stopAt) abort.abort();
  };
  return { report, say: (id, args) => `${id} ${JSON.stringify(args ?? {})}`, signal: abort.signal, events };
}

async function backUp(on: Engine, folder: string, job: Job): Promise<string> {
  const plan = await planBackup({ engine: on, volume: 'source', folder, compression: { kind: 'zstd' } }, job);
  return (await runBackup(plan, job)).archive;
}

async function restore(archive: string, into: string, replace: boolean, job: Job): Promise<void> {
  const undoFolder = join(root, 'undo');
  await runRestore(await planRestore({ engine, archive, into, replace, undoFolder }, job), job);
}

/** Where to stop: everywhere when soaking, else spread over the whole job. */
function stops(count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const step = soak ? 1 : Math.max(1, Math.floor(count / 12));
  return all.filter((stop) => stop <= 3 || stop > count - 3 || stop % step === 0);
}

async function cancelled(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    assert.ok(error instanceof EngineError && error.reason === 'cancelled', String(error));
    return true;
  }
}

test('a backup that is cancelled leaves nothing, whenever it is', async () => {
  const whole = jobAt();
  await backUp(engine, join(root, 'whole'), whole);
  for (const stop of stops(whole.events.length)) {
    const folder = join(root, `stop-${stop}`);
    const stopped = await cancelled(backUp(engine, folder, jobAt(stop)));
    const names = await fs.readdir(folder);
    assert.equal(names.length, stopped ? 0 : 2, `stopped at event ${stop}: ${names}`);
  }
});

test('a restore into a new volume that is cancelled leaves no volume, whenever it is', async () => {
  const archive = await backUp(engine, join(root, 'for-new'), jobAt());
  const whole = jobAt();
  await restore(archive, 'whole', false, whole);
  const expected = await picture(join(root, 'volumes', 'source'));
  assert.deepEqual(await picture(join(root, 'volumes', 'whole')), expected);
  for (const stop of stops(whole.events.length)) {
    const name = `new-${stop}`;
    const stopped = await cancelled(restore(archive, name, false, jobAt(stop)));
    assert.equal((await fs.readdir(join(root, 'volumes'))).includes(name), !stopped);
  }
});

test('a volume that is being replaced holds the new or the old content, whenever the job is cancelled', async () => {
  const archive = await backUp(engine, join(root, 'for-replace'), jobAt());
  const target = join(root, 'volumes', 'target');
  const refill = async () => {
    await fs.rm(target, { recursive: true, force: true });
    await fs.mkdir(target);
    await fs.writeFile(join(target, 'old'), noise(1_500_000));
    await fs.chmod(join(target, 'old'), 0o640);
    return picture(target);
  };
  await refill();
  const fresh = await picture(join(root, 'volumes', 'source'));
  const whole = jobAt();
  await restore(archive, 'target', true, whole);
  assert.deepEqual(await picture(target), fresh);
  for (const stop of stops(whole.events.length)) {
    const old = await refill();
    const stopped = await cancelled(restore(archive, 'target', true, jobAt(stop)));
    assert.deepEqual(await picture(target), stopped ? old : fresh, `stopped at event ${stop}`);
  }
});

test('two backups in the same second get names of their own', async () => {
  const folder = join(root, 'same-second');
  const archives = await Promise.all([1, 2, 3, 4].map(() => backUp(engine, folder, jobAt())));
  assert.equal(new Set(archives).size, 4);
  for (const archive of archives) await inspectArchive(archive, jobAt());
});

test('a volume whose reading stops early is no backup', async () => {
  const folder = join(root, 'short');
  for (const cut of [100, 5000, 3_000_000]) {
    const short: Engine = {
      ...engine,
      read: async (volume, signal, lost) => {
        const whole = await (await engine.read(volume, signal, lost)).toArray();
        const { Readable } = await import('node:stream');
        return Readable.from([Buffer.concat(whole).subarray(0, -cut)]);
      },
    };
    await assert.rejects(
      backUp(short, folder, jobAt()),
      (error) => error instanceof EngineError && error.reason === 'truncated',
    );
    assert.deepEqual(await fs.readdir(folder), []);
  }
});

test('a volume that comes out other than it went in is taken back', async () => {
  const archive = await backUp(engine, join(root, 'forgetful'), jobAt());
  const forgetful: Engine = {
    ...engine,
    write: async (volume, tar, signal) => {
      await engine.write(volume, tar, signal);
      await fs.appendFile(join(root, 'volumes', volume, 'red apple 🍎.txt'), '!');
    },
  };
  const job = jobAt();
  const request = {
    engine: forgetful,
    archive,
    into: 'forgotten',
    replace: false,
    undoFolder: join(root, 'undo'),
  };
  await assert.rejects(runRestore(await planRestore(request, job), job), /restore-differs.*apple.*content/);
  assert.ok(!(await fs.readdir(join(root, 'volumes'))).includes('forgotten'));
});

test('what a volume lost on the way is in the manifest and in the outcome', async () => {
  const withSocket: Engine = {
    ...engine,
    read: async (volume, signal, lost = () => undefined) => {
      lost({ id: 'sockets', name: 'run/app.sock' });
      return engine.read(volume, signal, lost);
    },
  };
  const job = jobAt();
  const plan = await planBackup(
    { engine: withSocket, volume: 'source', folder: join(root, 'lossy'), compression: { kind: 'none' } },
    job,
  );
  const { archive, incomplete } = await runBackup(plan, job);
  assert.deepEqual(incomplete, [{ id: 'sockets', count: 1, names: [{ path: 'run/app.sock' }] }]);
  assert.deepEqual((await inspectArchive(archive, job)).manifest?.incomplete, incomplete);
  assert.ok(job.events.some((event) => event.event === 'warning' && event.id === 'lost-sockets'));
});
