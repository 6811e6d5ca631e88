// What a job says while it works: one JSON object per line on stdout. The client and scripts read it; fields are only ever added.

/** Where the bytes are. Counts are bytes; totals are given where they are known. */
export interface Progress {
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly entries: number;
  readonly totalBytes?: number;
}

export type JobEvent = { readonly v: 1; readonly time: string } & (
  | {
      readonly event: 'start';
      readonly job: 'backup' | 'restore' | 'verify';
      readonly volume: string;
      readonly engine: string;
    }
  | ({ readonly event: 'progress'; readonly phase: 'read' | 'verify' | 'write' | 'check' } & Progress)
  | { readonly event: 'warning'; readonly id: string; readonly message: string }
  /** A copy of what is about to be replaced; it lies there until the job has succeeded. */
  | { readonly event: 'kept'; readonly archive: string; readonly message: string }
  | { readonly event: 'verified'; readonly archive: string; readonly bytes: number; readonly entries: number }
  | {
      readonly event: 'done';
      readonly archive?: string;
      readonly volume: string;
      readonly bytes: number;
      readonly entries: number;
      /** What could not be kept; not empty means outcome 3. */
      readonly incomplete: readonly string[];
    }
  | { readonly event: 'failed'; readonly reason: string; readonly message: string }
);

/** Distributes over the union: an event without the two fields that every line carries. */
export type JobEventBody = JobEvent extends infer E
  ? E extends JobEvent
    ? Omit<E, 'v' | 'time'>
    : never
  : never;

/** One line as an event, or undefined where the line is not one. */
export function parseJobEvent(line: string): JobEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (
      typeof value !== 'object' ||
      value === null ||
      !('v' in value) ||
      value.v !== 1 ||
      !('event' in value)
    )
      return undefined;
    return value as JobEvent;
  } catch {
    return undefined;
  }
}
