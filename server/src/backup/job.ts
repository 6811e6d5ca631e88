// What every job gets from its door: where events go, the words of its messages, and the signal that cancels it.
import { EngineError, type Reason } from '../engine/port.ts';
import { TarError } from '../tar/header.ts';
import type { JobEventBody } from './events.ts';

/** Ids of what jobs say; the doors hold the words (`job-<id>` in the locales), so that a job speaks every language. */
export type JobWordId =
  | 'cancelled'
  | 'no-space'
  | 'read-truncated'
  | 'read-back-differs'
  | 'archive-damaged'
  | 'archive-changed'
  | 'archive-unsupported'
  | 'archive-missing'
  | 'manifest-unreadable'
  | 'needs-name'
  | 'volume-exists'
  | 'volume-in-use'
  | 'volume-elsewhere'
  | 'volume-not-empty'
  | 'engine-cannot'
  | 'restore-differs'
  | 'new-volume-left'
  | 'old-content-back'
  | 'old-content-lost'
  | 'volume-taken'
  | 'needs-zstd'
  | 'lost-sockets'
  | 'lost-owners'
  | 'lost-times'
  | 'no-manifest'
  | 'top-folder-dropped'
  | 'top-folder-kept'
  | 'undo-kept';

export type WordArgs = Readonly<Record<string, string>>;

export interface Job {
  report(event: JobEventBody): void;
  say(id: JobWordId, args?: WordArgs): string;
  readonly signal: AbortSignal;
}

/** A refusal or failure in the job's own words. */
export function failure(
  job: Job,
  reason: Reason,
  id: JobWordId,
  args?: WordArgs,
  cause?: unknown,
): EngineError {
  return new EngineError(reason, job.say(id, args), { cause });
}

export function warn(job: Job, id: JobWordId, args?: WordArgs): void {
  job.report({ event: 'warning', id, message: job.say(id, args) });
}

/** @throws EngineError cancelled */
export function checkCancelled(job: Job): void {
  if (job.signal.aborted) throw failure(job, 'cancelled', 'cancelled');
}

/** Any error as an EngineError with a reason; cancelling shows as itself, whatever broke because of it. */
export function asFailure(job: Job, error: unknown, path: string): EngineError {
  if (job.signal.aborted) return failure(job, 'cancelled', 'cancelled', {}, error);
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TarError) return new EngineError('other', message, { cause: error });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure(job, 'no-space', 'no-space', { path }, error);
  const reasons: Readonly<Record<string, Reason>> = {
    ENOENT: 'not-found',
    EACCES: 'denied',
    EPERM: 'denied',
    EROFS: 'read-only',
  };
  return new EngineError((typeof code === 'string' && reasons[code]) || 'other', message, { cause: error });
}
