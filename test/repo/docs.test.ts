// What the pages written by hand point to exists: every relative link, and every file or folder of ours that they name.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/corpus.ts';

const pages = globSync(['*.md', 'docs/*.md', 'examples/*.md'], { cwd: repository });
/** Paths from the root of the repository; `my-rule` is the example in CONTRIBUTING.md, `dist` is built. */
const ours = /^(?:schemas|server|client|syntaxes|test|docs|examples)\/[\w./*-]*$/;
const elsewhere = /my-rule|\/dist\//;

test('the pages are found', () => {
  for (const page of ['README.md', 'README.zh-cn.md', 'ARCHITECTURE.md', 'docs/cli.md'])
    assert.ok(pages.includes(page), page);
});

for (const page of pages) {
  const text = readFileSync(join(repository, page), 'utf8');

  test(`${page}: relative links lead somewhere`, () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const missing = links
      .filter((link) => !/^[a-z]+:|^#/.test(link))
      .filter((link) => !existsSync(join(repository, dirname(page), link.replace(/#.*/, ''))));
    assert.deepEqual(missing, []);
  });

  test(`${page}: files that it names exist`, () => {
    const named = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
    const missing = named
      .filter((name) => ours.test(name) && !elsewhere.test(name))
      .filter((name) => globSync(name, { cwd: repository }).length === 0);
    assert.deepEqual(missing, []);
  });
}

test('ARCHITECTURE.md stays short enough to be read', () => {
  const lines = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8').split('\n').length;
  assert.ok(lines <= 150, `${lines} lines`);
});
