// The bundle that ships, as another editor starts it: over its standard streams, in a process that ends when it is told to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { spawnLsp } from '../support/lsp.ts';

const server = fileURLToPath(new URL('../../server/dist/language-server.js', import.meta.url));

test('the built server speaks over stdio and ends when told', async () => {
  const lsp = await spawnLsp(server);
  assert.equal(lsp.initialized.serverInfo?.name, 'stowage');
  await lsp.open('file:///etc/docker/daemon.json', '{ "debug": true, }');
  const found = await lsp.diagnostics('file:///etc/docker/daemon.json');
  assert.deepEqual(
    found.map(({ code }) => code),
    ['not-strict-json'],
  );
  await lsp.stop();
});
