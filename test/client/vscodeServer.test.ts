// The VS Code server from npm: a fetch that fails says so to people and leaves nothing that looks like a server.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, fetchServer, freePort } from '../../client/tools/vscode-server.ts';

/** A free port on which nobody listens, so that whatever goes there is refused at once. */
const deadPort = await freePort(0);

async function offline(work: (cache: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-cache-'));
  const before = { ...process.env };
  Object.assign(process.env, {
    STOWAGE_CACHE: join(folder, 'cache'),
    npm_config_cache: join(folder, 'npm'),
    npm_config_registry: `http://127.0.0.1:${deadPort}`,
    npm_config_fetch_retries: '0',
  });
  try {
    await work(join(folder, 'cache'));
  } finally {
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

test('without a connection the message says what is needed, and nothing is left behind', async () => {
  await offline(async (cache) => {
    await assert.rejects(
      fetchServer(() => undefined),
      /could not be fetched from npm/,
    );
    assert.deepEqual(readdirSync(cache), []);
  });
});

test('what a killed fetch left is removed by the next one', async () => {
  await offline(async (cache) => {
    // No process has this id: it is above what systems give.
    mkdirSync(join(cache, 'code-server-0-linux-x64.99999999.partial/node_modules'), { recursive: true });
    await assert.rejects(fetchServer(() => undefined));
    assert.deepEqual(readdirSync(cache), []);
  });
});

test('the cache lies where STOWAGE_CACHE says', async () => {
  await offline(async (cache) => assert.equal(cacheFolder(), cache));
});

test('a port that is taken is passed over', async () => {
  const taken = createServer();
  const port = await freePort(0);
  await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
  const found = await freePort(port);
  await new Promise((resolve) => taken.close(resolve));
  assert.ok(found > port, `${found}`);
});
