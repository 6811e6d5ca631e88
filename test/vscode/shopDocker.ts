// A private Docker with the volumes of a small shop, so that the tree has something real to show.
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import { type PrivateDocker, startDocker } from '../support/docker.ts';

const volumes: { Name: string; Labels: Record<string, string>; user: string | undefined }[] = [
  {
    Name: 'shop_redis',
    Labels: { 'com.docker.compose.project': 'shop', tier: 'cache' },
    user: 'shop-redis-1',
  },
  { Name: 'shop_search', Labels: { 'com.docker.compose.project': 'shop' }, user: 'shop-search-1' },
  { Name: 'shop_media', Labels: { 'com.docker.compose.project': 'shop' }, user: undefined },
];

/** The Docker, or undefined where none can be started here, which it has said in one line. Containers are created and never run. */
export async function startShopDocker(): Promise<PrivateDocker | undefined> {
  const started = await startDocker();
  if (started === undefined) return undefined;
  const docker = new Docker({ socketPath: started.address.replace('docker=unix://', '') });
  const imported = await docker.importImage(Readable.from([Buffer.alloc(1024)]), { repo: 'shop', tag: '1' });
  for await (const _ of imported);
  for (const { user, ...volume } of volumes) {
    await docker.createVolume(volume);
    if (user === undefined) continue;
    const HostConfig = { Binds: [`${volume.Name}:/data`], NetworkMode: 'none' };
    await docker.createContainer({ name: user, Image: 'shop:1', Cmd: ['none'], HostConfig });
  }
  return started;
}
