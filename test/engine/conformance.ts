// What every engine must do, whatever it is: one suite, run on the folder engine and on a real Docker.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { compareContents } from '../../server/src/backup/compare.ts';
import { type Contents, contentsReader } from '../../server/src/backup/contents.ts';
import { type Engine, EngineError, type Reason } from '../../server/src/engine/port.ts';
import { END, headerOf, type NewEntry, padding } from '../../server/src/tar/write.ts';

const never = () => new AbortController().signal;

/** Registers the suite. `open` gives the engine, or undefined where it cannot be had here (which was said). */
export function conforms(name: string, open: () => Engine | undefined): void {
  const on = (what: string, check: (engine: Engine) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      const engine = open();
      if (engine) await check(engine);
    });

  on('answers when asked how it is', async (engine) => {
    assert.equal((await engine.probe()).state, 'ready');
  });

  on('a volume that is not there is not found, and asking does not make it', async (engine) => {
    await refuses('not-found', () => engine.inspect('no-such-volume'));
    await refuses('not-found', () => engine.remove('no-such-volume'));
    await refuses('not-found', async () => readAll(engine, 'no-such-volume'));
    await refuses('not-found', () => engine.write('no-such-volume', tarOf([]), never()));
    assert.ok(!(await engine.list()).some((volume) => volume.name === 'no-such-volume'));
  });

  on('volumes are made, listed and removed; a name is given once', async (engine) => {
    await engine.create({ name: 'made', labels: {} });
    assert.equal((await engine.inspect('made')).name, 'made');
    assert.ok((await engine.list()).some((volume) => volume.name === 'made'));
    await refuses('exists', () => engine.create({ name: 'made' }));
    await engine.remove('made');
    assert.ok(!(await engine.list()).some((volume) => volume.name === 'made'));
  });

  on('an empty volume is read as its root alone', async (engine) => {
    await engine.create({ name: 'bare' });
    assert.deepEqual([...(await readAll(engine, 'bare')).keys()], ['']);
    await engine.remove('bare');
  });

  on('what is written is read again, the root included', async (engine) => {
    await engine.create({ name: 'filled' });
    const entries = sample();
    await engine.write('filled', tarOf(entries), never());
    const expected = contentsReader();
    for await (const chunk of tarOf(entries)) expected.push(chunk);
    assert.deepEqual(compareContents(expected.finish(), await readAll(engine, 'filled')), []);
    await engine.remove('filled');
  });

  on('a tar that is cut short is refused', async (engine) => {
    await engine.create({ name: 'cut' });
    const whole = Buffer.concat(await tarOf(sample()).toArray());
    await assert.rejects(
      engine.write('cut', Readable.from([whole.subarray(0, whole.length - 2000)]), never()),
    );
    await engine.remove('cut');
  });

  on('reading and writing end when they are cancelled', async (engine) => {
    await engine.create({ name: 'stopped' });
    await engine.write('stopped', tarOf(sample()), never());
    const reading = new AbortController();
    const stream = await engine.read('stopped', reading.signal);
    reading.abort();
    await assert.rejects(stream.toArray());
    const writing = new AbortController();
    async function* stalled() {
      yield headerOf(entry('late', 'file', 100_000));
      writing.abort();
      yield Buffer.alloc(1000);
    }
    await assert.rejects(engine.write('stopped', Readable.from(stalled()), writing.signal));
    await engine.remove('stopped');
  });

  on('a new volume is an event', async (engine) => {
    const watching = new AbortController();
    const events = engine.watch(watching.signal)[Symbol.asyncIterator]();
    const next = events.next();
    // Made until it is seen: nobody tells when a watch has begun.
    let seen = false;
    void next.then(() => {
      seen = true;
    });
    for (let tries = 0; !seen && tries < 200; tries += 1) {
      await engine.create({ name: `seen-${tries}` });
      await engine.remove(`seen-${tries}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { value } = await next;
    assert.ok(value?.kind === 'changed' || value?.kind === 'resync');
    watching.abort();
    for (let step = await events.next(); !step.done; step = await events.next()) assert.ok(step.value);
  });
}

/** Everything that a volume holds. */
export async function readAll(engine: Engine, volume: string): Promise<Contents> {
  const contents = contentsReader();
  for await (const chunk of await engine.read(volume, never())) contents.push(chunk);
  return contents.finish();
}

export async function refuses(reason: Reason, work: () => Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => error instanceof EngineError && error.reason === reason);
}

export type Entry = Parameters<typeof headerOf>[0];

export function entry(path: string, type: Entry['type'], size = 0, more: Partial<NewEntry> = {}): Entry {
  const plain = {
    link: '',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 1_600_000_000,
    mtimeNanos: 0,
    major: 0,
    minor: 0,
  };
  return { ...plain, path, size, ...more, type };
}

/** A tar of entries; files hold as many `x` as their size says. */
export function tarOf(entries: readonly Entry[]): Readable {
  const parts = entries.flatMap((one) => [headerOf(one), Buffer.alloc(one.size, 'x'), padding(one.size)]);
  return Readable.from(
    [...parts, END].filter((part) => part.length > 0),
    { objectMode: false },
  );
}

function sample(): Entry[] {
  const owner =
    process.getuid?.() === 0
      ? { uid: 70, gid: 71 }
      : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return [
    entry('./', 'directory', 0, { ...owner, mode: 0o1770 }),
    entry('folder/', 'directory', 0, { ...owner, mode: 0o700 }),
    entry('folder/file', 'file', 1000, { ...owner, mode: 0o4755 }),
    entry('folder/twin', 'hard-link', 0, { ...owner, mode: 0o4755, link: 'folder/file' }),
    entry(`folder/${'long'.repeat(50)}`, 'file', 512, { ...owner, mode: 0o600 }),
    entry('link', 'symlink', 0, { ...owner, mode: 0o777, link: '../outside' }),
    entry('zero', 'file', 0, owner),
  ];
}
