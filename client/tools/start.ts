// `npm start`, after packing: a real VS Code server with the .vsix installed as a user would, opened on examples/.
// --port N asks for a port · --once stops again as soon as the page answers (for scripts).
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import {
  cacheFolder,
  fetchServer,
  freePort,
  installExtension,
  seedSettings,
  startServer,
} from './vscode-server.ts';

const root = resolve(import.meta.dirname, '../..');

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, once: { type: 'boolean' } } });
  const server = await fetchServer(console.log);
  for (const line of server.missing) console.log(`Left out: ${line}`);
  const vsix = `${manifest.name}-${manifest.version}.vsix`;
  const data = join(cacheFolder(), 'first-look');
  // The examples' own README is the first thing to see; it says where to click.
  seedSettings(data, { 'workbench.startupEditor': 'readme' });
  await installExtension(server, data, join(root, vsix));
  const port = await freePort(Number(values.port ?? 8741));
  // Nobody asks whether to trust our own examples; elsewhere the extension keeps to VS Code's Restricted Mode.
  const running = await startServer(server, { data, port, flags: ['--disable-workspace-trust'] });
  const folder = pathToFileURL(join(root, 'examples')).pathname;
  console.log(`
  Stowage is open on examples/. Click:   ${running.url}/?folder=${folder}

  In your own VS Code instead:           code --install-extension ${vsix}
  Ctrl+C ends it.
`);
  if (values.once) {
    const page = await fetch(`${running.url}/?folder=${folder}`);
    await running.stop();
    if (!page.ok) throw new Error(`The page answered ${page.status}.`);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.stop());
  await running.ended;
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
