// `stowage check` and its neighbours as a shell sees them: what is printed, and the exit code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '../../server/src/core/rules/index.generated.ts';

const cli = fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url));
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-check-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function stowage(args: readonly string[], { cwd = '.', input = '', env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  return { status, stdout, stderr };
}

const broken = '{\n  "storage-driver": "aufs",\n  "metrics-addr": "0.0.0.0:9323"\n}\n';

test('text: one line a finding, a line at the end, exit 1 for an error', () => {
  const cwd = folderOf({
    'docker/daemon.json': broken,
    'other/daemon.json': '{ "workers": 2 }',
    'node_modules/docker/daemon.json': broken,
  });
  const { status, stdout, stderr } = stowage(['check'], { cwd });
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^docker\/daemon\.json:2:21: error: The storage driver `aufs` .* \[storage-driver-removed\]$/m,
  );
  assert.match(stdout, /^docker\/daemon\.json:3:19: warning: .* \[metrics-addr-exposed\]$/m);
  assert.match(stdout, /^Files checked: 1 · errors: 1 · warnings: 1 · notes: 0$/m);
  assert.equal(stderr, '');
});

test('json: one object, as the contract has it', () => {
  const cwd = folderOf({ 'docker/daemon.json': broken });
  const { status, stdout } = stowage(['check', '--format', 'json', '.'], { cwd });
  const printed = JSON.parse(stdout);
  assert.equal(status, 1);
  assert.deepEqual(Object.keys(printed), ['version', 'files', 'findings']);
  assert.deepEqual([printed.version, printed.files, printed.findings.length], [1, 1, 2]);
  const { message, ...rest } = printed.findings[0];
  assert.ok(message.length > 20);
  assert.deepEqual(rest, {
    file: 'docker/daemon.json',
    line: 2,
    column: 21,
    endLine: 2,
    endColumn: 27,
    level: 'error',
    code: 'storage-driver-removed',
    href: 'https://github.com/stowage/stowage/blob/main/docs/rules/storage-driver-removed.md',
    effect: 'fails-later',
    engine: 'Docker 29.7',
    fix: 'suggestion',
  });
});

test('sarif: version 2.1.0, with the rules that spoke and places that count from 1', () => {
  const cwd = folderOf({ 'a b/docker/daemon.json': broken });
  const log = JSON.parse(stowage(['check', '--format', 'sarif'], { cwd }).stdout);
  assert.equal(log.version, '2.1.0');
  const [run] = log.runs;
  assert.equal(run.columnKind, 'utf16CodeUnits');
  for (const result of run.results) {
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.ok(['error', 'warning', 'note'].includes(result.level));
    assert.ok(result.message.text.length > 20);
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, 'a%20b/docker/daemon.json');
    const { startLine, startColumn, endLine, endColumn } = result.locations[0].physicalLocation.region;
    assert.ok(startLine >= 1 && startColumn >= 1 && endLine >= startLine && endColumn > startColumn);
  }
  for (const rule of run.tool.driver.rules)
    assert.ok(rule.shortDescription.text && rule.helpUri.startsWith('https://'));
  assert.deepEqual(run.invocations, [{ executionSuccessful: true, toolExecutionNotifications: [] }]);
});

test('github: workflow commands with escapes', () => {
  const cwd = folderOf({ 'docker/daemon.json': broken });
  const { stdout } = stowage(['check', '--format', 'github'], { cwd });
  assert.match(
    stdout,
    /^::error file=docker\/daemon\.json,line=2,endLine=2,col=21,endColumn=27,title=stowage storage-driver-removed::\S/m,
  );
  assert.equal(stdout.trim().split('\n').length, 2);
});

test('versions, levels and languages are options', () => {
  const cwd = folderOf({ 'docker/daemon.json': '{ "storage-driver": "devicemapper" }' });
  assert.equal(stowage(['check', '--docker', '24.0'], { cwd }).status, 0);
  assert.match(stowage(['check', '--docker', '24.0'], { cwd }).stdout, /warning/);
  assert.doesNotMatch(stowage(['check', '--docker', '24.0', '--level', 'error'], { cwd }).stdout, /warning:/);
  assert.match(stowage(['check', '--lang', 'zh-CN'], { cwd }).stdout, /错误: 存储驱动/);
  assert.match(stowage(['check'], { cwd, env: { LC_ALL: 'zh_CN.UTF-8' } }).stdout, /错误: 存储驱动/);
});

test('standard input is what --as says', () => {
  const { status, stdout } = stowage(['check', '-', '--as', 'storage.conf', '--format', 'json'], {
    input: '[storage]\ndriver = 1\n',
  });
  assert.equal(status, 1);
  assert.deepEqual(
    JSON.parse(stdout).findings.map(({ file, code }: { file: string; code: string }) => [file, code]),
    [['-', 'wrong-type']],
  );
});

test('a wrong command ends with 2 and says why', () => {
  for (const args of [
    ['check', '--format', 'xml'],
    ['check', '--level', 'all'],
    ['check', '-'],
    ['check', '--jobs', '0'],
    ['check', '--nope'],
    ['check', '--docker', 'new'],
    ['chekc'],
    [],
  ]) {
    const { status, stdout, stderr } = stowage(args);
    assert.equal(status, 2, args.join(' '));
    assert.ok((stdout + stderr).length > 20);
  }
});

test('what cannot be read is named, ends with 2, and does not keep the rest from being judged', () => {
  const cwd = folderOf({ 'docker/daemon.json': broken });
  const { status, stdout, stderr } = stowage(
    ['check', 'gone.json', 'docker/daemon.json', '--format', 'json'],
    { cwd },
  );
  assert.equal(status, 2);
  assert.match(stderr, /gone\.json/);
  const printed = JSON.parse(stdout);
  assert.equal(printed.findings.length, 2);
  assert.deepEqual(
    printed.errors.map(({ file }: { file: string }) => file),
    ['gone.json'],
  );
});

test('files that are not ours, binary, huge or linked are passed over; named ones with a line', () => {
  const cwd = folderOf({
    'picture.json': new Uint8Array([0x7b, 0, 1, 2, 0xff]),
    'dump.json': ' '.repeat(5_000_001),
    'app.yaml': 'a: 1\n',
  });
  symlinkSync('.', join(cwd, 'loop'));
  const all = stowage(['check'], { cwd });
  assert.deepEqual([all.status, all.stderr], [0, '']);
  assert.match(all.stdout, /^Files checked: 0/);
  const named = stowage(['check', 'app.yaml', 'picture.json'], { cwd });
  assert.equal(named.status, 0);
  assert.equal(named.stderr.trim().split('\n').length, 2);
});

test('a file that its path makes ours but that holds no text is an error, exit 2', () => {
  const cwd = folderOf({
    'docker/daemon.json': new Uint8Array([0x7b, 0, 1, 2, 0xff]),
    'containers/storage.conf': '#'.repeat(5_000_001),
  });
  const { status, stdout, stderr } = stowage(['check', '--format', 'json'], { cwd });
  assert.equal(status, 2);
  const found = JSON.parse(stdout).errors.map(({ file }: { file: string }) => file);
  assert.deepEqual(found, ['containers/storage.conf', 'docker/daemon.json']);
  assert.match(stderr, /larger than 5 MB[\s\S]*not text/);
});

test('--fix applies the safe fixes only, keeps the mode, and judges what is left', () => {
  const cwd = folderOf({ 'docker/daemon.json': '{\n  // why\n  "storage-driver": "aufs",\n}\n' });
  const file = join(cwd, 'docker/daemon.json');
  chmodSync(file, 0o640);
  const { status, stdout } = stowage(['check', '--fix'], { cwd });
  assert.equal(readFileSync(file, 'utf8'), '{\n  "storage-driver": "aufs"\n}\n');
  assert.equal(statSync(file).mode & 0o777, 0o640);
  assert.equal(status, 1);
  assert.match(stdout, /storage-driver-removed/);
  assert.doesNotMatch(stdout, /not-strict-json/);
});

test('several jobs say the same as one', () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`${index}/docker/daemon.json`, broken]),
  );
  const cwd = folderOf(files);
  const one = stowage(['check', '--format', 'json'], { cwd });
  assert.deepEqual(stowage(['check', '--format', 'json', '--jobs', '4'], { cwd }), one);
  assert.equal(JSON.parse(one.stdout).findings.length, 18);
});

test('columns count UTF-16 units, lines end as the file has them', () => {
  const text = '{\r\n  "labels": ["😀=1"], "mtu": "x"\r\n}';
  const { stdout } = stowage(['check', '-', '--as', 'daemon.json', '--format', 'json'], { input: text });
  const [{ line, column }] = JSON.parse(stdout).findings;
  assert.deepEqual([line, column], [2, 30]);
});

test('rules lists them all, explain tells of one and guesses at a slip', () => {
  assert.equal(JSON.parse(stowage(['rules', '--format', 'json']).stdout).rules.length, rules.length);
  assert.equal(stowage(['rules']).stdout.trim().split('\n').length, rules.length);
  const explained = stowage(['explain', 'unknown-key']);
  assert.equal(explained.status, 0);
  assert.match(explained.stdout, /unknown-key/);
  const slip = stowage(['explain', 'unknwon-key']);
  assert.equal(slip.status, 2);
  assert.match(slip.stderr, /unknown-key/);
});

test('--help and --version answer', () => {
  assert.match(stowage(['--help']).stdout, /stowage check/);
  assert.match(stowage(['check', '--help']).stdout, /stowage check/);
  assert.match(stowage(['--version']).stdout, /^\d+\.\d+\.\d+$/m);
});

test('the version of Docker: an option, else the nearest .docker-version, else the newest', () => {
  const cwd = folderOf({
    '.git/HEAD': '',
    '.docker-version': '24.0\n',
    'docker/daemon.json': '{ "storage-driver": "devicemapper" }',
    'windows/.docker-version': '28.5 windows',
    // Of a key that Windows does not have, the type does not matter there.
    'windows/docker/daemon.json': '{ "iptables": 1 }',
    'broken/.docker-version': 'the newest',
    'broken/docker/daemon.json': '{ "storage-driver": "devicemapper" }',
    'broken/other/docker/daemon.json': '{}',
  });
  const found = (path: string, ...more: string[]) => {
    const { stdout } = stowage(['check', '--format', 'json', path, ...more], { cwd });
    return JSON.parse(stdout).findings.map(
      ({ level, engine, code }: { level: string; engine: string; code: string }) =>
        `${level} ${engine}${code === 'wrong-type' ? ' wrong-type' : ''}`,
    );
  };
  assert.deepEqual(found('docker'), ['warning Docker 24.0']);
  assert.deepEqual(found('docker', '--docker', '28.5'), ['error Docker 28.5']);
  assert.ok(!found('windows').join().includes('wrong-type'));
  assert.deepEqual(found('windows', '--platform', 'linux'), ['error Docker 28.5 wrong-type']);
  assert.deepEqual(found('broken'), ['error Docker 29.7']);
  const { stderr } = stowage(['check', 'broken'], { cwd });
  assert.match(stderr, /^stowage: broken[/\\]\.docker-version: .*28\.5.*\n$/);
  const inside = stowage(['check', 'daemon.json'], { cwd: join(cwd, 'docker') });
  assert.match(inside.stdout, /Docker 25\.0/);
  const piped = { cwd, input: '{ "storage-driver": "devicemapper" }' };
  assert.equal(stowage(['check', '-', '--as', 'daemon.json'], piped).status, 1);
  assert.equal(stowage(['check', '--platform', 'mac'], { cwd }).status, 2);
  assert.match(stowage(['check', '--jobs', '2'], { cwd }).stderr, /docker-version/);
});

test('flags of a unit below the same root conflict with keys, and --fix makes no file', () => {
  const cwd = folderOf({
    'root/etc/docker/daemon.json': '{\n  "hosts": ["unix:///x.sock"],\n  "debug": true,\n}\n',
    'root/lib/systemd/system/docker.service': '[Service]\nExecStart=/usr/bin/dockerd -H fd://\n',
  });
  const { stdout, status } = stowage(['check', '--fix'], { cwd });
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^root\/etc\/docker\/daemon\.json:2:3: error: .* root\/lib\/systemd\/system\/docker\.service:2: .*\[key-also-flag\]$/m,
  );
  assert.ok(!existsSync(join(cwd, 'root/etc/systemd')));
  const { findings } = JSON.parse(stowage(['check', '--format', 'json'], { cwd }).stdout);
  assert.deepEqual(
    findings.map(({ fix }: { fix: string }) => fix),
    ['suggestion'],
  );
});

test('new: the templates by name, one as a file that the check finds nothing in', () => {
  const list = stowage(['new', 'storage.conf', '--containers-storage', '1.62']);
  assert.equal(list.status, 0);
  assert.match(list.stdout, /^rootful .*\/etc\/containers\/storage\.conf$/m);
  assert.doesNotMatch(list.stdout, /drop-in/);
  const version = ['--containers-storage', '1.62'];
  const { status, stdout } = stowage(['new', 'storage.conf', '--template', 'rootless', ...version]);
  assert.equal(status, 0);
  assert.match(stdout, /^runroot = "\/run\/user\/\$UID\/containers"$/m);
  const checked = stowage(['check', '-', '--as', 'storage.conf', '--level', 'hint', ...version], {
    input: stdout,
  });
  assert.deepEqual([checked.status, checked.stdout.includes('[')], [0, false], checked.stdout);
  assert.match(
    stowage(['new', 'storage.conf', '--template', 'zfs', '--lang', 'zh-CN']).stdout,
    /^# .*[\u4e00-\u9fff]/,
  );
  for (const wrong of [[], ['daemon.json'], ['storage.conf', '--template', 'x']]) {
    assert.equal(stowage(['new', ...wrong]).status, 2);
  }
});

test('check --fix brings a storage.conf to a version', () => {
  const cwd = folderOf({
    'containers/storage.conf':
      '[storage]\ndriver = "overlay2" # x\nrunroot = "/a"\ngraphroot = "/b"\n[storage.options.thinpool]\nfs = "xfs"\n',
  });
  assert.equal(stowage(['check', '--containers-storage', '1.64', '--fix'], { cwd }).status, 0);
  assert.equal(
    readFileSync(join(cwd, 'containers/storage.conf'), 'utf8'),
    '[storage]\ndriver = "overlay" # x\nrunroot = "/a"\ngraphroot = "/b"\n',
  );
});
