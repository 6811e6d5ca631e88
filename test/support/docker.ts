// A Docker of our own for tests: its data in a temporary folder, no network, gone afterwards.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PrivateDocker {
  /** As `--engine` takes it. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Makes the daemon end when the test process does, however that ends (util-linux). */
const mortal = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM'] : [];

/** Starts a Docker, or says in one line why not and gives undefined; with STOWAGE_REQUIRE_ENGINES=1 that is a failure. */
export async function startDocker(): Promise<PrivateDocker | undefined> {
  const program = ['/usr/sbin/dockerd', '/usr/bin/dockerd', '/usr/local/bin/dockerd'].find((path) =>
    existsSync(path),
  );
  if (program === undefined) return leftOut('dockerd is not installed');
  if (process.getuid?.() !== 0) return leftOut('dockerd needs root');
  const folder = await mkdtemp(join(tmpdir(), 'stowage-docker-'));
  const socket = join(folder, 'docker.sock');
  const options = ['--iptables=false', '--ip-masq=false', '--bridge=none', '--pidfile', join(folder, 'pid')];
  const places = [
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    join(folder, 'exec'),
    '-H',
    `unix://${socket}`,
  ];
  const log: string[] = [];
  const command = [...mortal, program, ...places, ...options];
  const daemon = spawn(command[0] ?? program, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  daemon.stderr.on('data', (chunk: Buffer) => log.push(String(chunk)));
  const ended = new Promise<void>((resolve) => daemon.once('close', () => resolve()));
  const stop = async () => {
    daemon.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300 && daemon.exitCode === null; tries += 1) {
    if (await answers(socket)) return { address: `docker=unix://${socket}`, stop };
    await sleep(200);
  }
  await stop();
  return leftOut(`dockerd did not start: ${log.join('').trim().split('\n').at(-1) ?? ''}`);
}

function leftOut(why: string): undefined {
  assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', why);
  console.log(`left out: tests on a real Docker (${why})`);
  return undefined;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}

/** Whether this process may give files away and make devices. */
export const isRoot = process.getuid?.() === 0;

/** Whether the long runs are asked for. */
export const soak = process.env['STOWAGE_SOAK'] === '1';
