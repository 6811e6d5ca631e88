// The job commands for tests: in this process with streams that are kept, or as a process of their own that can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Io } from '../../server/src/cli/io.ts';

type Command = 'backup' | 'restore' | 'verify' | 'volumes' | 'backups' | 'effective';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function kept(): { stream: Writable; text: () => string } {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => parts.join('') };
}

/** Runs a job command in this process. */
export async function stowage(
  command: Command,
  args: string[],
  { env = {}, signal = new AbortController().signal }: Partial<Io> = {},
): Promise<Outcome> {
  const [stdout, stderr] = [kept(), kept()];
  const { run } = await import(`../../server/src/cli/${command}.ts`);
  const code = await run(args, { stdout: stdout.stream, stderr: stderr.stream, env, signal });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Starts a job command as a process of its own. */
export function startStowage(command: Command, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const main = join(import.meta.dirname, '../../server/src/cli/main.ts');
  return spawn(process.execPath, [main, command, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
