// What completion writes into a storage.conf: tables, dotted keys, quotes; and that nothing it offers breaks a file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Analysis, analyze } from '../../server/src/core/analyze.ts';
import { type Completion, complete } from '../../server/src/core/features/completion.ts';
import { applyEdits } from '../../server/src/core/features/fixes.ts';
import { withoutStops } from '../../server/src/core/features/snippets.ts';
import type { Settings } from '../../server/src/core/finding.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { corpusFiles } from '../support/corpus.ts';
import { accepted, labels, offers } from './support.ts';

const kind = familyOf('storage.conf');
assert.ok(kind);

const old: Settings = { versions: { containersStorage: '1.62' } };

const writes: readonly [name: string, marked: string, label: string, after: string][] = [
  ['a table where a list of tables is begun', '[[sto$0]]', 'storage', '[storage]'],
  ['a table into spaced brackets', '[ storage.opt$0 ]', 'storage.options', '[storage.options]'],
  [
    'a table with its usual keys',
    '[storage]\ndriver = "zfs"\n\n[storage.opt$0',
    'storage.options.zfs (usual keys)',
    '[storage]\ndriver = "zfs"\n\n[storage.options.zfs]\nfsname = "tank/containers"\nmountopt = "nodev"',
  ],
  [
    'a table where a key could stand',
    '[storage]\ndriver = "vfs"\n$0',
    'storage.options.vfs',
    '[storage]\ndriver = "vfs"\n[storage.options.vfs]',
  ],
  ['a key behind a dot', '[storage]\noptions.$0', 'size', '[storage]\noptions.size = "10G"'],
  [
    'a key two tables below',
    '[storage]\noptions.over$0',
    'overlay.inodes',
    '[storage]\noptions.overlay.inodes = "500000"',
  ],
  [
    'a key behind two dots, its value being there',
    '[storage]\noptions.overlay.mo$0 = "x"',
    'mountopt',
    '[storage]\noptions.overlay.mountopt = "x"',
  ],
  [
    'a key without any table',
    'storage.$0',
    'options.vfs.ignore_chown_errors',
    'storage.options.vfs.ignore_chown_errors = "true"',
  ],
  ['a key in quotes', '[storage]\n"dri$0"', 'driver', '[storage]\ndriver = "overlay"'],
  [
    'a string that holds a boolean',
    '[storage.options.overlay]\nignore_chown_errors = $0',
    'true',
    '[storage.options.overlay]\nignore_chown_errors = "true"',
  ],
  [
    'one pair of quotes where one is open',
    '[storage.options.overlay]\nignore_chown_errors = "tr$0',
    'true',
    '[storage.options.overlay]\nignore_chown_errors = "true"',
  ],
  [
    'one pair of quotes where both stand, before a comment',
    "[storage.options.overlay]\nignore_chown_errors = 'f$0' # why",
    'false',
    '[storage.options.overlay]\nignore_chown_errors = "false" # why',
  ],
  ['a real boolean', '[storage]\ntransient_store = tr$0', 'true', '[storage]\ntransient_store = true'],
  [
    'a number in quotes',
    '[storage.options.overlay]\ninodes = $0',
    '500000',
    '[storage.options.overlay]\ninodes = "500000"',
  ],
  [
    'a value behind a dotted key',
    '[storage]\noptions.pull_options.use_hard_links = $0',
    'true',
    '[storage]\noptions.pull_options.use_hard_links = "true"',
  ],
  [
    'a whole list',
    '[storage.options]\nadditionalimagestores = $0',
    '[…]',
    '[storage.options]\nadditionalimagestores = ["/usr/lib/containers/storage"]',
  ],
  [
    'an item of a list over several lines',
    '[storage]\ndriver_priority = [\n  "vfs",\n  $0\n]',
    'overlay',
    '[storage]\ndriver_priority = [\n  "vfs",\n  "overlay"\n]',
  ],
  [
    'a list that goes on from another file',
    '[storage.options]\nadditionalimagestores = ["/a", $0]',
    '{append = true}',
    '[storage.options]\nadditionalimagestores = ["/a", {append = true}]',
  ],
  [
    'a whole inline table',
    '[storage.options]\npull$0',
    'pull_options',
    '[storage.options]\npull_options = { enable_partial_images = "true", use_hard_links = "false" }',
  ],
  [
    'a second key of an inline table',
    '[storage.options]\npull_options = { use_hard_links = "true", $0 }',
    'convert_images',
    '[storage.options]\npull_options = { use_hard_links = "true", convert_images = "true" }',
  ],
];

for (const [name, marked, label, after] of writes) {
  test(`writes ${name}`, () => assert.equal(accepted('storage.conf', marked, label), after));
}

const storage = (marked: string, settings?: Settings) => labels(offers('storage.conf', marked, settings));

test('what is there in any spelling is not offered again', () => {
  for (const written of ['driver', 'Driver', '"driver"', "'DRIVER'"]) {
    assert.ok(!storage(`[storage]\n${written} = "vfs"\n$0`).includes('driver'), written);
  }
  assert.ok(!storage('[storage]\noptions.size = "1G"\noptions.$0').includes('size'));
  assert.ok(!storage('[storage]\ndriver = "vfs"\n[storage.$0]').includes('storage'));
  assert.ok(!storage('[Storage.Options]\n[storage.$0]').includes('storage.options'));
  assert.ok(!storage('[storage]\noptions.overlay.size = "1G"\n[$0]').includes('storage.options.overlay'));
  assert.ok(!storage('[storage.options]\npull_options = {}\n[$0]').includes('storage.options.pull_options'));
  assert.ok(storage('[storage.options.overlay]\n[$0]').includes('storage.options'));
});

test('an empty file is offered whole ones, without findings', () => {
  const whole = offers('storage.conf', '$0').filter(({ label }) => label.startsWith('[storage]'));
  assert.equal(whole.length, 6);
  for (const { label } of whole) {
    const text = accepted('storage.conf', '# mine\nsto$0\n', label);
    assert.match(text, /^# mine\n# /);
    assert.deepEqual(analyze(text, kind).findings, [], label);
  }
  assert.match(accepted('storage.conf', '$0', '[storage] rootless'), /# graphroot = "\$HOME\//);
  assert.deepEqual(
    storage('$0\n[storage]\n').filter((label) => label.startsWith('[')),
    [],
  );
});

test('what has a header takes no keys by dots', () => {
  assert.deepEqual(storage('[storage.options]\n[storage]\noptions.$0'), []);
  const below = storage('[storage.options.overlay]\nsize = "1G"\n[storage]\ndriver = "vfs"\nop.$0');
  assert.deepEqual(below, []);
});

test('tables and keys are those of the version', () => {
  const first: Settings = { versions: { containersStorage: '1.43' } };
  assert.ok(storage('[$0]', first).includes('storage.options.thinpool'));
  assert.ok(!storage('[$0]').includes('storage.options.thinpool'));
  assert.ok(storage('[storage.options.overlay]\n$0').includes('sync'));
  assert.ok(!storage('[storage.options.overlay]\n$0', old).includes('sync'));
  assert.ok(!storage('[storage.options]\nadditionalimagestores = [$0]', old).includes('{append = true}'));
  assert.ok(
    !storage('[storage.options]\nadditionalimagestores = [{append = true}, $0]').includes('{append = true}'),
  );
});

test('the table of the driver comes first, those of others last', () => {
  const tables = offers('storage.conf', '[storage]\ndriver = "overlay2"\n[$0]')
    .toSorted((one, other) => (one.sort < other.sort ? -1 : 1))
    .map(({ label }) => label);
  assert.equal(tables[0], 'storage.options.overlay');
  const rest = tables.slice(-6).filter((label) => !label.endsWith(')'));
  assert.deepEqual(rest, ['storage.options.vfs', 'storage.options.btrfs', 'storage.options.zfs']);
});

test('a table with keys is offered only where no others would come into it, and no header between a table and its keys', () => {
  const whole = (marked: string) => storage(marked).filter((label) => label.endsWith('(usual keys)'));
  assert.deepEqual(whole('[storage]\n[storage.opt$0\nsize = "1G"\n'), []);
  assert.ok(whole('[storage]\n[storage.opt$0\n# size = "1G"\n\n[x]\n').length > 0);
  assert.ok(!storage('[storage]\n$0\ndriver = "vfs"\n').some((label) => label.startsWith('storage')));
});

test('what is deprecated is marked and is no choice', () => {
  const path = offers('storage.conf', '[storage]\n$0').find(({ label }) => label === 'rootless_storage_path');
  assert.deepEqual([path?.deprecated, path?.sort.startsWith('2')], [true, true]);
  const driver = offers('storage.conf', '[storage]\n$0').find(({ label }) => label === 'driver');
  assert.doesNotMatch(driver?.insert ?? '', /overlay2/);
});

test('nothing is offered where nothing fits', () => {
  for (const marked of [
    '[storage]\n# $0',
    '[storage]\ndriver = "vfs" $0',
    '[storage]\ndriver = "vfs" # $0',
    '[storage] $0',
    '$0[storage]',
    '[storage]\noptions.ov$0erlay.size = "1G"',
    '[storage]\nmine.$0',
    '[mine]\ndri$0\nx = 1',
    '[storage]\ndriver = """\n$0',
    '[storage]\nrunroot = "/a\ndri ver $0',
  ]) {
    assert.deepEqual(storage(marked), [], marked);
  }
});

/** Errors at what was written. */
function errorsAt({ findings }: Analysis, start: number, end: number): string[] {
  return findings
    .filter(({ level, span }) => level === 'error' && start <= span.start && span.end <= end)
    .map(({ code }) => code);
}

const isFaulty = ({ tree }: Analysis) => tree.problems.length > 0;

/** Every place at which a word, a blank or a mark begins or ends, outside of comments. */
function places(text: string, { tree }: Analysis): number[] {
  const all = [...text.matchAll(/$|(?<=[^\w])|(?=[^\w])/gm)].map(({ index }) => index);
  const commented = (at: number) => tree.comments.some(({ start, end }) => start < at && at <= end);
  return [...new Set(all)].filter((at) => !commented(at));
}

function accept(text: string, { replace, insert, also = [] }: Completion): string {
  return applyEdits(text, [...also, { span: replace, text: withoutStops(insert) }]);
}

const files = [
  {
    name: 'examples',
    text: readFileSync(new URL('../../examples/containers/storage.conf', import.meta.url), 'utf8'),
  },
  ...corpusFiles('corpus/storage'),
];

for (const { name, text } of files) {
  test(`whatever is accepted anywhere in ${name} leaves a file that can be read, without new errors`, () => {
    const seen = new Set<string>();
    const before = analyze(text, kind);
    if (isFaulty(before)) return;
    for (const offset of places(text, before)) {
      for (const offer of complete(text, before, offset)) {
        const after = accept(text, offer);
        if (seen.has(after)) continue;
        seen.add(after);
        const said = analyze(after, kind);
        const at = `${offset} ${JSON.stringify(text.slice(offset - 30, offset))} ${offer.label}`;
        assert.deepEqual(said.tree.problems, [], at);
        const { start } = offer.replace;
        const written = errorsAt(said, start, start + withoutStops(offer.insert).length);
        assert.deepEqual(written, [], at);
      }
    }
  });
}
