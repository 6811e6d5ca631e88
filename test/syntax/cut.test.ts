// Files as they are while somebody types them: every file cut at every offset gives a well-formed tree and never throws.
// Our own files above 4 kB and real ones above 1 kB are cut at a seeded sample of offsets; STOWAGE_SOAK=1 cuts everywhere.
import { test } from 'node:test';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import type { Format } from '../../server/src/core/syntax/tree.ts';
import { type CorpusFile, corpusFiles, repositoryFiles } from '../support/corpus.ts';
import { cutsOf, formatOf } from '../support/cuts.ts';
import { assertWellFormed } from '../support/tree.ts';

const odd: readonly CorpusFile[] = [
  {
    name: 'odd.json',
    text: '\uFEFF// c\r\n{"a": [1, {"b": "\\u00e9\\x\t"}, \'s\', tru], x: {{ y }}, "e": 1e5 /* z */,}\r\n} rest',
  },
  {
    name: 'odd.yaml',
    text: '# c\r\n%YAML 1.1\r\n---\r\na: &x {k: [1, "\\n"], l: }\r\nb:\r\n  <<: *x\r\n  ? [q]\r\n  : |+2\r\n    text\r\n\r\n- z\r\n...\r\n---\r\n\tt: *y\r\n{{ x }}: "open\r\n',
  },
  {
    name: 'odd.conf',
    text: '\uFEFF# c\r\na.“b” = ‘x’ // y\r\n[ s . "t" ] ;\r\nl = [ {a = 1,\r\n b.c = "\\u00e9\\q", # d\r\n}, [1 2，],\r\nm = \'\'\'\r\nx\'\'\'\'\r\n[[s.u]]\r\n\u00a0d = 1979-05-27 07:32:00.5+01:00\r\nn = {{ y }}\r\nz = """open\r\n',
  },
];

function cutAll(files: readonly CorpusFile[], small = 4096): void {
  for (const { name, text } of files) {
    const format = formatOf(name);
    if (format === undefined) continue;
    for (const cut of cutsOf(text, small)) check(name, format, text.slice(0, cut));
  }
}

function check(name: string, format: Format, text: string): void {
  try {
    assertWellFormed(text, frontEnds[format].parse(text));
  } catch (error) {
    throw new Error(`${name} cut at ${text.length}`, { cause: error });
  }
}

test('texts made to be odd', () => cutAll(odd));
test('examples', () => cutAll(repositoryFiles('examples')));
test('mistakes that people make, and the same files put right', () =>
  cutAll(repositoryFiles('test/mistakes')));
for (const folder of ['daemon', 'storage', 'k8s', 'not-ours', 'not-plain']) {
  test(`real files: ${folder}`, () => cutAll(corpusFiles(`corpus/${folder}`), 1024));
}
