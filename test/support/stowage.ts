// The job commands for tests: in this process with streams that are kept, or as a process of their own that can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../server/src/cli/io.ts';

const commands = ['backup', 'restore', 'verify', 'volumes', 'backups'] as const;
type Command = (typeof commands)[number];

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

async function dispatch(command: Command, args: string[], io: Io): Promise<number> {
  const { run } = await import(`../../server/src/cli/${command}.ts`);
  return run(args, io);
}

/** Runs a job command in this process. */
export async function stowage(
  command: Command,
  args: string[],
  { env = {}, signal = new AbortController().signal }: Partial<Io> = {},
): Promise<Outcome> {
  const [stdout, stderr] = [kept(), kept()];
  const code = await dispatch(command, args, { stdout: stdout.stream, stderr: stderr.stream, env, signal });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Starts a job command as a process of its own. */
export function startStowage(command: Command, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const self = fileURLToPath(import.meta.url);
  return spawn(process.execPath, [self, command, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
  const command = commands.find((name) => name === process.argv[2]);
  const io = { stdout: process.stdout, stderr: process.stderr, env: process.env, signal: abort.signal };
  process.exitCode = command ? await dispatch(command, process.argv.slice(3), io) : 2;
}
