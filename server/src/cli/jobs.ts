// What the job commands share: opening the engine, telling events and failures, exit codes.
import type { JobEventBody } from '../backup/events.ts';
import { asFailure, type Job } from '../backup/job.ts';
import { openEngine } from '../engine/find.ts';
import { type Engine, EngineError } from '../engine/port.ts';
import { type Say, UsageError, wordsFor } from './arguments.ts';
import type { Io } from './io.ts';

/** 0 done · 1 failed, nothing kept or changed · 2 usage · 3 done, but incomplete · 4 engine unavailable */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Between two progress events: at most ten a second. */
const PROGRESS_EVERY = 100;

/** Runs a command; what it throws becomes words on stderr and an exit code. */
export async function command(io: Io, work: (say: Say) => Promise<ExitCode>): Promise<ExitCode> {
  const say = wordsFor(io);
  try {
    return await work(say);
  } catch (error) {
    if (error instanceof UsageError) return tell(io, error.message, 2);
    if (error instanceof EngineError) return tell(io, error.message, exitOf(error));
    // Our own bug, not the user's mistake: with everything that helps to find it.
    return tell(io, error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
  }
}

function tell(io: Io, message: string, code: ExitCode): ExitCode {
  io.stderr.write(`stowage: ${message}\n`);
  return code;
}

function exitOf(error: EngineError): ExitCode {
  // Too old is the Node that runs us: other options work on it.
  if (error.reason === 'too-old') return 2;
  return error.reason === 'not-running' || error.reason === 'not-installed' ? 4 : 1;
}

/** Opens the engine, sees that it answers, and closes it after the work. Exit 4 where it does not answer. */
export async function withEngine(
  io: Io,
  address: string | undefined,
  say: Say,
  work: (engine: Engine) => Promise<ExitCode>,
): Promise<ExitCode> {
  const engine = await openEngine(address, io.env).catch((error: unknown) => {
    if (!(error instanceof EngineError) || error.reason !== 'unsupported') throw error;
    throw new UsageError(say('cli-engine-unknown', { engine: address ?? io.env['DOCKER_HOST'] ?? 'docker' }));
  });
  try {
    const state = await engine.probe();
    if (state.state === 'down')
      return tell(io, say('cli-engine-down', { engine: engine.id, detail: state.detail }), 4);
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Runs one job: its events go to stdout as JSON with `--events`, else progress to a watching person. */
export async function runJob(
  io: Io,
  say: Say,
  events: boolean,
  subject: string,
  work: (job: Job) => Promise<ExitCode>,
): Promise<ExitCode> {
  const report = reporter(io, say, events);
  const job: Job = { report, say: (id, args) => say(`job-${id}`, args), signal: io.signal };
  try {
    return await work(job);
  } catch (error) {
    const failed = asFailure(job, error, subject);
    const code = exitOf(failed);
    report({ event: 'failed', reason: failed.reason, message: failed.message });
    return code;
  }
}

function reporter(io: Io, say: Say, events: boolean): (event: JobEventBody) => void {
  return throttled(events ? jsonReporter(io) : textReporter(io, say));
}

function throttled(report: (event: JobEventBody) => void): (event: JobEventBody) => void {
  let last = Number.NEGATIVE_INFINITY;
  let waiting: JobEventBody | undefined;
  return (event) => {
    if (event.event === 'progress') {
      const now = performance.now();
      waiting = event;
      if (now - last < PROGRESS_EVERY) return;
      last = now;
    } else if (waiting && event.event !== 'failed') {
      // The last figures of a phase are shown as soon as the next window is open, or not at all: ten a second is the promise.
      if (performance.now() - last >= PROGRESS_EVERY) report(waiting);
    }
    waiting = undefined;
    report(event);
  };
}

function jsonReporter(io: Io): (event: JobEventBody) => void {
  return (event) =>
    io.stdout.write(`${JSON.stringify({ v: 1, time: new Date().toISOString(), ...event })}\n`);
}

function textReporter(io: Io, say: Say): (event: JobEventBody) => void {
  const live = io.stderr.isTTY === true;
  // Erases the progress line that the cursor stands behind.
  const clear = live ? '\r\u001b[K' : '';
  return (event) => {
    if (event.event === 'progress') {
      if (!live) return;
      const phase = say(`cli-phase-${event.phase}`);
      const percent = event.totalBytes
        ? ` (${Math.floor((100 * event.bytesRead) / event.totalBytes)} %)`
        : '';
      io.stderr.write(
        `${clear}${phase} ${amount(event.bytesRead)}${percent}, ${say('cli-entries', { count: String(event.entries) })}`,
      );
    } else if (event.event === 'warning' || event.event === 'failed')
      io.stderr.write(`${clear}stowage: ${event.message}\n`);
    else if (event.event === 'kept') io.stderr.write(`${clear}${event.message}\n`);
    else if (event.event === 'done' && live) io.stderr.write(clear);
  };
}

/** Bytes for people, in powers of 1000. */
export function amount(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Lines with their columns set below each other. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
