// Works on several pieces at once and gives the results in the order of the pieces.

/** How a promise ended, held as a value: one that fails while nobody waits for it would end the process. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

export function settle<T>(work: Promise<T>): Promise<Settled<T>> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** The value, or the error thrown again. */
export function valueOrThrow<T>(settled: Settled<T> | undefined): T {
  if (settled && 'value' in settled) return settled.value;
  throw settled?.error;
}

/** At most `ahead` pieces are in work; the first error ends it. */
export async function* inOrder<A, B>(
  source: AsyncIterable<A>,
  ahead: number,
  work: (piece: A) => Promise<B>,
): AsyncGenerator<B> {
  const running: Promise<Settled<B>>[] = [];
  for await (const piece of source) {
    running.push(settle(work(piece)));
    if (running.length >= ahead) yield valueOrThrow(await running.shift());
  }
  while (running.length > 0) yield valueOrThrow(await running.shift());
}
