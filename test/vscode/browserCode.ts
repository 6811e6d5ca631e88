#!/usr/bin/env node
// Stands in for the VS Code executable where VS Code cannot be downloaded: takes the arguments that @vscode/test-electron
// gives it, runs the suite in the VS Code server from npm with Chromium before it, and ends with the suite's exit code.
// STOWAGE_TEST_RESTRICTED=1 opens the folder untrusted. STOWAGE_TEST_ARTIFACTS is where pictures go.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import {
  fetchServer,
  freePort,
  type RunningServer,
  seedSettings,
  startServer,
} from '../../client/tools/vscode-server.ts';
import { chromiumPath } from './chromiumPath.ts';

/** Milliseconds after which a suite that never ends counts as failed. */
const patience = 240_000;
const artifacts = process.env['STOWAGE_TEST_ARTIFACTS'] ?? '';

function argument(name: string): string {
  const found = process.argv.find((text) => text.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`--${name} is missing`);
  return found.slice(name.length + 3);
}

async function main(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'stowage-vscode-'));
  seedSettings(data, { 'files.simpleDialog.enable': true });
  const server = await fetchServer(console.log);
  const restricted = process.env['STOWAGE_TEST_RESTRICTED'] === '1';
  const flags = ['--enable-smoke-test-driver', ...(restricted ? [] : ['--disable-workspace-trust'])];
  const running = await startServer(server, { data, port: await freePort(0), flags });
  try {
    return await inBrowser(running);
  } finally {
    await running.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inBrowser({ url, port }: RunningServer): Promise<number> {
  const folder = process.argv.slice(2).find((text) => !text.startsWith('-')) ?? '';
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(argument('extensionDevelopmentPath'))],
    ['extensionTestsPath', remote(argument('extensionTestsPath'))],
  ]);
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking'];
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-component-update', '--disable-sync', ...quiet],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 820 }, deviceScaleFactor: 1.5 });
    const exit = Promise.withResolvers<number>();
    await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => heard(page, args));
    await page.goto(`${url}/?folder=${folder}&payload=${encodeURIComponent(payload)}`);
    const late = setTimeout(() => {
      console.log(`the suite did not end in ${patience / 1000} s`);
      void picture(page, 'late').then(() => exit.resolve(1));
    }, patience);
    const code = await exit.promise;
    clearTimeout(late);
    return code;
  } finally {
    await browser.close();
  }
}

/** The log carries the whole workbench's: only lines of the suite count. */
async function heard(page: Page, args: readonly unknown[]): Promise<void> {
  const line = args.map(String).join(' ');
  const [, said] = /\[stowage\] (.*)/s.exec(line) ?? [];
  if (said === undefined) return;
  const [, name] = /^picture (\S+)/.exec(said) ?? [];
  if (name === undefined) console.log(said);
  else await picture(page, name);
}

async function picture(page: Page, name: string): Promise<void> {
  if (artifacts === '') return;
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
