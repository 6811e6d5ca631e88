// Turns what is written after `--engine` into an engine. Opening connects to nothing yet; probe() tells whether it answers.
import { openFolder } from './folder.ts';
import { type Engine, EngineError } from './port.ts';

/** The engine of an address; without one, the Docker that the environment names. @throws EngineError unsupported */
export async function openEngine(
  address: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Engine> {
  const [kind, rest] = split(address ?? 'docker');
  if (kind === 'folder') {
    if (rest === undefined || rest === '') throw refused('folder needs a path: folder=PATH');
    return openFolder(rest);
  }
  // Loaded only when asked for: the folder engine and the checks must not pay for it.
  if (kind === 'docker') return (await import('./docker.ts')).openDocker(rest, env);
  if (kind === 'podman' || kind === 'kubernetes')
    throw refused(`${kind} is not supported yet; docker and folder=PATH are`);
  throw refused(
    `no engine is called "${kind}"; write docker, docker=unix:///SOCKET, docker=tcp://HOST:PORT or folder=PATH`,
  );
}

function split(address: string): [string, string | undefined] {
  const equals = address.indexOf('=');
  return equals < 0 ? [address, undefined] : [address.slice(0, equals), address.slice(equals + 1)];
}

function refused(message: string): EngineError {
  return new EngineError('unsupported', message);
}
