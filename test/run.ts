// Runs every test file and says at the end, in one line each, what was left out on this machine.
// Files given as arguments are run alone; --soak runs, at length, those that know STOWAGE_SOAK. Ends with 1 where a test
// failed, or where CI demands what was left out.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`The tests need Node 24 and this is ${process.version}: start them with npm test.`);
  process.exit(2);
}

const root = resolve(import.meta.dirname, '..');
const soak = process.argv.includes('--soak');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const all = named.length > 0 ? named : globSync('test/**/*.test.ts', { cwd: root });
const longer = (file: string): boolean => {
  const text = readFileSync(resolve(root, file), 'utf8');
  const supports = [...text.matchAll(/'(?:\.\.\/)+(support\/\w+\.ts)'/g)].map(([, path]) => `test/${path}`);
  return text.includes('STOWAGE_SOAK') || supports.some(longer);
};
const files = (soak ? all.filter(longer) : all).sort();
if (soak) process.env['STOWAGE_SOAK'] = '1';
const leftOut = new Set<string>();

const events = run({ files: files.map((file) => resolve(root, file)), cwd: root, concurrency: 2 });
events.on('test:stdout', ({ message }) => {
  for (const line of message.split('\n')) if (line.startsWith('left out: ')) leftOut.add(line);
});
events.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') process.exitCode = 1;
});
events.on('end', () => setImmediate(finish));
events.compose(spec).pipe(process.stdout);

function finish(): void {
  if (leftOut.size > 0) console.log(['', ...leftOut].join('\n'));
  // Files beside the repository are not something that a machine can install.
  const demanded = [...leftOut].filter((line) => !/\.\.\/shared|beside the repository/.test(line));
  if (process.env['STOWAGE_REQUIRE_ENGINES'] === '1' && demanded.length > 0) {
    console.error(`${demanded.length} left out although STOWAGE_REQUIRE_ENGINES=1 demands everything.`);
    process.exitCode = 1;
  }
}
