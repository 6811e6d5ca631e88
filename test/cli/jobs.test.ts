// The job commands as scripts see them: exit codes, events, words, and other tools' archives.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type JobEvent, parseJobEvent } from '../../server/src/backup/events.ts';
import { entry, tarOf } from '../engine/conformance.ts';
import { isRoot } from '../support/docker.ts';
import { type Outcome, startStowage, stowage } from '../support/stowage.ts';
import { fillVolume, noise, picture } from '../support/volume.ts';

const run = promisify(execFile);
let root = '';
let engine = '';
let source = '';
before(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'stowage-cli-'));
  source = join(root, 'volumes', 'source');
  await fs.mkdir(source, { recursive: true });
  await fillVolume(source);
  engine = `folder=${join(root, 'volumes')}`;
});
after(() => fs.rm(root, { recursive: true }));

async function backUp(to: string, ...more: string[]): Promise<string> {
  const made = await stowage('backup', ['source', '--engine', engine, '--to', to, ...more]);
  assert.equal(made.code, 0, made.stderr);
  const [name = ''] = (await fs.readdir(to)).filter((one) => !one.endsWith('.json'));
  return join(to, name);
}

function events({ stdout }: Outcome): JobEvent[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const event = parseJobEvent(line);
      assert.ok(event, line);
      return event;
    });
}

for (const [how, suffix, list] of [
  ['zstd:9', '.tar.zst', ['--zstd', '-tf']],
  ['gzip:1', '.tar.gz', ['-tzf']],
  ['none', '.tar', ['-tf']],
] as const)
  test(`a backup with --compress ${how} is an ordinary ${suffix} that restores`, async () => {
    const archive = await backUp(join(root, how), '--compress', how);
    assert.match(archive, new RegExp(`source_\\d{8}T\\d{6}Z${suffix.replaceAll('.', '\\.')}$`));
    const { stdout } = await run('tar', [...list, archive]);
    assert.equal(stdout.split('\n')[0], './');
    const into = `from ${suffix}`;
    const restored = await stowage('restore', [archive, '--engine', engine, '--into', into]);
    assert.deepEqual([restored.code, restored.stderr], [0, '']);
    assert.deepEqual(await picture(join(root, 'volumes', into)), await picture(source));
  });

test('the manifest tells what the backup is', async () => {
  const archive = await backUp(join(root, 'manifest'));
  const manifest = JSON.parse(await fs.readFile(`${archive}.json`, 'utf8'));
  assert.equal(manifest.version, 1);
  assert.equal(manifest.archive.size, (await fs.stat(archive)).size);
  const { stdout } = await run('sha256sum', [archive]);
  assert.equal(stdout.split(' ')[0], manifest.archive.sha256);
  assert.deepEqual(manifest.volume.name, 'source');
  const odd = manifest.files.find((file: { pathBase64?: string }) => file.pathBase64 !== undefined);
  assert.equal(Buffer.from(odd.pathBase64, 'base64').toString('latin1'), 'latin-\xe9\xff');
  assert.ok(manifest.files.some((file: { path?: string }) => file.path === 'red apple 🍎.txt'));
});

test('events are one object per line, from start to done', async () => {
  const to = join(root, 'events');
  const seen = events(await stowage('backup', ['source', '--engine', engine, '--to', to, '--events']));
  assert.equal(seen[0]?.event, 'start');
  assert.ok(seen.some(({ event }) => event === 'progress') && seen.some(({ event }) => event === 'verified'));
  const last = seen.at(-1);
  assert.ok(last?.event === 'done' && last.archive?.startsWith(to) && last.incomplete.length === 0);
  const failed = events(await stowage('restore', [last.archive ?? '', '--engine', engine, '--events']));
  const end = failed.at(-1);
  assert.ok(end?.event === 'failed' && end.reason === 'exists');
});

test('progress comes at most ten times a second', async () => {
  await fs.mkdir(join(root, 'busy', 'many'), { recursive: true });
  for (let made = 0; made < 400; made += 1)
    await fs.writeFile(join(root, 'busy', 'many', `${made}`), noise(20_000));
  const begun = performance.now();
  const outcome = await stowage('backup', [
    'many',
    '--engine',
    `folder=${join(root, 'busy')}`,
    '--to',
    join(root, 'b'),
    '--events',
  ]);
  const progress = events(outcome).filter(({ event }) => event === 'progress').length;
  assert.ok(progress >= 1 && progress <= (performance.now() - begun) / 100 + 1, `${progress} events`);
});

test('what is not there, or there already, is exit 1 and touches nothing', async () => {
  const archive = await backUp(join(root, 'exists'));
  const before = await picture(source);
  for (const args of [
    [archive, '--engine', engine],
    [archive, '--engine', engine, '--into', 'source'],
    [join(root, 'no-such.tar.zst'), '--engine', engine],
  ])
    assert.equal((await stowage('restore', args)).code, 1);
  assert.equal((await stowage('backup', ['no-such', '--engine', engine, '--to', root])).code, 1);
  assert.equal((await stowage('verify', [join(root, 'no-such.tar')])).code, 1);
  assert.deepEqual(await picture(source), before);
});

test('what is written wrongly, or comes in a later version, is exit 2 with a word on it', async () => {
  const wrong: Record<string, string[]> = {
    '--stop': ['source', '--stop'],
    '--pause': ['source', '--pause'],
    '--incremental': ['source', '--incremental'],
    '--keep-last': ['source', '--keep-last', '3'],
    'restic:': ['source', '--to', 'restic:/repo'],
    '--nonsense': ['source', '--nonsense'],
    'zstd:23': ['source', '--compress', 'zstd:23'],
    'usage:': [],
    podman: ['source', '--engine', 'podman'],
  };
  for (const [word, args] of Object.entries(wrong)) {
    const { code, stderr } = await stowage('backup', args);
    assert.deepEqual([code, stderr.includes(word)], [2, true], stderr);
  }
  assert.equal((await stowage('restore', ['a', 'b'])).code, 2);
  assert.equal((await stowage('restore', ['restic:/repo#1'])).code, 2);
  assert.equal((await stowage('volumes', ['--format', 'xml'])).code, 2);
  assert.equal((await stowage('backups', [join(root, 'nowhere')])).code, 2);
});

test('an engine that is not there is exit 4', async () => {
  assert.equal((await stowage('volumes', ['--engine', `folder=${join(root, 'nowhere')}`])).code, 4);
  assert.equal(
    (await stowage('backup', ['a', '--engine', 'docker=tcp://127.0.0.1:1', '--to', root])).code,
    4,
  );
});

test('a dry run changes nothing', async () => {
  const archive = await backUp(join(root, 'dry'));
  const to = join(root, 'dry-nothing');
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to, '--dry-run'])).code, 0);
  await assert.rejects(fs.stat(to));
  const args = [archive, '--engine', engine, '--into', 'dry', '--dry-run'];
  assert.equal((await stowage('restore', args)).code, 0);
  await assert.rejects(fs.stat(join(root, 'volumes', 'dry')));
});

test('volumes and backups are listed for people and for programs', async () => {
  const to = join(root, 'listed');
  const archive = await backUp(to);
  const { stdout } = await stowage('volumes', ['--engine', engine, '--format', 'json']);
  assert.ok(JSON.parse(stdout).volumes.some((volume: { name: string }) => volume.name === 'source'));
  const listed = JSON.parse((await stowage('backups', [to, '--format', 'json'])).stdout);
  assert.deepEqual(
    listed.backups.map((one: { archive: string; volume: string }) => [one.archive, one.volume]),
    [[archive, 'source']],
  );
  assert.match((await stowage('backups', [to])).stdout, /^VOLUME .*\nsource /);
});

test('messages come in Chinese where the environment asks for it', async () => {
  const { stderr } = await stowage('restore', [join(root, 'no-such.tar')], {
    env: { LC_ALL: 'zh_CN.UTF-8' },
  });
  assert.match(stderr, /[\u4e00-\u9fff]/);
});

const foreign: Record<string, { pack: string[]; args?: string[] }> = {
  'docker run … tar czf of the mount point': { pack: ['-czf', 'x.tgz', '-C', '.', 'data'] },
  'tar of a deep path': { pack: ['-czf', 'x.tgz', '--transform', 's,^data,var/lib/mysql,S', 'data'] },
  'tar with ./ in front': { pack: ['-czf', 'x.tgz', '-C', 'data', '.'] },
  'tar with zstd': { pack: ['--zstd', '-cf', 'x.tgz', '-C', 'data', '.'] },
  'plain GNU tar without compression': { pack: ['--format=gnu', '-cf', 'x.tgz', '-C', 'data', '.'] },
  'a folder of any name, when told': {
    pack: ['-cf', 'x.tgz', '--transform', 's,^data,shop,S', 'data'],
    args: ['--top', 'drop'],
  },
};

for (const [what, { pack, args = [] }] of Object.entries(foreign))
  test(`another tool's archive restores: ${what}`, async () => {
    const box = await fs.mkdtemp(join(root, 'foreign-'));
    await fs.cp(
      join(import.meta.dirname, '..', '..', 'examples', 'volumes', 'shop-uploads'),
      join(box, 'data'),
      { recursive: true, preserveTimestamps: true },
    );
    await fs.link(join(box, 'data', '2026', '11', 'red apple.txt'), join(box, 'data', 'twin'));
    await fs.symlink('2026', join(box, 'data', 'now'));
    await run('tar', pack, { cwd: box });
    await fs.mkdir(join(box, 'volumes'));
    const to = ['--engine', `folder=${join(box, 'volumes')}`];
    assert.equal((await stowage('restore', [join(box, 'x.tgz'), ...to])).code, 1);
    const restored = await stowage('restore', [join(box, 'x.tgz'), ...to, '--into', 'shop', ...args]);
    assert.equal(restored.code, 0, restored.stderr);
    assert.deepEqual(await picture(join(box, 'volumes', 'shop')), await picture(join(box, 'data')));
  });

test('an archive that means harm is refused before anything is made', async () => {
  const box = await fs.mkdtemp(join(root, 'harm-'));
  await fs.mkdir(join(box, 'volumes'));
  const bad = [
    [entry('../outside', 'file', 3)],
    [entry('./', 'symlink', 0, { link: '/etc' })],
    [entry('twin', 'hard-link', 0, { link: 'nowhere' })],
    [entry('twin', 'hard-link', 0, { link: '../../x' })],
  ];
  for (const entries of bad) {
    await fs.writeFile(join(box, 'bad.tar'), Buffer.concat(await tarOf(entries).toArray()));
    const args = [join(box, 'bad.tar'), '--engine', `folder=${join(box, 'volumes')}`, '--into', 'v'];
    assert.equal((await stowage('restore', args)).code, 1);
    assert.deepEqual(
      [await fs.readdir(join(box, 'volumes')), await fs.readdir(box)],
      [[], ['bad.tar', 'volumes']],
    );
  }
});

test('a folder that may be the volume’s own is kept, and said', async () => {
  const box = await fs.mkdtemp(join(root, 'kept-'));
  await fs.mkdir(join(box, 'volumes'));
  await fs.mkdir(join(box, 'shop'));
  await fs.writeFile(join(box, 'shop', 'file'), 'x');
  await run('tar', ['-cf', 'x.tar', 'shop'], { cwd: box });
  const restored = await stowage('restore', [
    join(box, 'x.tar'),
    '--engine',
    `folder=${join(box, 'volumes')}`,
    '--into',
    'v',
  ]);
  assert.deepEqual([restored.code, restored.stderr.includes('--top drop')], [0, true]);
  assert.deepEqual(await fs.readdir(join(box, 'volumes', 'v')), ['shop']);
});

test('a job that is ended leaves nothing; what a killed one leaves, the next clears away', async () => {
  const to = join(root, 'killed');
  const volumes = join(root, 'large');
  await fs.mkdir(join(volumes, 'large'), { recursive: true });
  await fs.writeFile(join(volumes, 'large', 'file'), noise(60_000_000));
  const args = ['large', '--engine', `folder=${volumes}`, '--to', to, '--events'];
  const endAt = async (signal: 'SIGTERM' | 'SIGKILL', mark: string): Promise<number | null> => {
    const job = startStowage('backup', args);
    const ended = new Promise<number | null>((resolve) => job.once('close', resolve));
    let told = false;
    job.stdout?.on('data', (chunk: Buffer) => {
      if (!told && String(chunk).includes(mark)) told = job.kill(signal);
    });
    return ended;
  };
  assert.equal(await endAt('SIGTERM', '"phase":"read"'), 1);
  assert.deepEqual(await fs.readdir(to), []);
  assert.equal(await endAt('SIGKILL', '"phase":"read"'), null);
  const left = await fs.readdir(to);
  assert.ok(left.length > 0 && left.every((name) => name.endsWith('.partial')), left.join());
  assert.equal((await stowage('backup', args)).code, 0);
  const names = await fs.readdir(to);
  assert.ok(names.length === 2 && !names.some((name) => name.endsWith('.partial')), names.join());
});

test('a job goes on when nobody reads its events any more', async () => {
  const to = join(root, 'unheard');
  const job = startStowage('backup', ['source', '--engine', engine, '--to', to, '--events']);
  job.stdout?.destroy();
  job.stderr?.destroy();
  assert.equal(await new Promise((resolve) => job.once('exit', resolve)), 0);
  const [archive = ''] = (await fs.readdir(to)).filter((name) => name.endsWith('.zst'));
  assert.equal((await stowage('verify', [join(to, archive)])).code, 0);
});

test('a backup that was killed between its last two steps gets its name', async () => {
  const to = join(root, 'between');
  const archive = await backUp(to);
  await fs.rename(archive, `${archive}.partial`);
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to])).code, 0);
  assert.ok((await fs.readdir(to)).includes(`${basename(archive)}.partial`), 'its job may be alive');
  await fs.utimes(`${archive}.partial`, 1_700_000_000, 1_700_000_000);
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to])).code, 0);
  assert.equal((await stowage('verify', [archive])).code, 0);
});

test('a backup that was killed just before its first rename gets its names', async () => {
  const to = join(root, 'before');
  const archive = await backUp(to);
  for (const path of [archive, `${archive}.json`]) {
    await fs.rename(path, `${path}.partial`);
    await fs.utimes(`${path}.partial`, 1_700_000_000, 1_700_000_000);
  }
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to])).code, 0);
  assert.equal((await stowage('verify', [archive])).code, 0);
  assert.deepEqual(
    (await fs.readdir(to)).filter((name) => name.endsWith('.partial')),
    [],
  );
});

test('a mark that a kill cut short is swept with its archive once it is old', async () => {
  const to = join(root, 'nameless');
  await fs.mkdir(to);
  const old = join(to, 'source_20260101T000000Z.tar.zst');
  for (const path of [`${old}.partial`, `${old}.json.partial`]) await fs.writeFile(path, '');
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to])).code, 0);
  assert.ok((await fs.readdir(to)).includes(basename(`${old}.partial`)), 'its job may be alive');
  await fs.utimes(`${old}.json.partial`, 1_700_000_000, 1_700_000_000);
  assert.equal((await stowage('backup', ['source', '--engine', engine, '--to', to])).code, 0);
  assert.deepEqual(
    (await fs.readdir(to)).filter((name) => name.endsWith('.partial')),
    [],
  );
});

test('of several volumes each is backed up, whatever became of the one before; the exit code is the worst', async () => {
  const to = join(root, 'several');
  const { code } = await stowage('backup', ['nosuch', 'source', '--engine', engine, '--to', to]);
  assert.equal(code, 1);
  assert.equal((await fs.readdir(to)).filter((name) => name.endsWith('.tar.zst')).length, 1);
});

test('a disk that is full is said so, and nothing is left', async () => {
  if (!isRoot) return console.log('left out: a full disk (mounting one needs root)');
  const full = join(root, 'full');
  await fs.mkdir(full);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', full]);
  try {
    const { code, stderr } = await stowage('backup', ['source', '--engine', engine, '--to', full]);
    assert.deepEqual([code, stderr.includes(full)], [1, true], stderr);
    assert.deepEqual(await fs.readdir(full), []);
  } finally {
    await run('umount', [full]);
  }
});
