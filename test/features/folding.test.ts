// What can be folded in a storage.conf, by the numbers of the lines; and what selecting more selects.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folds, selections } from '../../server/src/core/features/folding.ts';
import { cursor } from './support.ts';

/** `first-last kind` of each fold, lines counted from 1. */
function folded(text: string, as = 'storage.conf'): string[] {
  const { analysis } = cursor(as, `${text}$0`);
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  return folds(text, analysis).map(({ start, end, kind }) =>
    `${line(start)}-${line(end)} ${kind ?? ''}`.trimEnd(),
  );
}

test('a table goes to the last line before the next header and the comments above it', () => {
  const text =
    '[storage]\ndriver = "vfs"\n# of driver\n\n# of options\n# more\n[storage.options]\n\n\n[storage.options.vfs]\nsync = "none"\n\n';
  assert.deepEqual(folded(text), ['1-3', '5-6 comment', '10-11']);
  assert.deepEqual(folded(text.replaceAll('\n', '\r\n')), ['1-3', '5-6 comment', '10-11']);
  assert.deepEqual(folded('[[a]]\nx = 1\n[[a]]\nx = 2\n[a.b]\ny = 1'), ['1-2', '3-4', '5-6']);
});

test('values over several lines leave what closes them in sight', () => {
  assert.deepEqual(
    folded('[storage.options]\nadditionalimagestores = [\n  "/a",\n  "/b"\n]\n[x]\na = [1,\n  2]\n'),
    ['1-5', '2-4', '6-8', '7-8'],
  );
  assert.deepEqual(folded('a = """\nx\ny\n"""\nb = \'\'\'x\ny\'\'\'\n'), ['1-3', '5-6']);
  assert.deepEqual(folded('a = [\n  { b = [\n    1,\n  ] },\n]\n'), ['1-4', '2-4']);
});

test('comments that follow one another fold, those behind values do not', () => {
  assert.deepEqual(folded('# one\n# two\n\n# three\na = 1 # four\nb = 2 # five\n'), ['1-2 comment']);
});

test('regions nest, and a mark without its other half is none', () => {
  const text =
    '# region outer\n[a]\nx = 1\n#region inner\ny = 2\n# endregion\n# endregion\n# endregion\n# region\n';
  assert.deepEqual(folded(text), ['1-7 region', '2-6', '4-6 region']);
  const over = '[a]\nx = 1\n# region\n[b]\ny = 1\nz = 1\n# endregion\n';
  assert.deepEqual(folded(over), ['1-2', '3-7 region', '4-6']);
});

test('half-typed text folds, other formats are left to the editor', () => {
  assert.deepEqual(folded('[storage\ndriver = "\n[sto\nx = [\n  1,\n'), ['1-2', '3-5', '4-5']);
  assert.deepEqual(folded('{\n  "debug": true\n}\n', 'daemon.json'), []);
  assert.deepEqual(folded('a:\n  b: 1\n', 'k8s.yaml'), []);
});

test('selecting more goes from the text to its value, its entry, its table and the file', () => {
  const { text, analysis, offset } = cursor('storage.conf', '# x\n[storage]\ndriver = "v$0fs" # y\n\n[x]\n');
  assert.deepEqual(
    selections(analysis, offset).map(({ start, end }) => text.slice(start, end)),
    ['vfs', '"vfs"', 'driver = "vfs"', '[storage]\ndriver = "vfs"', text],
  );
  const key = cursor('storage.conf', '[storage]\noptions.si$0ze = "1G"\n');
  assert.equal(
    selections(key.analysis, key.offset).map(({ start, end }) => key.text.slice(start, end))[0],
    'size',
  );
});
