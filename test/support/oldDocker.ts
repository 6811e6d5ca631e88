// The machine's own dockerd, of Debian 12, as a judge of files: 20.10 has no --validate, but reads its file before it finds
// out that it is not root, so a start without rights says whether the file is taken. Nothing is started.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from './docker.ts';
import type { Verdict } from './sidDocker.ts';

export interface OldDocker {
  readonly version: string;
  validate(content: string | Uint8Array): Promise<Verdict>;
  close(): Promise<void>;
}

/** Says in one line why there is none; with STOWAGE_REQUIRE_ENGINES=1 that is a failure. */
export async function oldDocker(): Promise<OldDocker | undefined> {
  const version = /\d+\.\d+\.\d+/.exec(
    spawnSync('dockerd', ['--version'], { encoding: 'utf8' }).stdout ?? '',
  )?.[0];
  if (version === undefined || !version.startsWith('20.10.') || !isRoot) {
    const why = isRoot ? 'no dockerd 20.10 is installed' : 'rights to give up are needed';
    assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', why);
    console.log(`left out: verdicts of dockerd 20.10 (${why})`);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'stowage-old-docker-'));
  await chmod(folder, 0o755);
  let count = 0;
  return {
    version,
    close: () => rm(folder, { recursive: true }),
    async validate(content) {
      const file = join(folder, `${count++}.json`);
      await writeFile(file, content);
      const said = await start(file);
      const ok = said.includes('needs to be started with root') && !said.includes('unable to configure');
      return { ok, message: said.trim().split('\n').at(-1) ?? '' };
    },
  };
}

/** What it prints as it gives up, run as nobody. */
function start(file: string): Promise<string> {
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  const env = { ...process.env, HOME: tmpdir(), GOMAXPROCS: '1' };
  return new Promise((resolve, reject) => {
    const daemon = spawn('setpriv', [...nobody, 'dockerd', '--config-file', file], { env });
    const parts: string[] = [];
    daemon.stderr.on('data', (part: Buffer) => parts.push(String(part)));
    daemon.once('error', reject);
    daemon.once('close', () => resolve(parts.join('')));
  });
}
