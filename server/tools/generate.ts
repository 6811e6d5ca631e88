// `npm run generate`: writes what is made from the rules and is committed all the same: their index, a page for each under
// docs/rules/, in two languages, and docs/k8s-coverage.md. `--check` writes nothing and exits 1 where a file is not as it should be.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverage, coveragePage } from './coveragePage.ts';
import { ruleDocPages } from './docPages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const indexFile = 'server/src/core/rules/index.generated.ts';

/** The index of rules as it should be. */
function ruleIndex(): string {
  const ids = readdirSync(join(root, 'server/src/core/rules'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
    .map((name) => basename(name, '.ts'))
    .sort();
  const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Made by `npm run generate`: every rule, by the name of its file.',
    "import type { Rule } from '../rule.ts';",
    ...ids.map((id) => `import { rule as ${camel(id)} } from './${id}.ts';`),
    '',
    `export const rules: readonly Rule[] = [\n${ids.map((id) => `  ${camel(id)},\n`).join('')}];`,
    '',
  ].join('\n');
}

/** Everything that is made: path from the repository's root, and text. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  return new Map([[indexFile, ruleIndex()], ...(await ruleDocPages(root)), await coveragePage()]);
}

/** Paths whose text is not as it should be, or that should not be there. */
export async function stale(): Promise<string[]> {
  const files = await generated();
  const wrong = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
  const left = ['docs/rules', 'docs/rules/zh-cn'].flatMap((folder) =>
    list(folder).filter((path) => path.endsWith('.md') && !files.has(path)),
  );
  return [...wrong, ...left];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function list(folder: string): string[] {
  mkdirSync(join(root, folder), { recursive: true });
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}

async function write(): Promise<void> {
  // The pages are made from the rules that the index lists, so that comes first.
  writeFileSync(join(root, indexFile), ruleIndex());
  const files = await generated();
  const { rules } = await import('../src/core/rules/index.generated.ts');
  const { seen, covered } = coverage(rules);
  console.log(`${covered.length} of ${seen.length} facts of the API server's validation have a rule`);
  for (const path of await stale()) {
    const text = files.get(path);
    if (text === undefined) rmSync(join(root, path));
    else writeFileSync(join(root, path), text);
    console.log(text === undefined ? `removed ${path}` : `wrote ${path}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const paths = await stale();
    if (paths.length > 0) console.error(`Not fresh, run \`npm run generate\`:\n${paths.join('\n')}`);
    process.exitCode = paths.length > 0 ? 1 : 0;
  } else await write();
}
