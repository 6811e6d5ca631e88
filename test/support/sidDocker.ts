// The dockerd of a Debian sid tree (`.ci/engines` makes it): its own verdict on a daemon.json, many a second.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Where `.ci/engines` puts the tree. */
export const sidTree =
  process.env['STOWAGE_SID'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stowage', 'sid');

/** Nothing of the caller's surroundings (proxies, certificates, API versions) has a say in a verdict. */
export const bareEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

export interface Verdict {
  readonly ok: boolean;
  /** What dockerd printed, without the name of our temporary file. */
  readonly message: string;
}

export interface SidDocker {
  /** As in `28.5.2`. */
  readonly version: string;
  /** What `dockerd --validate` says of a file with this content. */
  validate(content: string | Uint8Array): Promise<Verdict>;
  close(): void;
}

/** The tree's dockerd, or one line that says why not and undefined; with STOWAGE_REQUIRE_ENGINES=1 that is a failure. */
export async function sidDocker(): Promise<SidDocker | undefined> {
  const version = await sidVersion();
  if (version === undefined) return undefined;
  const folder = mkdtempSync(join(sidTree, 'tmp', 'stowage-'));
  let count = 0;
  const atOnce = limited(3);
  return {
    version,
    validate: (content) =>
      atOnce(async () => {
        count += 1;
        const file = join(folder, `${count}.json`);
        writeFileSync(file, content);
        const inTree = `/tmp/${basename(folder)}/${count}.json`;
        const { ok, said } = await run('chroot', [sidTree, 'dockerd', '--validate', '--config-file', inTree]);
        unlinkSync(file);
        return { ok, message: said.replaceAll(inTree, 'FILE').trim() };
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The version of the tree's dockerd; undefined, with the same line as above, where there is none. */
export async function sidVersion(): Promise<string | undefined> {
  if (!existsSync(join(sidTree, 'usr/sbin/dockerd')))
    return leftOut('no tree of Debian sid, .ci/engines makes one');
  if (process.getuid?.() !== 0) return leftOut('chroot needs root');
  const { said } = await run('chroot', [sidTree, 'dockerd', '--version']);
  return /\d+\.\d+\.\d+/.exec(said)?.[0] ?? leftOut(`dockerd of the tree does not run: ${said}`);
}

function leftOut(why: string): undefined {
  assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', why);
  console.log(`left out: tests on Docker of Debian sid (${why})`);
  return undefined;
}

function run(program: string, args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env: bareEnvironment }, (error, stdout, stderr) => {
      resolve({ ok: error === null, said: stdout + stderr });
    });
  });
}

/** Runs what it is given, never more than `most` at a time. */
function limited(most: number): <T>(job: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
