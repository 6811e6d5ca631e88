// Docker by its API, through dockerode. Volumes are read and written by the archive API of a helper container; every helper is removed again.
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { TarError } from '../tar/header.ts';
import { mapTar } from '../tar/map.ts';
import { archiveName, below, plainName } from '../tar/names.ts';
import { type Environment, findDocker } from './dockerAddress.ts';
import { dockerEvents } from './dockerEvents.ts';
import { HELPER_LABEL, type Helper, MOUNT, makeHelper } from './dockerHelper.ts';
import { type Engine, EngineError, type EngineState, type Reason, type User, type Volume } from './port.ts';

/** An engine that hangs longer than this at a plain question is down, in milliseconds. */
const PATIENCE = 15_000;

/** The engine `docker` or `docker=ADDRESS`. @throws EngineError unsupported, not-found where the address is none */
export function openDocker(address: string | undefined, env: Environment): Engine {
  const docker = new Docker(findDocker(address, env));
  const helpers = new Set<Helper>();
  const inspect = async (volume: string): Promise<Volume> => {
    const found = await docker.getVolume(volume).inspect();
    return toVolume(found, (await usersByVolume(docker)).get(volume) ?? []);
  };
  const help = async (volume: string, mode: 'ro' | 'rw'): Promise<Helper> => {
    await refusePodman(docker);
    // Docker would create a volume that is not there.
    await docker.getVolume(volume).inspect();
    const helper = await makeHelper(docker, volume, mode);
    helpers.add(helper);
    return helper;
  };
  const release = async (helper: Helper) => {
    await helper.remove();
    helpers.delete(helper);
  };
  return {
    id: address === undefined ? 'docker' : `docker=${address}`,
    kind: 'docker',
    can: new Set(['events', 'users', 'create', 'remove', 'read', 'write']),
    // The archive API's own limits (moby, pkg/archive); sockets are passed over without a word.
    loses: ['xattrs', 'acls', 'sub-second-times', 'sparse', 'sockets'],
    probe: () => probe(docker),
    list: () => translated(list(docker)),
    inspect: (volume) => translated(inspect(volume)),
    watch: (signal) => watch(docker, signal),
    create: ({ name, driver, options, labels }) =>
      translated(createVolume(docker, { Name: name, Driver: driver, DriverOpts: options, Labels: labels })),
    remove: (volume) => translated(docker.getVolume(volume).remove()),
    read: async (volume, signal) => {
      const helper = await translated(help(volume, 'ro'));
      const parts = readArchive(helper, signal, () => release(helper));
      return Readable.from(parts, { objectMode: false });
    },
    write: (volume, tar, signal) =>
      translated(
        (async () => {
          const helper = await help(volume, 'rw');
          try {
            await writeArchive(helper, tar, signal);
          } finally {
            await release(helper);
          }
        })(),
      ),
    close: async () => {
      for (const helper of helpers) await translated(release(helper));
    },
  };
}

async function probe(docker: Docker): Promise<EngineState> {
  try {
    const { Version, Components } = await soon(docker.version());
    const product = isPodman(Components) ? 'Podman' : 'Docker';
    return { state: 'ready', version: Version, product, ...told(await soon(docker.info())) };
  } catch (error) {
    const { reason, message } = translate(error);
    return { state: 'down', reason, detail: message };
  }
}

/** The part of `docker info` that is read here; an older engine, or Podman, leaves parts out. */
interface Info {
  readonly Driver?: string;
  readonly DockerRootDir?: string;
  readonly OSType?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Containers?: number;
  readonly Images?: number;
}

function told({ Driver, DockerRootDir, OSType, SecurityOptions, Containers, Images }: Info) {
  return {
    ...(Driver !== undefined && { storageDriver: Driver }),
    ...(DockerRootDir !== undefined && { root: DockerRootDir }),
    ...((OSType === 'linux' || OSType === 'windows') && ({ platform: OSType } as const)),
    // "name=userns", and in time more behind a comma.
    usernsRemap: (SecurityOptions ?? []).some((option) => /^name=userns(,|$)/.test(option)),
    ...(Containers !== undefined && { containers: Containers }),
    ...(Images !== undefined && { images: Images }),
  };
}

/** The answer, or not-running where none comes in time. */
async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new EngineError('not-running', `Docker gave no answer in ${PATIENCE / 1000} seconds`);
    timer = setTimeout(() => reject(error), PATIENCE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Podman answers Docker's API too, but this way of reading gives every file to root without a word. */
async function refusePodman(docker: Docker): Promise<void> {
  const { Components } = await docker.version();
  if (isPodman(Components))
    throw new EngineError(
      'unsupported',
      'Podman answers here: its Docker API gives all files to root. Use `podman volume export` until Podman is supported',
    );
}

function isPodman(components: readonly { readonly Name: string }[] | undefined): boolean {
  return (components ?? []).some(({ Name }) => Name === 'Podman Engine');
}

async function list(docker: Docker): Promise<Volume[]> {
  const [{ Volumes }, users] = await Promise.all([docker.listVolumes(), usersByVolume(docker)]);
  return (Volumes ?? []).map((volume) => toVolume(volume, users.get(volume.Name) ?? []));
}

/** Docker's CreatedAt is left out: before 23.0 it is the time of the last change at the volume's root. */
function toVolume(volume: Docker.VolumeInspectInfo, usedBy: readonly User[]): Volume {
  return {
    name: volume.Name,
    driver: volume.Driver,
    options: volume.Options ?? {},
    labels: volume.Labels ?? {},
    mountpoint: volume.Mountpoint,
    usedBy,
  };
}

async function usersByVolume(docker: Docker): Promise<Map<string, User[]>> {
  const users = new Map<string, User[]>();
  for (const { Id, Names, State, Mounts, Labels } of await docker.listContainers({ all: true })) {
    if (HELPER_LABEL in (Labels ?? {})) continue;
    const name = (Names[0] ?? Id).replace(/^\//, '');
    for (const mount of Mounts ?? []) {
      if (mount.Type !== 'volume' || mount.Name === undefined) continue;
      users.set(mount.Name, [
        ...(users.get(mount.Name) ?? []),
        { id: Id, name, running: State === 'running' },
      ]);
    }
  }
  return users;
}

async function* watch(docker: Docker, signal: AbortSignal) {
  try {
    yield* dockerEvents(docker, signal);
  } catch (error) {
    if (!signal.aborted) throw translate(error);
  }
  if (!signal.aborted) throw new EngineError('not-running', 'Docker ended the stream of events');
}

/** Docker answers success for a volume that exists, with what it has: that must not pass for a new one. */
async function createVolume(
  docker: Docker,
  spec: Docker.VolumeCreateOptions & { Name: string },
): Promise<void> {
  const { Volumes } = await docker.listVolumes();
  if ((Volumes ?? []).some(({ Name }) => Name === spec.Name))
    throw new EngineError('exists', `a volume named "${spec.Name}" exists`);
  await docker.createVolume(spec);
}

async function* readArchive(
  helper: Helper,
  signal: AbortSignal,
  release: () => Promise<void>,
): AsyncGenerator<Buffer> {
  let stream: NodeJS.ReadableStream | undefined;
  try {
    stream = await helper.container.getArchive({ path: `/${MOUNT}`, abortSignal: signal });
    yield* mapTar(stream as AsyncIterable<Buffer>, (entry, name) => ({
      path: archiveName(below(name, MOUNT) ?? name, entry.type === 'directory'),
      link: entry.type === 'hard-link' ? (below(plainName(entry.link), MOUNT) ?? entry.link) : entry.link,
    }));
  } catch (error) {
    throw translate(error);
  } finally {
    // Docker holds the container's lock while the stream is open, and would keep us waiting.
    if (stream && 'destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    await release();
  }
}

/**
 * Put at `/` and not at the volume's own path: there Docker would pass over the root entry, and would lose the setuid bit
 * of files with hard links (20.10 looks the link's target up from `/`).
 */
async function writeArchive(helper: Helper, tar: Readable, signal: AbortSignal): Promise<void> {
  const placed = mapTar(tar as AsyncIterable<Buffer>, (entry, name) => ({
    path: archiveName(name === '' ? MOUNT : `${MOUNT}/${name}`, entry.type === 'directory'),
    link: entry.type === 'hard-link' ? `${MOUNT}/${plainName(entry.link)}` : entry.link,
  }));
  const body = Readable.from(placed, { objectMode: false });
  try {
    await helper.container.putArchive(body, { path: '/', abortSignal: signal });
  } finally {
    body.destroy();
  }
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof TarError) return new EngineError('truncated', error.message, { cause: error });
  if (!(error instanceof Error)) return new EngineError('other', String(error));
  return new EngineError(reasonOf(error), error.message.trim(), { cause: error });
}

function reasonOf(error: Error): Reason {
  if (error.name === 'AbortError') return 'cancelled';
  const code = 'code' in error ? error.code : undefined;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (code === 'ENOENT') return 'not-installed';
  if (code === 'EACCES' || code === 'EPERM' || status === 403) return 'denied';
  if (typeof code === 'string' && /^E(CONN|HOST|NET|TIMEDOUT|PIPE|AI_)/.test(code)) return 'not-running';
  if (code === 'ENOTFOUND') return 'not-running';
  if (status === 404) return 'not-found';
  if (status === 409) return 'in-use';
  return /no space left/i.test(error.message) ? 'no-space' : 'other';
}
