// What a command of the tool may touch: two streams, the environment, and the signal that cancels it.
import type { Writable } from 'node:stream';

export interface Io {
  readonly stdout: Writable;
  /** `isTTY` where a person watches: only then progress is shown. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The language that the environment asks for, as POSIX ranks its variables. */
export function languageOf(env: Io['env']): string | undefined {
  return env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
}
