// The command `stowage`: finds the command that is asked for and runs it. Exit codes are each command's own.
import { isMainThread } from 'node:worker_threads';
import packageJson from '../../../package.json' with { type: 'json' };
import { wordsFor } from './arguments.ts';
import type { Io } from './io.ts';

type Run = (args: string[], io: Io) => Promise<number>;

/** Loaded when asked for: a check must not pay for what backups need. */
const commands: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  check: () => import('./check.ts'),
  format: () => import('./format.ts'),
  rules: () => import('./rules.ts'),
  explain: () => import('./explain.ts'),
  new: () => import('./new.ts'),
  effective: () => import('./effective.ts'),
  volumes: () => import('./volumes.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  verify: () => import('./verify.ts'),
  backups: () => import('./backups.ts'),
};

/** Commands that must come to their own end, whoever listens. */
const changing = new Set(['backup', 'restore']);

async function main(args: string[], io: Io): Promise<number> {
  const [name = '--help', ...rest] = args;
  const say = wordsFor(io);
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${packageJson.version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help' || rest.includes('--help')) {
    io.stdout.write(`${say('cli-help')}\n`);
    return args.length === 0 ? 2 : 0;
  }
  const command = commands[name];
  if (command === undefined) {
    io.stderr.write(`stowage: ${say('cli-unknown-command', { name })}\n`);
    return 2;
  }
  return (await command()).run(rest, io);
}

if (isMainThread) {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => abort.abort());
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that went away (`stowage rules | head`) is no mistake. A job goes on without one: it may hold a volume half written.
      if (!changing.has(process.argv[2] ?? '')) process.exit(error.code === 'EPIPE' ? 0 : 1);
    });
  const { stdout, stderr, env } = process;
  main(process.argv.slice(2), { stdout, stderr, env, signal: abort.signal }).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      stderr.write(`stowage: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    },
  );
} else {
  void import('./checkFile.ts').then(({ serveChecks }) => serveChecks());
}
