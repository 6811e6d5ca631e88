// One engine, followed: what state it is in and which volumes it has, kept true by its events. It never gives up; between
// tries it waits longer and longer, and a refresh tries at once.
import { type Engine, EngineError, type EngineState, type Volume } from '../../../server/src/engine/port.ts';

/** Milliseconds in which events gather before the list is read again. */
const gather = 200;
/** Milliseconds between tries to reach an engine that is away: the first wait, and the longest. */
const firstWait = 2_000;
const longestWait = 60_000;

export class EngineWatch {
  readonly engine: Engine;
  /** Undefined until the engine was asked for the first time. */
  state: EngineState | undefined;
  volumes: readonly Volume[] = [];
  /** Resolves when the engine has answered, or has not, for the first time. */
  readonly asked: Promise<void>;
  readonly #changed: () => void;
  readonly #end = new AbortController();
  #wake: () => void = () => undefined;
  #round = new AbortController();

  constructor(engine: Engine, changed: () => void) {
    this.engine = engine;
    this.#changed = changed;
    const first = Promise.withResolvers<void>();
    this.asked = first.promise;
    void this.#follow(first.resolve);
  }

  /** Reads everything again now; an engine that is away is tried at once. */
  refresh(): void {
    this.#round.abort();
    this.#wake();
  }

  /** Ends the watch and lets go of the engine. */
  async dispose(): Promise<void> {
    this.#end.abort();
    this.refresh();
    await this.engine.close();
  }

  async #follow(asked: () => void): Promise<void> {
    let wait = firstWait;
    while (!this.#end.signal.aborted) {
      this.#round = new AbortController();
      const outcome = await this.#oneRound(asked);
      if (outcome === 'refresh') continue;
      wait = outcome === 'was-ready' ? firstWait : Math.min(wait * 2, longestWait);
      await this.#pause(wait);
    }
  }

  /** Probe, list, then events until the engine goes away or a refresh is asked for. */
  async #oneRound(asked: () => void): Promise<'refresh' | 'was-ready' | 'down'> {
    const { signal } = this.#round;
    this.state = await this.engine.probe();
    const ready = this.state.state === 'ready';
    try {
      if (ready) await this.#listAndWatch(signal, asked);
    } catch (error) {
      const reason = error instanceof EngineError ? error.reason : 'other';
      if (!signal.aborted) this.state = { state: 'down', reason, detail: words(error) };
    }
    const refreshed = signal.aborted;
    this.#round.abort();
    if (this.state.state === 'down') this.volumes = [];
    this.#changed();
    asked();
    if (refreshed) return 'refresh';
    return ready ? 'was-ready' : 'down';
  }

  async #listAndWatch(signal: AbortSignal, asked: () => void): Promise<void> {
    const list = async () => {
      this.volumes = (await this.engine.list()).toSorted((a, b) => a.name.localeCompare(b.name));
      this.#changed();
    };
    // The watch is opened before the list is read, so that no change falls between the two.
    const watching = this.#watch(signal, list);
    await Promise.race([list().then(asked), watching]);
    await watching;
  }

  async #watch(signal: AbortSignal, list: () => Promise<void>): Promise<void> {
    if (!this.engine.can.has('events')) return whenAborted(signal);
    const failed = Promise.withResolvers<never>();
    let timer: NodeJS.Timeout | undefined;
    const read = () => {
      timer = undefined;
      list().catch(failed.reject);
    };
    const events = async () => {
      for await (const _ of this.engine.watch(signal)) timer ??= setTimeout(read, gather);
    };
    try {
      await Promise.race([events(), failed.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #pause(wait: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#end.signal.aborted) this.#wake();
    });
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
