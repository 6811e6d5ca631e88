// What is found around a daemon.json on a real disk: versions, units with their drop-ins, variables, other inits.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { readDockerVersion } from '../../server/src/beside/dockerVersion.ts';
import { mayHaveBeside, readBeside } from '../../server/src/beside/read.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-beside-'));
  folders.push(folder);
  for (const [name, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const unit = (...start: string[]) => `[Unit]\nDescription=Docker\n\n[Service]\n${start.join('\n')}\n`;
const usual = unit('ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock');
const usrUnit = 'usr/lib/systemd/system/docker.service';
const etcDropIns = 'etc/systemd/system/docker.service.d';
const daemon = 'etc/docker/daemon.json';

/** The flags found for a file in a folder, each as name, value and place. */
function flagsAt(files: Readonly<Record<string, string>>, path = daemon): string[] | undefined {
  const folder = folderOf(files);
  const { flags } = readBeside(join(folder, path), { shown: (one) => relative(folder, one) });
  return flags?.map(({ name, value, file, line }) => `${name}=${value} ${file}:${line}`);
}

test('a .docker-version says a version, and perhaps a system', () => {
  assert.deepEqual(readDockerVersion('28.5\n'), { docker: '28.5' });
  assert.deepEqual(readDockerVersion('\n\n  v20.10.24 \r\n\n'), { docker: '20.10.24' });
  assert.deepEqual(readDockerVersion('28.5 windows'), { docker: '28.5', platform: 'windows' });
  assert.deepEqual(readDockerVersion('\uFEFF29\tlinux\n'), { docker: '29', platform: 'linux' });
  for (const text of [
    '',
    '\n',
    'latest',
    '28.5 mac',
    '28.5\n28.6',
    '28.5\nwindows',
    '# 28.5',
    '28.5.1.2',
    '28.5-ce',
  ])
    assert.equal(readDockerVersion(text), undefined, JSON.stringify(text));
});

test('the nearest .docker-version counts, up to the folder with .git or a folder of the workspace', () => {
  const folder = folderOf({ '.docker-version': '24.0', 'a/.docker-version': '25.0 windows', 'a/b/c/x': '' });
  const at = (path: string, stops: string[] = []) => readBeside(join(folder, path), { stops }).versions;
  assert.deepEqual(at('daemon.json'), { docker: '24.0' });
  assert.deepEqual(at('a/b/c/daemon.json'), { docker: '25.0', platform: 'windows' });
  assert.deepEqual(at('d/daemon.json'), { docker: '24.0' });
  assert.equal(at('a/b/c/daemon.json', [join(folder, 'a/b')]), undefined);
  assert.deepEqual(at('a/b/c/daemon.json', [join(folder, 'a')]), { docker: '25.0', platform: 'windows' });
  mkdirSync(join(folder, 'a/b/.git'));
  assert.equal(at('a/b/c/daemon.json'), undefined);
});

test('one that says something else is named, and nothing above it counts', () => {
  const folder = folderOf({ '.docker-version': '24.0', 'a/.docker-version': 'newest' });
  const told: string[] = [];
  const { versions } = readBeside(join(folder, 'a/daemon.json'), { passedOver: (path) => told.push(path) });
  assert.equal(versions, undefined);
  assert.deepEqual(told, [join(folder, 'a/.docker-version')]);
});

test('names that may be a daemon.json', () => {
  assert.deepEqual(
    [
      '/a/daemon.json',
      '/a/my-daemon.prod.json',
      'C:\\x\\Daemon.JSON',
      '/daemon/package.json',
      '/a/daemon.yaml',
    ].map(mayHaveBeside),
    [true, true, true, false, false],
  );
});

test('the unit of the same root, with the line of each flag', () => {
  assert.deepEqual(flagsAt({ [usrUnit]: usual }), [
    `host=fd:// ${usrUnit}:5`,
    `containerd=/run/containerd/containerd.sock ${usrUnit}:5`,
  ]);
  assert.deepEqual(flagsAt({ [`image/rootfs/${usrUnit}`]: usual }, `image/rootfs/${daemon}`)?.length, 2);
  assert.equal(flagsAt({}), undefined);
  assert.equal(flagsAt({ [usrUnit]: usual }, 'docker/daemon.json'), undefined, 'not of that root');
});

test('the unit under /etc wins over the one under /usr', () => {
  const own = 'etc/systemd/system/docker.service';
  const lib = 'lib/systemd/system/docker.service';
  assert.deepEqual(flagsAt({ [usrUnit]: usual, [own]: unit('ExecStart=/usr/bin/dockerd -D') }), [
    `debug=true ${own}:5`,
  ]);
  assert.deepEqual(flagsAt({ [lib]: unit('ExecStart=/usr/bin/dockerd -D') }), [`debug=true ${lib}:5`]);
});

test('a masked unit, one that runs something else, and one of another file say nothing', () => {
  const folder = folderOf({ [usrUnit]: usual, 'etc/systemd/system/x': '' });
  symlinkSync('/dev/null', join(folder, 'etc/systemd/system/docker.service'));
  assert.equal(readBeside(join(folder, daemon)).flags, undefined);
  assert.equal(flagsAt({ [usrUnit]: unit('ExecStart=/usr/bin/podman -H fd://') }), undefined);
  assert.equal(flagsAt({ [usrUnit]: unit("ExecStart=/bin/sh -c 'exec dockerd -H fd://'") }), undefined);
  assert.equal(
    flagsAt({ [usrUnit]: unit('ExecStart=/usr/bin/dockerd --config-file /srv/d.json -D') }),
    undefined,
  );
  assert.equal(
    flagsAt({ [usrUnit]: unit('ExecStart=/usr/bin/dockerd --config-file=/etc/docker/daemon.json') })?.length,
    1,
  );
});

test('drop-ins of all folders, by name', () => {
  const found = flagsAt({
    [usrUnit]: usual,
    'usr/lib/systemd/system/docker.service.d/10-a.conf': unit('ExecStart=', 'ExecStart=/usr/bin/dockerd -D'),
    [`${etcDropIns}/20-b.conf`]: unit('ExecStart=', 'ExecStart=/usr/bin/dockerd \\', '  --mtu 1400'),
    [`${etcDropIns}/readme`]: 'no drop-in',
  });
  assert.deepEqual(found, [`mtu=1400 ${etcDropIns}/20-b.conf:7`]);
  assert.deepEqual(
    flagsAt({ [usrUnit]: usual, [`${etcDropIns}/a.conf`]: unit('Restart=always') })?.length,
    2,
  );
});

test('variables come from files below the same root', () => {
  const debian = unit(
    'EnvironmentFile=-/etc/default/docker',
    'ExecStart=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS',
  );
  assert.deepEqual(flagsAt({ [usrUnit]: debian }), [`host=fd:// ${usrUnit}:6`]);
  assert.deepEqual(
    flagsAt({ [usrUnit]: debian, 'etc/default/docker': '# x\nDOCKER_OPTS="--dns 8.8.8.8"\n' }),
    [`host=fd:// ${usrUnit}:6`, 'dns=8.8.8.8 etc/default/docker:2'],
  );
});

test('OpenRC and sysvinit give DOCKER_OPTS, where no unit is', () => {
  const options = "# note\nDOCKER_OPTS='--dns 8.8.8.8 -D'\n";
  assert.deepEqual(flagsAt({ 'etc/conf.d/docker': options }), [
    'dns=8.8.8.8 etc/conf.d/docker:2',
    'debug=true etc/conf.d/docker:2',
  ]);
  assert.deepEqual(flagsAt({ 'etc/conf.d/docker': '#DOCKER_OPTS=""\n' }), []);
  assert.equal(flagsAt({ 'etc/default/docker': options }), undefined, 'nothing sources it');
  assert.deepEqual(flagsAt({ 'etc/default/docker': options, 'etc/init.d/docker': '' })?.length, 2);
  assert.deepEqual(flagsAt({ 'etc/conf.d/docker': options, [usrUnit]: usual })?.length, 2);
});

test('units and drop-ins directly beside any daemon.json', () => {
  assert.deepEqual(flagsAt({ 'x/docker.service': usual }, 'x/daemon.json')?.length, 2);
  const reset = unit('ExecStart=', 'ExecStart=/usr/bin/dockerd -D');
  assert.deepEqual(flagsAt({ 'x/override.conf': reset }, 'x/daemon.json'), ['debug=true x/override.conf:6']);
  assert.deepEqual(
    flagsAt({ 'x/docker.service': usual, 'x/docker.service.d/a.conf': reset }, 'x/daemon.json'),
    ['debug=true x/docker.service.d/a.conf:6'],
  );
  assert.equal(flagsAt({ 'x/override.conf': '[Service]\nRestart=always\n' }, 'x/daemon.json'), undefined);
});

test('rootless Docker is started by a unit of its user', () => {
  const path = 'home/ann/.config/systemd/user/docker.service';
  const found = flagsAt(
    { [path]: unit('ExecStart=/usr/bin/dockerd-rootless.sh -D') },
    'home/ann/.config/docker/daemon.json',
  );
  assert.deepEqual(found, [`debug=true ${path}:5`]);
});

test('the words that a flag can be taken out with, and where a drop-in can be made', () => {
  const words = (files: Readonly<Record<string, string>>) =>
    readBeside(join(folderOf(files), daemon)).command?.map(
      ({ text, flag }) => `${text}${flag ? ` <${flag}>` : ''}`,
    );
  assert.deepEqual(words({ [usrUnit]: usual }), [
    '/usr/bin/dockerd',
    '-H <host>',
    'fd:// <host>',
    '--containerd=/run/containerd/containerd.sock <containerd>',
  ]);
  const both = unit('Environment=OPTS=-H', 'ExecStart=/usr/bin/dockerd -H fd:// -DH x $OPTS --mtu "1 4"');
  assert.deepEqual(words({ [usrUnit]: both }), [
    '/usr/bin/dockerd',
    '-H',
    'fd://',
    '-DH',
    'x',
    '$OPTS',
    '--mtu',
    '"1 4"',
  ]);
});

test('a drop-in is offered only where none of its name is and no other would win over it', () => {
  const dropIn = (files: Readonly<Record<string, string>>, path = daemon) => {
    const folder = folderOf(files);
    const found = readBeside(join(folder, path)).dropIn;
    return found && relative(folder, found);
  };
  assert.equal(dropIn({}), `${etcDropIns}/override.conf`);
  assert.equal(dropIn({}, 'x/daemon.json'), 'x/docker.service.d/override.conf');
  assert.equal(
    dropIn({}, 'a/.config/docker/daemon.json'),
    'a/.config/systemd/user/docker.service.d/override.conf',
  );
  assert.equal(dropIn({ [`${etcDropIns}/override.conf`]: '' }), undefined);
  const reset = unit('ExecStart=', 'ExecStart=/usr/bin/dockerd -D');
  assert.equal(dropIn({ [`${etcDropIns}/zz.conf`]: reset }), undefined);
  assert.equal(dropIn({ [`${etcDropIns}/a.conf`]: reset }), `${etcDropIns}/override.conf`);
  assert.equal(dropIn({ 'etc/conf.d/docker': '' }), undefined);
});

test('folders, dangling links and huge files in the place of files are passed over', () => {
  const folder = folderOf({ [`${usrUnit}/x`]: '', [`${etcDropIns}/a.conf/x`]: '', '.docker-version/x': '' });
  symlinkSync('nowhere', join(folder, 'etc/systemd/system/docker.service'));
  assert.deepEqual(readBeside(join(folder, daemon)).flags, undefined);
  assert.equal(flagsAt({ [usrUnit]: `${usual}#${' '.repeat(300_000)}` }), undefined);
});
