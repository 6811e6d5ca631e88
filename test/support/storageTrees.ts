// What real programs make of a tree of configuration files of containers/storage: containers-storage and Skopeo of a Debian
// sid tree (`.ci/engines` makes it), and Podman 4.3 of Debian 12. Each run has mounts of its own, which go with it.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by path below /etc/containers, /usr/share/containers and the home directory. */
export interface StorageTree {
  readonly uid: number;
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** The home directory in a tree: in every system there is a folder of this name. */
export const home = '/mnt';

export interface Told {
  /** What the program says where it stops before it has a configuration. */
  readonly refusal?: string;
  readonly graphroot?: string;
  readonly runroot?: string;
  readonly driver?: string;
  readonly options?: readonly string[];
  readonly pull?: Readonly<Record<string, string>>;
}

export interface TreeLoader {
  readonly name: string;
  /** Of containers/storage. */
  readonly version: string;
  /** It tells nothing where the driver does not take its options. */
  readonly opens: boolean;
  load(tree: StorageTree): Promise<Told>;
}

const sidTree =
  process.env['STOWAGE_SID'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stowage', 'sid');

/** The programs that are here; a line for each that is not, which with STOWAGE_REQUIRE_ENGINES=1 is a failure. */
export function treeLoaders(): TreeLoader[] {
  return [containersStorage(), skopeo(), podman()].filter((one) => one !== undefined);
}

function containersStorage(): TreeLoader | undefined {
  const version = versionOf(sidTree, 'dpkg-query', '-W', 'containers-storage');
  if (version === undefined) return leftOut('containers-storage of the sid tree');
  const command = ['containers-storage', '-D', 'config'];
  return loader(
    sidTree,
    { name: 'containers-storage', version, opens: false },
    command,
    ({ code, said, out }) => {
      const line = (label: string) => new RegExp(`msg="${label}: (.*)"$`, 'm').exec(said)?.[1];
      const graphroot = line('Root');
      // It goes on to print empty lines where the configuration is refused.
      if (!graphroot) return { refusal: said };
      const pull: Record<string, string> | undefined =
        code === 0 ? (JSON.parse(out).PullOptions ?? {}) : undefined;
      return {
        graphroot,
        runroot: line('Run Root') ?? '',
        driver: line('Driver Name') ?? '',
        options:
          line('Driver Options')
            ?.slice(1, -1)
            .split(' ')
            .filter((one) => one !== '') ?? [],
        ...(pull && { pull }),
      };
    },
  );
}

/** Skopeo names the whole store when it does not find an image in it. */
function skopeo(): TreeLoader | undefined {
  if (versionOf(sidTree, 'skopeo', '--version') === undefined) return leftOut('Skopeo of the sid tree');
  const command = ['skopeo', 'inspect', 'containers-storage:none'];
  return loader(sidTree, { name: 'Skopeo', version: '1.62', opens: true }, command, ({ said }) => {
    const found = /\[(\w*)@([^+\]]*)\+([^:\]]*)(?::([^\]]*))?\]docker\.io/.exec(said);
    if (found === null) return { refusal: said };
    const [, driver = '', graphroot = '', runroot = '', options = ''] = found;
    return { driver, graphroot, runroot, options: options === '' ? [] : options.split(',') };
  });
}

function podman(): TreeLoader | undefined {
  if (versionOf('/', 'podman', '--version')?.startsWith('4.3.') !== true) return leftOut('Podman 4.3');
  const command = ['podman', '--cgroup-manager', 'cgroupfs', 'info', '--format', 'json'];
  return loader('/', { name: 'Podman', version: '1.43', opens: true }, command, ({ code, said, out }) => {
    if (code !== 0) return { refusal: said };
    const { store } = JSON.parse(out);
    const options = Object.entries<string | { Executable: string }>(store.graphOptions ?? {});
    return {
      driver: store.graphDriverName,
      graphroot: store.graphRoot,
      runroot: store.runRoot,
      options: options.map(
        ([key, value]) => `${key}=${typeof value === 'string' ? value : value.Executable}`,
      ),
    };
  });
}

function leftOut(what: string): undefined {
  assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', `${what} is missing`);
  console.log(`left out: trees of storage.conf as ${what} reads them (it is not here, or this is not root)`);
  return undefined;
}

/** The first version number that a program of a root prints. */
function versionOf(root: string, ...command: string[]): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync(root)) return undefined;
  const { stdout } = spawnSync('unshare', [...spaces, 'sh', '-c', asking, 'sh', root, ...command], {
    encoding: 'utf8',
    env: bare,
  });
  return /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0];
}

const spaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child'];
const bare = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  GOMAXPROCS: '1',
  GOGC: 'off',
};

const asking = 'mount -t proc proc "$1/proc"; exec chroot "$@"';

/** Our three folders over those of the root, everything that is written in memory. */
const script = `set -eu
root=\${1%/} tree=$2
shift 2
mount --bind "$tree/etc/containers" "$root/etc/containers"
mount --bind "$tree/usr/share/containers" "$root/usr/share/containers"
mount --bind "$tree/mnt" "$root/mnt"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/var/lib"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/run/user/1000" "$root/tmp/a" "$root/tmp/b" "$root/tmp/c"
cd /
exec chroot "\${root:-/}" env -i "$@"`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/**
 * As the programs are once they have made a user namespace for somebody without root: root in it, with the user's number in
 * a variable (storage/pkg/unshare).
 */
const inNamespace = { _CONTAINERS_USERNS_CONFIGURED: 'done', _CONTAINERS_ROOTLESS_UID: '1000' };

function loader(
  root: string,
  about: Pick<TreeLoader, 'name' | 'version' | 'opens'>,
  command: readonly string[],
  read: (ended: Ended) => Told,
): TreeLoader {
  return {
    ...about,
    async load({ uid, files, env }) {
      const folder = mkdtempSync(join(tmpdir(), 'stowage-tree-'));
      chmodSync(folder, 0o755);
      for (const part of ['etc/containers', 'usr/share/containers', 'mnt'])
        mkdirSync(join(folder, part), { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const all = { ...bare, HOME: home, ...(uid === 0 ? {} : inNamespace), ...env };
      const set = Object.entries(all).map(([name, value]) => `${name}=${value}`);
      const args = [...spaces, 'sh', '-c', script, 'sh', root, folder, ...set, ...command];
      try {
        return read(await ended(args));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function ended(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile('unshare', args, { env: bare }, (error, out, said) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, said });
    });
  });
}
