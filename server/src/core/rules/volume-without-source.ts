// A volume that does not say what it is becomes an empty folder.
import { isPatched } from '../kubernetes/pods.ts';
import { defineRule, type RuleFix } from '../rule.ts';
import { entriesOf, get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'volume-without-source',
  families: ['k8s'],
  level: 'warning',
  effect: 'risk',
  fix: 'safe',
  docs: {
    what: 'A volume of a pod has a name and no source.',
    why: 'The API server makes an `emptyDir` of it without a word: an empty folder whose content goes with the pod.',
    instead: 'Add the source that was meant; if it was an empty folder, write `emptyDir: {}`.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
      'pkg/apis/core/v1/defaults.go SetDefaults_Volume (1.37)',
    ],
  },
  messages: {
    empty:
      'The volume `{name}` has no source, so the API server makes an emptyDir of it, and its content goes with the pod. Add the source, or write `emptyDir`.',
    'fix-empty': 'Add emptyDir: {}',
  },
  at: ['k8s#Volume'],
  covers: [18, 20],
  check({ bound, root, kind, report }) {
    const map = target(bound.node);
    const name = text(get(map, 'name'));
    if (map.kind !== 'map' || name === undefined || isPatched(bound, root, kind)) return;
    // A key that is unknown or being typed may be the source; a patch may take the volume away.
    const others = entriesOf(map).filter(({ key }) => key.value !== 'name');
    if (others.some(({ value }) => !(value.kind === 'scalar' && value.value === null))) return;
    if (bound.unknown.length > 0) return;
    const insert: RuleFix = {
      title: 'fix-empty',
      kind: 'safe',
      changes: [{ do: 'insert', into: map, key: 'emptyDir', value: {} }],
    };
    report(get(map, 'name') ?? map, 'empty', {
      args: { name },
      fixes: bound.node === map && others.length === 0 ? [insert] : [],
    });
  },
});
