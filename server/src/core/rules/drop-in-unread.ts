// A file beside storage.conf that nothing reads.
import { defineRule } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { firstWritten } from '../storage/place.ts';

export const rule = defineRule({
  id: 'drop-in-unread',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'none',
  docs: {
    what: 'A drop-in of storage.conf lies where it is not read.',
    why: 'Up to containers/storage 1.62 (Podman 5.8.2) exactly one storage.conf is read and no folder beside it. From 1.63 on `storage.conf.d` is read for everybody, `storage.rootful.conf.d` for root, `storage.rootless.conf.d` and `storage.rootless.conf.d/<UID>` for users without root. The last three count below /etc and /usr/share only, and no other subfolder is entered. Nothing tells that a file was passed over.',
    instead:
      'For older versions write the keys into storage.conf itself. In a home directory use `storage.conf.d`; below `storage.rootless.conf.d` name the folder with the number that `id -u` prints.',
    source: [
      'storage/pkg/configfile/parse.go:246-325 (containers/storage 1.63 to 1.65)',
      'storage/types/options.go:55-114 (1.62)',
    ],
  },
  messages: {
    old: 'containers/storage {version} reads one storage.conf and no folder of drop-ins: nothing of this file counts. Write it into storage.conf, or use 1.63 or newer.',
    'user-folder':
      'In a home directory only `storage.conf.d` is read, so nothing of this file counts. Move it there.',
    subfolder:
      'Subfolders of this folder of drop-ins are not read, so nothing of this file counts. Move it up.',
    'not-a-uid':
      'Below `storage.rootless.conf.d` only folders named with a user ID, as `1000`, are read, so nothing of this file counts.',
  },
  at: ['storage#'],
  check({ root, kind: { place }, versions: { containersStorage: version }, report }) {
    const at = firstWritten(root);
    if (place?.role !== 'drop-in' || at === undefined) return;
    if (!atLeast(version, '1.63')) report(at, 'old', { args: { version } });
    else if (place.unread !== undefined) report(at, place.unread);
  },
});
