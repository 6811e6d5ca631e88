// Helper containers: created, never started, of an image without any files, so that nothing is pulled and no program runs.
// Docker reads and writes the volume that hangs in one through its archive API. Helpers of jobs that died are swept.
import { hostname } from 'node:os';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { EngineError } from './port.ts';

/** Marks our containers; its value names the job that made it. */
export const HELPER_LABEL = 'io.stowage.helper';
/** Marks our image. Another label, for containers inherit those of their image. */
export const IMAGE_LABEL = 'io.stowage.image';
/** Where the volume hangs in the helper. */
export const MOUNT = 'v';

const IMAGE = { repo: 'stowage-empty', tag: '1' };

export interface Helper {
  readonly container: Docker.Container;
  remove(): Promise<void>;
}

/** Makes a helper that holds the volume. Naming a volume that does not exist would create it: the caller has looked. */
export async function makeHelper(docker: Docker, volume: string, mode: 'ro' | 'rw'): Promise<Helper> {
  await sweepHelpers(docker);
  const container = await docker.createContainer({
    Image: await emptyImage(docker),
    // Never run; Docker wants one to be named.
    Cmd: ['none'],
    Labels: { [HELPER_LABEL]: JSON.stringify({ pid: process.pid, host: hostname() }) },
    NetworkDisabled: true,
    HostConfig: { Binds: [`${volume}:/${MOUNT}:${mode},nocopy`], NetworkMode: 'none' },
  });
  return { container, remove: () => removeHelper(container) };
}

/** The id of the image without files, imported from an empty tar where it is not there yet. */
async function emptyImage(docker: Docker): Promise<string> {
  const name = `${IMAGE.repo}:${IMAGE.tag}`;
  const [found] = await docker.listImages({ filters: { reference: [name], label: [IMAGE_LABEL] } });
  if (found) return found.Id;
  const changes = [`LABEL ${IMAGE_LABEL}=empty`];
  const answer = await docker.importImage(Readable.from([Buffer.alloc(1024)]), { ...IMAGE, changes });
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  const id = /"status"\s*:\s*"(sha256:[0-9a-f]{64})"/.exec(text)?.[1];
  if (id === undefined) throw new EngineError('other', `Docker did not take the empty image: ${text.trim()}`);
  return id;
}

/** Removes helpers whose job is dead. Those of living jobs and of other machines are let alone. */
async function sweepHelpers(docker: Docker): Promise<void> {
  const helpers = await docker.listContainers({ all: true, filters: { label: [HELPER_LABEL] } });
  for (const { Id, Labels, State } of helpers)
    if (State === 'created' && jobIsDead(Labels[HELPER_LABEL] ?? ''))
      await removeHelper(docker.getContainer(Id));
}

async function removeHelper(container: Docker.Container): Promise<void> {
  try {
    // Not the volumes: only anonymous ones would go, and a helper has none.
    await container.remove({ force: true, v: false });
  } catch (error) {
    const code = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    // Gone already, or another job is removing it now.
    if (code !== 404 && code !== 409) throw error;
  }
}

function jobIsDead(label: string): boolean {
  try {
    const { pid, host }: { pid?: unknown; host?: unknown } = JSON.parse(label);
    if (host !== hostname() || typeof pid !== 'number') return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
