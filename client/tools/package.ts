// Packs stowage-<version>.vsix from what is built. What goes in is listed in .vscodeignore, line by line.
import { resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import manifest from '../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const packagePath = resolve(root, `${manifest.name}-${manifest.version}.vsix`);

// The bundles hold their dependencies, so none are packed.
await createVSIX({ cwd: root, dependencies: false, packagePath });
