// The dockerd of a Debian sid tree (`.ci/engines` makes it): its own verdict on a daemon.json, many a second.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Where `.ci/engines` puts the tree. */
export const sidTree =
  process.env['STOWAGE_SID'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stowage', 'sid');

/** Nothing of the caller's surroundings (proxies, certificates, API versions) has a say in a verdict. */
const bareEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

/** For a Go program that ends at once: no second thread, no collecting of garbage; a third less time. */
const brief = { GOMAXPROCS: '1', GOGC: 'off' };

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
  console.log(`left out: tests on other versions of Docker (${why})`);
  return undefined;
}

function run(program: string, args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...bareEnvironment, ...brief } }, (error, stdout, stderr) => {
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

/** Makes a daemon end when the test process does, however that ends (util-linux). */
const mortal = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];

/**
 * Runs as the first process of namespaces of its own: what is mounted or started below is gone when it is. All that the
 * daemon writes lies under /run, in memory.
 */
const script = `set -eu
root=$1 conf=$2
shift 2
cd "$root"
if [ "$root" != / ]; then
  mount --bind "$root" "$root"
  cd "$root"
  mount --rbind /sys sys
  mount --rbind /dev dev
  mount -t tmpfs tmpfs tmp
fi
mount -t proc proc proc
text=$(mktemp -p /dev/shm)
cp "$conf" "$text"
mount -t tmpfs tmpfs run
mv "$text" run/daemon.json
[ ! -d etc/docker ] || mount -t tmpfs tmpfs etc/docker
if [ "$root" != / ]; then
  mkdir tmp/old
  pivot_root . tmp/old
  umount -l /tmp/old
fi
cd /
exec dockerd --config-file /run/daemon.json "$@"`;

/** What keeps a daemon to itself; a key that the file sets too is refused as a flag. */
const flags: readonly (readonly [flag: string, ...unlessTheFileSets: string[]])[] = [
  ['--data-root=/run/data', 'data-root'],
  ['--exec-root=/run/exec', 'exec-root'],
  ['--pidfile=/run/pid', 'pidfile'],
  ['--host=unix:///run/docker.sock', 'hosts'],
  ['--iptables=false', 'iptables'],
  ['--ip6tables=false', 'ip6tables'],
  ['--ip-masq=false', 'ip-masq'],
  ['--bridge=none', 'bridge', 'bip', 'bip6', 'fixed-cidr', 'fixed-cidr-v6', 'default-address-pools'],
];

export interface Start {
  /** Whether it came as far as to listen for requests. */
  readonly started: boolean;
  readonly log: string;
}

/** Starts the tree's dockerd with this file, looks how far it comes, and ends it. */
export function startDockerd(text: string, { timeout = 60_000 } = {}): Promise<Start> {
  return start(sidTree, text, timeout);
}

/** The same with the dockerd of this machine. */
export function startHostDockerd(text: string, { timeout = 60_000 } = {}): Promise<Start> {
  return start('/', text, timeout);
}

const oneStart = limited(2);

function start(root: string, text: string, timeout: number): Promise<Start> {
  return oneStart(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-start-'));
    const file = join(folder, 'daemon.json');
    writeFileSync(file, text);
    const keys = Object.keys(JSON.parse(text));
    const own = flags.flatMap(([flag, ...set]) => (set.some((key) => keys.includes(key)) ? [] : [flag]));
    const namespaces = ['--mount', '--pid', '--net', '--fork', '--kill-child', '--propagation', 'private'];
    const command = [...mortal, 'unshare', ...namespaces, 'sh', '-c', script, 'sh', root, file, ...own];
    const daemon = spawn(command[0] ?? 'unshare', command.slice(1), {
      env: bareEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    let started = false;
    // The first process of the namespaces takes all others with it, and unshare, which waits for it, ends too.
    const end = () => {
      for (const child of childrenOf(daemon.pid)) process.kill(child, 'SIGKILL');
    };
    const timer = setTimeout(end, timeout);
    daemon.stderr.on('data', (chunk: Buffer) => {
      log += String(chunk);
      if (!log.includes('API listen on')) return;
      started = true;
      end();
    });
    // Closed is the log when the last process that could write to it is gone.
    await new Promise<void>((resolve) => daemon.once('close', () => resolve()));
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
    return { started, log };
  });
}

function childrenOf(pid: number | undefined): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

/** The version of this machine's dockerd where it is the old one that Debian 12 has, or undefined and a line that says so. */
export async function hostVersion(): Promise<string | undefined> {
  if (!existsSync('/usr/sbin/dockerd')) return leftOut('no dockerd on this machine');
  if (process.getuid?.() !== 0) return leftOut('dockerd needs root');
  const { said } = await run('dockerd', ['--version']);
  const version = /\d+\.\d+\.\d+/.exec(said)?.[0];
  return version?.startsWith('20.10.') ? version : leftOut(`this machine has dockerd ${version}, not 20.10`);
}
