// A path whose beginning nobody can tell.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { mustBeAbsolute } from '../storage/paths.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'path-relative',
  families: ['storage'],
  level: 'warning',
  effect: 'risk',
  fix: 'none',
  docs: {
    what: 'The path of a store does not begin with `/`.',
    why: 'containers/storage takes it from the working directory of whoever starts the engine: each directory gets its own, empty store. Podman before 4.5 refuses such a `graphroot`; the overlay driver refuses such an `imagestore` in every version, vfs up to containers/storage 1.52.',
    instead: 'Write the whole path from `/`, or begin with `$HOME`.',
    says: ['static directory must be an absolute path', 'path: overlay/l should be absolute'],
    source: [
      'storage/store.go GetStore, storage/pkg/idtools/idtools.go (containers/storage 1.43 to 1.64); run on Podman 4.3.1 and 5.8.6, and on versions from 1.43 to 1.65',
    ],
  },
  messages: {
    refused:
      '`{value}` is not an absolute path, and the engine refuses it here. Write the whole path, from /.',
    relative:
      '`{value}` is taken from the working directory: started elsewhere, the engine finds an empty store. Write the whole path, from /.',
  },
  at: ['graphroot', 'runroot', 'imagestore', 'rootless_storage_path'].map((key) => `storage#/storage/${key}`),
  check({ bound, root, versions, report }) {
    const value = text(bound.node);
    const version = versions.containersStorage;
    const since = bound.definition?.['x-since'];
    if (value === undefined || (since !== undefined && !atLeast(version, since))) return;
    // Variables may begin with a slash, and the tilde has a rule of its own.
    if (/^(?:[/$~]|$)/.test(value)) return;
    const args = { value };
    if (mustBeAbsolute(bound, root, version)) {
      report(bound.node, 'refused', { level: 'error', effect: 'fails-later', args });
    } else report(bound.node, 'relative', { args });
  },
});
