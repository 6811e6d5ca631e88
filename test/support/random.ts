// Chance with a seed: the same seed makes the same choices.

export interface Picker {
  readonly pick: <T>(from: readonly T[]) => T;
  /** True about so often, from 0 to 1. */
  readonly chance: (often: number) => boolean;
}

export function picker(seed: number): Picker {
  const next = random(seed);
  return {
    chance: (often) => next() < often,
    pick: (from) => {
      const [one] = from.slice(Math.floor(next() * from.length));
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
}

/** Numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
