// Two files of one volume at the same path, or one inside another.
import { type FileInVolume, filesOf } from '../kubernetes/projected.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'projected-paths-conflict',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'Two files of one volume have the same path, or one lies below the other.',
    why: 'A projected volume puts Secrets, ConfigMaps, fields and tokens into one folder. The API server refuses equal paths there. Of a token with the path of another file, of a file below another, and of equal paths in a plain volume it only warns; then one file hides the other, and the pod may not start.',
    instead: 'Give each file a path of its own.',
    says: ['conflicting duplicate paths', 'overlapping paths', 'has no sources provided'],
    source: [
      'pkg/apis/core/validation/validation.go validateProjectionSources (1.37)',
      'pkg/api/pod/warnings.go warningsForOverlappingVirtualPaths (1.37)',
    ],
  },
  messages: {
    same: 'Another file of this volume has the path `{path}`, so the API server refuses it. Choose another path.',
    hidden:
      'Another file of this volume has the path `{path}`: the API server only warns, and one of the two is not to be seen. Choose another path.',
    below:
      '`{path}` and `{other}` cannot both be in this volume, for one would lie inside a file: the API server only warns, and the pod may not start. Choose another path.',
    nothing:
      'This entry has no source: the API server only warns, and nothing comes of it. Add one, or remove the entry.',
    related: 'The other file',
  },
  at: ['k8s#Volume/projected', 'k8s#Volume/configMap', 'k8s#Volume/secret', 'k8s#Volume/downwardAPI'],
  covers: [42, 87, 88, 266],
  check({ bound, report }) {
    const isProjected = bound.definition?.part === 'k8s#Volume/projected';
    const { files, empty } = filesOf(bound);
    for (const one of empty) report(one.node, 'nothing', { level: 'warning', effect: 'ignored', place: one });
    const earlier: FileInVolume[] = [];
    for (const file of files) {
      const other = earlier.find((one) => overlaps(one.path, file.path));
      earlier.push(file);
      if (other === undefined) continue;
      const twin = earlier.find((one) => one !== file && one.path === file.path && one.counted);
      const related = [{ span: (twin ?? other).node.span, message: 'related' }];
      const args = { path: file.path, other: other.path };
      if (isProjected && file.counted && twin !== undefined) report(file.node, 'same', { args, related });
      else {
        const message = trimmed(other.path) === trimmed(file.path) ? 'hidden' : 'below';
        report(file.node, message, { level: 'warning', effect: 'risk', args, related });
      }
    }
  },
});

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}

function overlaps(one: string, other: string): boolean {
  const [a, b] = [`${trimmed(one)}/`, `${trimmed(other)}/`];
  return a.startsWith(b) || b.startsWith(a);
}
