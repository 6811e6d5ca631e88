// Builds what ships: three bundles (extension host, language server, command line). `--watch` rebuilds on change.
import { mkdir, writeFile } from 'node:fs/promises';
import { type BuildOptions, build, context, type Plugin } from 'esbuild';

/**
 * What dockerode brings along and we never use: image builds (gRPC, protobuf) and its own SSH client (native code).
 * Their importers only take names from them while loading, so an empty module does; using one would throw at once.
 */
const leftOut: Plugin = {
  name: 'left-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@grpc\/|^protobufjs$|^ssh2$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const shared: BuildOptions = {
  plugins: [leftOut],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  minify: true,
  sourcemap: false,
  legalComments: 'none',
  // Without this, packages that also ship ES modules (jsonc-parser) would be taken in their UMD form, which cannot be bundled.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

const bundles: BuildOptions[] = [
  {
    ...shared,
    entryPoints: { extension: 'client/src/extension.ts' },
    outdir: 'client/dist',
    external: ['vscode'],
    target: 'node22',
  },
  {
    ...shared,
    entryPoints: { 'language-server': 'server/src/lsp/main.ts', cli: 'server/src/cli/main.ts' },
    outdir: 'server/dist',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
];

for (const bundle of bundles) {
  if (bundle.outdir === undefined) continue;
  await mkdir(bundle.outdir, { recursive: true });
  // The sources are ES modules, the bundles are CommonJS: say so where they lie.
  await writeFile(`${bundle.outdir}/package.json`, '{ "type": "commonjs" }\n');
}
if (process.argv.includes('--watch')) for (const bundle of bundles) await (await context(bundle)).watch();
else await Promise.all(bundles.map((bundle) => build(bundle)));
