// The API server's own judgement of manifests: a Go program of ours around Kubernetes' code (test/oracle/kubernetes), built
// once into the cache folder and then asked line by line.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const sources = new URL('../oracle/kubernetes/', import.meta.url).pathname;
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stowage');

/** The Kubernetes that judges, from the program's go.mod. */
export const oracleVersion: string =
  /k8s\.io\/kubernetes v(\S+)/.exec(readFileSync(join(sources, 'go.mod'), 'utf8'))?.[1] ?? '';

export interface Cause {
  /** `FieldValueRequired` and its like; `Strict` for an unknown or repeated field, `Decode` for a value that cannot be read. */
  readonly type?: string;
  /** As the API server writes it: `spec.volumes[0].name`, `spec.capacity[storage]`. */
  readonly field: string;
  readonly message: string;
}

export interface K8sVerdict {
  readonly document: number;
  /** Its place in a list, -1 outside. */
  readonly item: number;
  readonly kind: string;
  /** How far it came. */
  readonly stage: 'syntax' | 'decode' | 'unserved' | 'strict' | 'validate' | 'ok' | 'panic';
  readonly errors?: readonly Cause[];
  readonly warnings?: readonly string[];
}

export interface K8sOracle {
  /** What becomes of every object of a text, as kubectl takes it apart. */
  judge(text: string): Promise<readonly K8sVerdict[]>;
  close(): void;
}

/** The program, running; or one line that says why not and undefined; with STOWAGE_REQUIRE_ENGINES=1 that is a failure. */
export function k8sOracle(): K8sOracle | undefined {
  const folder = built();
  if (folder === undefined) return undefined;
  const child = spawn(join(folder, 'oracle'), [join(folder, 'crd')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: { resolve(line: string): void; reject(why: Error): void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.once('close', (code) => {
    for (const one of waiting.splice(0)) one.reject(new Error(`the oracle ended with ${code}`));
  });
  return {
    judge: async (text) => {
      const line = await new Promise<string>((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(text)}\n`);
      });
      return JSON.parse(line) as readonly K8sVerdict[];
    },
    close: () => child.stdin.end(),
  };
}

/** A folder with the program and the snapshot kinds' definitions, made where it is not there yet. */
function built(): string | undefined {
  const files = readdirSync(sources).sort();
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update(readFileSync(join(sources, name)));
  const folder = join(cache, `k8s-oracle-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const go = ['go', join(cache, 'go', 'bin', 'go')].find(isNewEnough);
  if (go === undefined) return leftOut('no Go 1.21 or later, .ci/go brings it');
  mkdirSync(cache, { recursive: true });
  // Two tests may want it at once: the second waits for the first one's.
  const locked = spawnSync('flock', [`${folder}.lock`, process.execPath, import.meta.filename, folder, go], {
    encoding: 'utf8',
  });
  return existsSync(folder)
    ? folder
    : leftOut(`the program does not build: ${locked.stderr || locked.error}`);
}

function isNewEnough(go: string): boolean {
  const { stdout } = spawnSync(go, ['version'], { cwd: '/', encoding: 'utf8' });
  const minor = /go1\.(\d+)/.exec(stdout ?? '')?.[1];
  return minor !== undefined && Number(minor) >= 21;
}

/** Builds beside and renames, so that a folder with the right name is whole. */
function build(folder: string, go: string): void {
  if (existsSync(folder)) return;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial);
  const run = (args: readonly string[]) => execFileSync(go, args, { cwd: sources, encoding: 'utf8' });
  run(['build', '-buildvcs=false', '-p', '1', '-o', join(partial, 'oracle'), '.']);
  const client = 'github.com/kubernetes-csi/external-snapshotter/client/v8';
  const module = run(['list', '-m', '-f', '{{.Dir}}', client]).trim();
  mkdirSync(join(partial, 'crd'));
  for (const name of readdirSync(join(module, 'config/crd')).filter((one) => one.includes('snapshot')))
    cpSync(join(module, 'config/crd', name), join(partial, 'crd', name));
  renameSync(partial, folder);
}

function leftOut(why: string): undefined {
  assert.notEqual(process.env['STOWAGE_REQUIRE_ENGINES'], '1', why);
  console.log(`left out: the API server's judgement of manifests (${why})`);
  return undefined;
}

if (process.argv[1] === import.meta.filename) build(process.argv[2] ?? '', process.argv[3] ?? 'go');
