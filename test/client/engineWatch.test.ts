// An engine is followed by its events: one list for many of them, and patience while it is away.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { EngineWatch } from '../../client/src/tree/engineWatch.ts';
import { type Engine, EngineError, type EngineState, type Volume } from '../../server/src/engine/port.ts';

interface Fake {
  readonly engine: Engine;
  readonly calls: { probe: number; list: number };
  state: EngineState;
  names: string[];
  /** Lets the engine say that something changed. */
  change(): void;
  /** Lets the connection break. */
  breakDown(): void;
}

function fakeEngine(): Fake {
  let wake = Promise.withResolvers<'changed'>();
  const absent = async () => {
    throw new EngineError('unsupported', 'a fake');
  };
  const fake: Fake = {
    calls: { probe: 0, list: 0 },
    state: { state: 'ready', version: '28.5.2', product: 'fake' },
    names: ['a'],
    change: () => {
      wake.resolve('changed');
      wake = Promise.withResolvers();
    },
    breakDown: () => {
      wake.reject(new EngineError('not-running', 'gone'));
      wake = Promise.withResolvers();
    },
    engine: {
      id: 'docker',
      kind: 'docker',
      can: new Set(['events']),
      loses: [],
      probe: async () => {
        fake.calls.probe++;
        return fake.state;
      },
      list: async () => {
        fake.calls.list++;
        return fake.names.map(volume);
      },
      watch: async function* (signal) {
        const aborted = new Promise<'aborted'>((resolve) =>
          signal.addEventListener('abort', () => resolve('aborted')),
        );
        while ((await Promise.race([wake.promise, aborted])) === 'changed') yield { kind: 'changed' };
      },
      inspect: absent,
      create: absent,
      remove: absent,
      read: absent,
      write: absent,
      close: async () => undefined,
    },
  };
  return fake;
}

function volume(name: string): Volume {
  return { name, driver: 'local', options: {}, labels: {}, usedBy: [] };
}

/** Lets everything run that waits for nothing but other promises. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('events that come together are one list', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const fake = fakeEngine();
  const watch = new EngineWatch(fake.engine, () => undefined);
  try {
    await watch.asked;
    assert.deepEqual(
      watch.volumes.map(({ name }) => name),
      ['a'],
    );
    fake.names = ['a', 'b'];
    for (let count = 0; count < 5; count++) {
      fake.change();
      await settle();
    }
    assert.equal(fake.calls.list, 1, 'it waits for more');
    mock.timers.tick(200);
    await settle();
    assert.equal(fake.calls.list, 2);
    assert.deepEqual(
      watch.volumes.map(({ name }) => name),
      ['a', 'b'],
    );
  } finally {
    watch.dispose();
    mock.timers.reset();
  }
});

test('an engine that goes away is a state with its reason, and is tried again', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const fake = fakeEngine();
  let changes = 0;
  const watch = new EngineWatch(fake.engine, () => changes++);
  try {
    await watch.asked;
    const before = changes;
    fake.state = { state: 'down', reason: 'not-running', detail: 'gone' };
    fake.breakDown();
    await settle();
    assert.deepEqual(watch.state, { state: 'down', reason: 'not-running', detail: 'gone' });
    assert.deepEqual(watch.volumes, []);
    assert.ok(changes > before, 'the tree was not told');
    mock.timers.tick(2_000);
    await settle();
    assert.equal(fake.calls.probe, 2);
    mock.timers.tick(2_000);
    await settle();
    assert.equal(fake.calls.probe, 2, 'the second wait is longer');
    fake.state = { state: 'ready', version: '28.5.2', product: 'fake' };
    mock.timers.tick(2_000);
    await settle();
    assert.deepEqual(
      watch.volumes.map(({ name }) => name),
      ['a'],
    );
  } finally {
    watch.dispose();
    mock.timers.reset();
  }
});

test('a refresh asks at once, whether the engine answers or is away', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const fake = fakeEngine();
  const watch = new EngineWatch(fake.engine, () => undefined);
  try {
    await watch.asked;
    watch.refresh();
    await settle();
    assert.equal(fake.calls.probe, 2);
    fake.state = { state: 'down', reason: 'denied', detail: 'no' };
    fake.breakDown();
    await settle();
    watch.refresh();
    await settle();
    assert.equal(fake.calls.probe, 3);
  } finally {
    watch.dispose();
    mock.timers.reset();
  }
});

test('a disposed watch asks no more', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const fake = fakeEngine();
  const watch = new EngineWatch(fake.engine, () => undefined);
  await watch.asked;
  watch.dispose();
  await settle();
  mock.timers.tick(120_000);
  await settle();
  assert.equal(fake.calls.probe, 1);
  mock.timers.reset();
});
