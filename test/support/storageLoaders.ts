// The programs that read storage.conf, as judges of files: Podman 4.3 of Debian 12 (containers/storage 1.43), and of a Debian
// sid tree (`.ci/engines` makes it) Podman 5.8 (1.64) and Skopeo (1.62). Every file meets a machine of its own: namespaces
// with empty folders in memory, gone when the program ends.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sidTree } from './sidDocker.ts';

export interface LoaderVerdict {
  readonly refused: boolean;
  /** What the program printed, our file's name replaced by FILE. */
  readonly message: string;
  /** The keys that it says it did not decode, as it writes them; undefined where it says nothing of keys. */
  readonly undecoded: readonly string[] | undefined;
}

export interface StorageLoader {
  /** As in `Podman 4.3.1`. */
  readonly name: string;
  /** The version of containers/storage in it. */
  readonly storage: string;
  /** A verdict for each file, in their order. */
  judge(files: readonly (string | Uint8Array)[]): Promise<LoaderVerdict[]>;
}

/** The loaders of this machine; one line for each that is missing, which with STOWAGE_REQUIRE_ENGINES=1 is a failure. */
export function storageLoaders(): StorageLoader[] {
  return [oldPodman(), newPodman(), skopeo()].filter((one) => one !== undefined);
}

export function oldPodman(): StorageLoader | undefined {
  const version = ask('/', ['podman', '--version']);
  if (version === undefined) return leftOut('Podman 4.3', 'no podman on this machine');
  if (!version.startsWith('4.3.')) return leftOut('Podman 4.3', `this machine has ${version}`);
  return loader('/', { name: `Podman ${version}`, storage: '1.43', tellsKeys: true }, images);
}

/** Podman reads its configuration before it looks at --log-level, so the debug line about unknown keys is never seen. */
export function newPodman(): StorageLoader | undefined {
  const version = ask(sidTree, ['podman', '--version']);
  const storage = ask(sidTree, ['dpkg-query', '-W', 'containers-storage']);
  if (version === undefined || storage === undefined) return leftOut('Podman 5.8', 'none in the sid tree');
  return loader(sidTree, { name: `Podman ${version}`, storage, tellsKeys: false }, images);
}

/** Skopeo says at debug level what it did not decode: as a warning up to containers/storage 1.62, afterwards as a debug line. */
export function skopeo(): StorageLoader | undefined {
  const version = ask(sidTree, ['skopeo', '--version']);
  if (version === undefined) return leftOut('Skopeo', 'none in the sid tree');
  const name = `Skopeo ${version}`;
  const inspect = ['skopeo', '--debug', 'inspect', `containers-storage:${noImage}`];
  return loader(sidTree, { name, storage: '1.62', tellsKeys: true }, inspect);
}

/** Opens the store, and does no more. */
const images = ['podman', 'images', '--quiet'];

/** Nothing of that name is in an empty store: the program fails for its sake when everything before went well. */
const noImage = 'stowage-none';

function leftOut(what: string, why: string): undefined {
  assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', `${what}: ${why}`);
  console.log(`left out: verdicts of ${what} on storage.conf (${why})`);
  return undefined;
}

/** The first version number that a program prints; undefined where it does not run here. Podman needs /proc for it. */
function ask(root: string, command: readonly string[]): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync(root)) return undefined;
  const script = 'mount -t proc proc "$1/proc"; exec chroot "$@"';
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', root, ...command];
  const { stdout } = spawnSync('unshare', args, { encoding: 'utf8' });
  return /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0];
}

function loader(
  root: string,
  { tellsKeys, ...about }: Omit<StorageLoader, 'judge'> & { readonly tellsKeys: boolean },
  command: readonly string[],
): StorageLoader {
  return {
    ...about,
    async judge(files) {
      const folder = mkdtempSync(join(tmpdir(), 'stowage-storage-'));
      for (const [index, text] of files.entries()) writeFileSync(join(folder, `${index}.conf`), text);
      try {
        await runAll(root, folder, files.length, command);
        return files.map((_, index) => read(folder, index, tellsKeys));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Once for all files: the tree as root, nothing of it to be written to. Then for each file: empty folders in memory where
 * programs and files want to write. Mounts that a driver leaves go with the namespace.
 */
const setUp = `set -eu
root=$1 folder=$2 last=$3
shift 3
cd "$root"
if [ "$root" != / ]; then
  mount --bind "$root" "$root"
  cd "$root"
  mount --rbind /sys sys
  mount --rbind /dev dev
fi
mount --bind "$folder" mnt
mount -t proc proc proc
if [ "$root" != / ]; then
  mount -t tmpfs tmpfs tmp
  mkdir tmp/old
  pivot_root . tmp/old
  umount -l /tmp/old
fi
mount -o remount,bind,ro /
cd /
seq 0 "$last" | xargs -P 2 -I {} unshare --mount --propagation private sh -c "$one" sh {} "$@"`;

const one = `number=$1
shift
for place in /run /tmp /root /var/tmp /var/lib /etc/containers; do
  [ ! -d $place ] || mount -t tmpfs tmpfs $place || exit 70
done
mkdir -p /tmp/store
cd /tmp
export CONTAINERS_STORAGE_CONF=/mnt/$number.conf
"$@" </dev/null >/mnt/$number.said 2>&1
echo $? >/mnt/$number.code`;

/** Nothing of the caller's surroundings has a say in a verdict. For a short run of a Go program the rest takes a third less time. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  PODMAN_IGNORE_CGROUPSV1_WARNING: '1',
  GOMAXPROCS: '1',
  GOGC: 'off',
};

function runAll(root: string, folder: string, count: number, command: readonly string[]): Promise<void> {
  const namespaces = ['--mount', '--pid', '--net', '--fork', '--kill-child', '--propagation', 'private'];
  const args = [...namespaces, 'sh', '-c', setUp, 'sh', root, folder, String(count - 1), ...command];
  return new Promise((resolve, reject) => {
    const run = spawn('unshare', args, {
      env: { ...environment, one },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    run.stderr.on('data', (part: Buffer) => {
      said += String(part);
    });
    run.once('error', reject);
    run.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`judging failed: ${said}`))));
  });
}

function read(folder: string, index: number, tellsKeys: boolean): LoaderVerdict {
  const code = Number(readFileSync(join(folder, `${index}.code`), 'utf8'));
  const message = readFileSync(join(folder, `${index}.said`), 'utf8')
    .replaceAll(`/mnt/${index}.conf`, 'FILE')
    .replaceAll(/^time="[^"]*" /gm, '')
    .trim();
  const opened = code === 0 || message.includes(`library/${noImage}:latest\\" does not resolve`);
  return { refused: !opened, message, undecoded: tellsKeys ? undecoded(message) : undefined };
}

/** The list in `Failed to decode the keys ["a" "b.c"] from`, which stands in quotes of Go itself. */
function undecoded(message: string): string[] {
  const quoted = /msg=("Failed to decode the keys \[(?:[^"\\]|\\.)*\] from (?:[^"\\]|\\.)*")/.exec(
    message,
  )?.[1];
  if (quoted === undefined) return [];
  const list = /\[(.*)\] from /s.exec(unquote(quoted))?.[1] ?? '';
  return [...list.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([name]) => unquote(name));
}

/** A string as Go's %q writes it: JSON's, and a few escapes more. */
function unquote(text: string): string {
  const short: Readonly<Record<string, string>> = { a: '\\u0007', v: '\\u000b' };
  return JSON.parse(
    text.replace(/\\(?:x([\da-f]{2})|U([\da-f]{8})|(.))/gs, (all, byte, code, other) => {
      if (byte !== undefined) return `\\u00${byte}`;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return short[other] ?? all;
    }),
  );
}
