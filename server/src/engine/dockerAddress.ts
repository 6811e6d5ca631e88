// Finds the Docker to talk to: what was written, else DOCKER_HOST, else the current context of the docker command, else the usual sockets.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from './port.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What dockerode is given. Every field is said, for it would take the missing ones from its own process's environment. */
export interface Connection {
  readonly socketPath: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly protocol: 'http' | 'https';
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** @throws EngineError unsupported for ways that are not built yet (ssh, contexts by name) */
export function findDocker(written: string | undefined, env: Environment): Connection {
  const address = written || env['DOCKER_HOST'] || contextHost(env) || usualSocket();
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(address) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { ...nothing, socketPath: rest };
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') return overTcp(scheme, rest, env);
  throw new EngineError(
    'unsupported',
    `Docker at "${address}" cannot be reached yet: write unix:///SOCKET or tcp://HOST:PORT`,
  );
}

const nothing: Connection = {
  socketPath: undefined,
  host: undefined,
  port: undefined,
  protocol: 'http',
  ca: undefined,
  cert: undefined,
  key: undefined,
};

/** TLS as the docker command takes it: DOCKER_TLS_VERIFY and the three files in DOCKER_CERT_PATH. */
function overTcp(scheme: string, rest: string, env: Environment): Connection {
  const { hostname, port } = new URL(`http://${rest}`);
  const secure = scheme === 'https' || Boolean(env['DOCKER_TLS_VERIFY']);
  const at = { ...nothing, host: hostname, port: port || (secure ? '2376' : '2375') };
  if (!secure) return at;
  const folder = env['DOCKER_CERT_PATH'] ?? join(homedir(), '.docker');
  const file = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { ...at, protocol: 'https', ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
}

/** The host of the current context; undefined where that is the default one. */
function contextHost(env: Environment): string | undefined {
  const folder = env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  const name = env['DOCKER_CONTEXT'] || textIn(join(folder, 'config.json'), ['currentContext']);
  if (name === undefined || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const host = textIn(join(folder, 'contexts', 'meta', id, 'meta.json'), ['Endpoints', 'docker', 'Host']);
  // Falling back to the default engine would show and change the volumes of another machine.
  if (host === undefined) throw new EngineError('not-found', `the docker context "${name}" cannot be read`);
  return host;
}

function textIn(path: string, keys: readonly string[]): string | undefined {
  if (!existsSync(path)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new EngineError('other', `${path} cannot be read as JSON`, { cause: error });
  }
  for (const key of keys)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function usualSocket(): string {
  if (process.platform === 'win32') return 'npipe:////./pipe/docker_engine';
  // Docker Desktop puts it into the home folder where it may not write /var/run.
  const desktop = join(homedir(), '.docker', 'run', 'docker.sock');
  return `unix://${!existsSync('/var/run/docker.sock') && existsSync(desktop) ? desktop : '/var/run/docker.sock'}`;
}
