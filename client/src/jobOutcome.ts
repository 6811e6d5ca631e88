// How a job ended, from what it said. What it said of a replaced volume's old content is never dropped, cancelled or not.
import type { JobEvent } from '../../server/src/backup/events.ts';

type Done = Extract<JobEvent, { event: 'done' }>;

export type JobOutcome =
  | { readonly outcome: 'done'; readonly done: Done | undefined; readonly warnings: readonly string[] }
  | { readonly outcome: 'cancelled'; readonly warnings: readonly string[] }
  | { readonly outcome: 'failed'; readonly message: string };

interface Ended {
  readonly code: number;
  /** All but progress, in order. */
  readonly events: readonly JobEvent[];
  readonly stderr: readonly string[];
  readonly cancelled: boolean;
  /** What is said of a failure that said nothing itself. */
  readonly nameless: string;
}

/** Codes 0 and 3 are done; a job that could still finish after it was cancelled is done, too. */
export function outcomeOf({ code, events, stderr, cancelled, nameless }: Ended): JobOutcome {
  const warnings = events.flatMap((event) => (event.event === 'warning' ? [event.message] : []));
  const done = events.find((event) => event.event === 'done');
  if (code === 0 || code === 3) return { outcome: 'done', done, warnings };
  // Once a copy of the old content was kept, its end must be told: where it is, and whether the volume has it back.
  const kept = events.flatMap((event) => (event.event === 'kept' ? [event.message] : []));
  const replaced = kept.length > 0 ? [...warnings, ...kept] : [];
  const failed = events.find((event) => event.event === 'failed');
  if (cancelled || failed?.reason === 'cancelled') return { outcome: 'cancelled', warnings: replaced };
  const told = stderr.find((line) => line.startsWith('stowage: '))?.slice('stowage: '.length);
  const why = failed?.message ?? told ?? stderr.at(-1) ?? nameless;
  return { outcome: 'failed', message: [why, ...replaced].join(' ') };
}
