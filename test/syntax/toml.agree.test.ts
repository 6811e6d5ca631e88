// Our TOML reader and @iarna/toml agree: what one accepts the other does, with the same values.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toml } from '../../server/src/core/syntax/toml.ts';
import { readToml } from '../../server/src/core/syntax/tomlRead.ts';
import { apply } from '../support/tree.ts';
import { brokenText, judged, plain, tomlText, wellFormed } from './tomlSupport.ts';

test('a text that @iarna/toml accepts has no problem and the same values', () => {
  let accepted = 0;
  fc.assert(
    fc.property(tomlText, (text) => {
      const wanted = judged(text);
      const reading = readToml(text);
      if (wanted === undefined) {
        assert.ok(reading.problems.length > 0 || reading.lenient, 'only @iarna/toml refuses');
        return;
      }
      accepted += 1;
      // It lets a header open a table that dotted keys lead through.
      const { problems, clashes } = reading;
      assert.deepEqual(
        problems.filter((one) => !clashes.has(one) || one.message !== 'duplicate-table'),
        [],
      );
      assert.deepEqual(plain(reading.root), wanted);
    }),
    { numRuns: 3000 },
  );
  assert.ok(accepted > 500, `only ${accepted} texts were valid`);
});

test('a broken text has problems exactly where @iarna/toml refuses it, and a well-formed tree always', () => {
  fc.assert(
    fc.property(brokenText, (text) => {
      const tree = toml.parse(text);
      wellFormed(text, tree);
      const wanted = judged(text);
      const told = tree.problems.filter(
        ({ message }) => !/^(?:number-range|bad-date|bad-number|control-char|duplicate-table)$/.test(message),
      );
      const { escapedKey, lenient, clashes } = readToml(text);
      if (escapedKey) return;
      // The engine is laxer than @iarna/toml where names are taken.
      const allowed = lenient || clashes.size > 0 || text.includes('{{');
      if (wanted !== undefined) assert.deepEqual(told, []);
      else assert.ok(allowed || tree.problems.length > 0);
    }),
    { numRuns: 3000 },
  );
});

test('every beginning of a generated text gives a well-formed tree', () => {
  fc.assert(
    fc.property(tomlText, (text) => {
      for (let end = 0; end <= text.length; end += 1) {
        const cut = text.slice(0, end);
        wellFormed(cut, toml.parse(cut));
      }
    }),
    { numRuns: 60 },
  );
});

test('the edits of a problem mend its place', () => {
  let mended = 0;
  fc.assert(
    fc.property(brokenText, (text) => {
      for (const { message, span, edits } of toml.parse(text).problems) {
        // Where two commas stand, the second comes to the place of the first.
        if (edits === undefined || message === 'extra-comma') continue;
        mended += 1;
        const left = toml.parse(apply(text, edits)).problems;
        assert.ok(!left.some((one) => one.message === message && one.span.start === span.start), message);
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(mended > 100);
});
