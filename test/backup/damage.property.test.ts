// Archives that were cut or changed: always noticed, with a manifest and without, in every packing.
import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { manifestPath } from '../../server/src/backup/store.ts';
import { soak } from '../support/docker.ts';
import { stowage } from '../support/stowage.ts';
import { fillVolume } from '../support/volume.ts';

let root = '';
const archives = new Map<string, string>();
before(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'stowage-damage-'));
  await fs.mkdir(join(root, 'volumes', 'source'), { recursive: true });
  await fillVolume(join(root, 'volumes', 'source'), 60_000);
  for (const kind of ['zstd', 'gzip', 'none']) {
    const to = join(root, kind);
    const made = await stowage('backup', [
      'source',
      '--engine',
      `folder=${join(root, 'volumes')}`,
      '--to',
      to,
      '--compress',
      kind,
    ]);
    assert.equal(made.code, 0, made.stderr);
    const [name = ''] = (await fs.readdir(to)).filter((one) => !one.endsWith('.json'));
    archives.set(kind, join(to, name));
  }
});
after(() => fs.rm(root, { recursive: true }));

/** Chosen the same way every time, and many more when soaking. */
const settings = { seed: 20261123, numRuns: soak ? 5000 : 60 };

async function damaged(kind: string, change: (bytes: Buffer) => Buffer, manifest: boolean): Promise<number> {
  const archive = archives.get(kind) ?? '';
  const copy = join(root, `damaged-${basename(archive)}`);
  await fs.writeFile(copy, change(await fs.readFile(archive)));
  if (manifest) await fs.copyFile(manifestPath(archive), manifestPath(copy));
  else await fs.rm(manifestPath(copy), { force: true });
  return (await stowage('verify', [copy])).code;
}

for (const kind of ['zstd', 'gzip', 'none']) {
  test(`${kind}: whole as it is, with its manifest and without`, async () => {
    assert.equal(await damaged(kind, (bytes) => bytes, true), 0);
    assert.equal(await damaged(kind, (bytes) => bytes, false), 0);
  });

  test(`${kind}: cut anywhere, it is noticed, with its manifest and without`, async () => {
    const { size } = await fs.stat(archives.get(kind) ?? '');
    const where = fc.integer({ min: 0, max: size - 1 });
    const check = async (at: number, manifest: boolean) =>
      assert.equal(await damaged(kind, (bytes) => bytes.subarray(0, at), manifest), 1);
    await fc.assert(fc.asyncProperty(where, fc.boolean(), check), {
      ...settings,
      examples: [
        [0, false],
        [1, false],
        [4, false],
        [512, false],
        [size - 1, false],
        [size - 4, false],
        [size - 1, true],
      ],
    });
  });

  test(`${kind}: changed in any byte, it is noticed`, async () => {
    const { size } = await fs.stat(archives.get(kind) ?? '');
    const where = fc.integer({ min: 0, max: size - 1 });
    const check = async (at: number, mask: number) => {
      const flip = (bytes: Buffer) => {
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        return bytes;
      };
      assert.equal(await damaged(kind, flip, true), 1, `byte ${at} ^ ${mask}`);
    };
    await fc.assert(fc.asyncProperty(where, fc.integer({ min: 1, max: 255 }), check), settings);
  });

  test(`${kind}: with something behind it, it is noticed`, async () => {
    assert.equal(await damaged(kind, (bytes) => Buffer.concat([bytes, Buffer.from('more')]), true), 1);
  });
}
