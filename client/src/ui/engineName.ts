// How an engine is called in the tree and in questions.
import { basename } from 'node:path';
import type { Engine } from '../../../server/src/engine/port.ts';

/** `Docker`, `Docker (ssh://host)`, or a folder's own name. */
export function engineName({ id, kind }: Engine): string {
  const equals = id.indexOf('=');
  const address = equals < 0 ? '' : id.slice(equals + 1);
  if (kind === 'folder') return basename(address) || address;
  const name = kind === 'docker' ? 'Docker' : 'Podman';
  const usual = address === '' || address.endsWith('/docker.sock');
  return usual ? name : `${name} (${address})`;
}
