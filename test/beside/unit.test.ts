// Texts of units, drop-ins and files of variables, as systemd reads them, and the flags that dockerd gets out of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFlags } from '../../server/src/beside/daemonFlags.ts';
import { readEnvironment } from '../../server/src/beside/environmentText.ts';
import { type Command, commandOf, inOrder } from '../../server/src/beside/unit.ts';
import { readUnit } from '../../server/src/beside/unitText.ts';
import { filled, splitWords } from '../../server/src/beside/words.ts';

const values = (line: string) => splitWords(line).map(({ value }) => value);
const service = (text: string) => ({ path: 'docker.service', text: `[Service]\n${text}` });

function given(command: Command | undefined): string[] | undefined {
  return command?.given.map(({ value }) => value);
}

test('assignments come with their section and with the lines that they were written on', () => {
  const text = [
    '# a note',
    '[Unit]',
    '  Description = Docker  ',
    '; another',
    '[Service]',
    'ExecStart=/usr/bin/dockerd \\',
    '  -H fd:// \\',
    '# between',
    '  --debug',
    'no assignment',
    'Environment=',
  ].join('\r\n');
  const found = readUnit(text).map(({ section, key, value }) => [section, key, value.text]);
  assert.deepEqual(found, [
    ['Unit', 'Description', 'Docker'],
    ['Service', 'ExecStart', '/usr/bin/dockerd  -H fd://  --debug'],
    ['Service', 'Environment', ''],
  ]);
  const start = readUnit(text)[1]?.value;
  const lineOf = (word: string) => start?.lineAt(start.text.indexOf(word));
  assert.deepEqual([lineOf('/usr'), lineOf('-H'), lineOf('fd'), lineOf('--debug')], [6, 7, 7, 9]);
});

test('a backslash that is itself escaped continues nothing, and a text may end within a continued line', () => {
  assert.deepEqual(
    readUnit('[S]\nA=b\\\\\nC=d\nE=f \\').map(({ key, value }) => [key, value.text]),
    [
      ['A', 'b\\\\'],
      ['C', 'd'],
      ['E', 'f'],
    ],
  );
});

test('words are split as systemd splits them', () => {
  assert.deepEqual(values('a  b\tc'), ['a', 'b', 'c']);
  assert.deepEqual(values('"a b" \'c d\' e"f g"h'), ['a b', 'c d', 'ef gh']);
  assert.deepEqual(values('"it\'s" \'say "x"\''), ["it's", 'say "x"']);
  assert.deepEqual(values('a\\sb \\x41 \\101 \\u00e4 \\q \\\\ \\"'), [
    'a b',
    'A',
    'A',
    'ä',
    '\\q',
    '\\',
    '"',
  ]);
  assert.deepEqual(values('"" x'), ['', 'x']);
  assert.deepEqual(values('"open end'), ['open end']);
  assert.deepEqual(values('end\\'), ['end\\']);
  assert.deepEqual(values('   '), []);
});

test('words know where and how they were written', () => {
  assert.deepEqual(splitWords(' -H "fd: //"'), [
    { value: '-H', raw: '-H', start: 1 },
    { value: 'fd: //', raw: '"fd: //"', start: 4 },
  ]);
});

test('variables in words: only ${NAME} within a word, doubled marks are one', () => {
  const variables = new Map([['A', { value: 'x y', file: '', line: 1 }]]);
  assert.equal(filled('--a=${A}', variables), '--a=x y');
  assert.equal(filled('--a=$A$$A%%n${NONE}', variables), '--a=$A$A%n');
});

test('any text is read without throwing', () => {
  const texts = fc.string({
    unit: fc.constantFrom(
      '\\',
      '"',
      "'",
      '\n',
      ' ',
      '=',
      '$',
      '{',
      '}',
      'A',
      'x',
      '[',
      ']',
      '#',
      '4',
      '-',
      ':',
      '@',
    ),
  });
  fc.assert(
    fc.property(texts, (text) => {
      for (const { value } of readUnit(text)) {
        assert.ok(value.lineAt(0) >= 1);
        for (const { raw, start } of splitWords(value.text))
          assert.equal(value.text.startsWith(raw, start), true);
      }
      readEnvironment(text);
      readEnvironment(text, true);
      commandOf([service(`ExecStart=${text}`)], () => ({ path: 'x', text }));
      readFlags(splitWords(text).map(({ value }) => ({ value, file: '', line: 1 })));
    }),
  );
});

test('files of variables', () => {
  const text = [
    '# OPTIONS=no',
    'A=plain words  ',
    "B='single \\n $A'",
    'C="double \\" \\$ \\x"',
    'D=goes \\',
    'on',
    'E="two',
    'lines"',
    '',
    "F=it's",
    'G=',
    'not this',
    '; nor=this',
    '1H=no',
  ].join('\n');
  const found = readEnvironment(text).map(({ name, value, line }) => [name, value, line]);
  assert.deepEqual(found, [
    ['A', 'plain words', 2],
    ['B', 'single \\n $A', 3],
    ['C', 'double " $ \\x', 4],
    ['D', 'goes on', 5],
    ['E', 'two\nlines', 7],
    ['F', "it's", 10],
    ['G', '', 11],
  ]);
});

test('files that a shell sources: earlier variables count, and a comment ends a line', () => {
  const text =
    'export A="-D" # note\nDOCKER_OPTS="$A --dns ${B}8.8.8.8"\nDOCKER_OPTS="$DOCKER_OPTS -H \'fd://\'"\n';
  const found = readEnvironment(text, true);
  assert.equal(found.at(-1)?.value, "-D --dns 8.8.8.8 -H 'fd://'");
  assert.equal(found[0]?.value, '-D');
});

test('the command of a unit: marks before the program, variables, drop-ins that add or start anew', () => {
  const main = service(
    'Environment="OPTS=-D --mtu 1400" X=1\nEnvironmentFile=-/etc/default/docker\nExecStart=-/usr/bin/dockerd -H fd:// $OPTS ${X} $NONE',
  );
  const command = commandOf([main], () => undefined);
  assert.equal(command?.program, '/usr/bin/dockerd');
  assert.deepEqual(given(command), ['-H', 'fd://', '-D', '--mtu', '1400', '1']);
  assert.deepEqual(command?.written, ['-/usr/bin/dockerd', '-H', 'fd://', '$OPTS', '${X}', '$NONE']);
  const fromFile = commandOf([main], (path) => ({ path: `/r${path}`, text: '\nOPTS="--icc=false"' }));
  assert.deepEqual(fromFile?.given[2], {
    value: '--icc=false',
    file: '/r/etc/default/docker',
    line: 2,
    from: 3,
    split: true,
  });

  const reset = {
    path: 'docker.service.d/a.conf',
    text: '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd',
  };
  assert.deepEqual(given(commandOf([main, reset], () => undefined)), []);
  const second = { path: 'docker.service.d/a.conf', text: '[Service]\nExecStart=/usr/bin/dockerd' };
  assert.equal(
    commandOf([main, second], () => undefined),
    undefined,
    'systemd refuses two',
  );
  const cleared = { path: 'b.conf', text: '[Service]\nEnvironment=\nEnvironmentFile=' };
  assert.deepEqual(given(commandOf([main, cleared], () => main)), ['-H', 'fd://', '']);
  assert.deepEqual(given(commandOf([service('ExecStart=:/usr/bin/dockerd $OPTS ${X}')], () => undefined)), [
    '$OPTS',
    '${X}',
  ]);
  assert.deepEqual(given(commandOf([service('ExecStart=@/usr/bin/dockerd docker -D')], () => undefined)), [
    '-D',
  ]);
  assert.equal(
    commandOf([{ path: 'x', text: 'ExecStart=/usr/bin/dockerd' }], () => undefined),
    undefined,
  );
  assert.equal(
    commandOf([service('ExecStart=')], () => undefined),
    undefined,
  );
});

test('drop-ins: the first folder wins a name, then they count by name', () => {
  const files = ['/etc/d/20.conf', '/etc/d/10.conf', '/usr/d/20.conf', '/usr/d/15.conf'].map((path) => ({
    path,
    text: '',
  }));
  assert.deepEqual(
    inOrder(files).map(({ path }) => path),
    ['/etc/d/10.conf', '/usr/d/15.conf', '/etc/d/20.conf'],
  );
});

test('flags as pflag reads them', () => {
  const flags = (line: string) =>
    readFlags(splitWords(line).map(({ value }) => ({ value, file: 'f', line: 3 }))).map(
      ({ name, value, words }) => `${name}=${value} ${words}`,
    );
  assert.deepEqual(flags('-H fd:// --containerd=/run/c.sock'), [
    'host=fd:// 0,1',
    'containerd=/run/c.sock 2',
  ]);
  assert.deepEqual(flags('-Hfd:// -H=unix:// --host tcp://x'), [
    'host=fd:// 0',
    'host=unix:// 1',
    'host=tcp://x 2,3',
  ]);
  assert.deepEqual(flags('-D --icc=false --live-restore x'), [
    'debug=true 0',
    'icc=false 1',
    'live-restore=true 2',
  ]);
  assert.deepEqual(flags('-Dl debug -g /x -s overlay2 -G d -b none -p /pid'), [
    'debug=true 0',
    'log-level=debug 0,1',
    'graph=/x 2,3',
    'storage-driver=overlay2 4,5',
    'group=d 6,7',
    'bridge=none 8,9',
    'pidfile=/pid 10,11',
  ]);
  assert.deepEqual(flags('--label a=b --insecure-registry=c --registry-mirror'), [
    'label=a=b 0,1',
    'insecure-registry=c 2',
    'registry-mirror=true 3',
  ]);
  assert.deepEqual(flags('x - -- --debug'), []);
  assert.deepEqual(flags('-x y --dns= 1'), ['dns= 2']);
});
