// Every rule is whole: words in both languages for every message, docs, a source, a fixture; what is generated is fresh.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import en from '../../server/src/core/locales/en.json' with { type: 'json' };
import zhCn from '../../server/src/core/locales/zh-cn.json' with { type: 'json' };
import { rules } from '../../server/src/core/rules/index.generated.ts';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { definitionAt, schemas } from '../../server/src/core/schema/load.ts';
import { stale } from '../../server/tools/generate.ts';

const chinese: Readonly<Record<string, { messages: Readonly<Record<string, string>>; docs: object }>> =
  zhCn.rules;
const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

const parts = new Set(Object.values(schemas.k8s.roots).flatMap((one) => [...partsOf(one)]));

for (const rule of rules) {
  test(`${rule.id} is whole`, () => {
    assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/);
    assert.ok(rule.docs.source.length > 0, 'no source');
    const stops = ['refused', 'fails-later'].includes(rule.effect) && rule.families.includes('daemon');
    if (stops) assert.ok((rule.docs.says ?? []).length > 0, 'not what the engine prints');
    const file = new URL(`../../server/src/core/rules/${rule.id}.ts`, import.meta.url);
    // The docs are data.
    const code = readFileSync(file, 'utf8').replace(/^ {2}docs: \{[\s\S]*?^ {2}\},\n/m, '');
    assert.ok(code.split('\n').length <= 81, 'more than 80 lines of code');
    const words = chinese[rule.id];
    assert.ok(words, 'no Chinese words');
    assert.deepEqual(Object.keys(words.messages).sort(), Object.keys(rule.messages).sort());
    assert.deepEqual(Object.keys(words.docs).sort(), ['instead', 'what', 'why']);
    for (const [id, text] of Object.entries(rule.messages)) {
      // A language may leave a place out where its grammar has no use for it, but never name another.
      const known = places(text);
      assert.ok(
        places(words.messages[id] ?? '').every((place) => known.includes(place)),
        `${id} names other places`,
      );
      assert.match(words.messages[id] ?? '', /[\u4e00-\u9fff]/, `${id} is not translated`);
    }
    for (const pointer of rule.at ?? []) {
      const known = pointer === '*' || definitionAt(pointer) !== undefined || parts.has(pointer);
      assert.ok(known, `no schema has ${pointer}`);
    }
  });
}

test('no words are left over, and both languages have the same', () => {
  assert.deepEqual(Object.keys(chinese).sort(), rules.map(({ id }) => id).sort());
  assert.deepEqual(Object.keys(zhCn.words).sort(), Object.keys(en.words).sort());
});

test('every rule has a fixture, and every fixture a rule', () => {
  const fixtures = readdirSync(new URL('../rules/', import.meta.url)).filter((name) => name.endsWith('.md'));
  assert.deepEqual(fixtures.sort(), rules.map(({ id }) => `${id}.md`).sort());
});

test('what is generated is fresh: otherwise run `npm run generate`', async () => {
  assert.deepEqual(await stale(), []);
});

/** Every place inside a shared part that a schema uses. */
function* partsOf(one: Definition): Generator<string> {
  yield one.part;
  for (const child of Object.values(one.properties ?? {})) yield* partsOf(child);
  if (one.items !== undefined) yield* partsOf(one.items);
  if (typeof one.additionalProperties === 'object') yield* partsOf(one.additionalProperties);
}
