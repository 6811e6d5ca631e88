// ReadWriteOncePod stands alone.
import { defineRule } from '../rule.ts';
import { target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'readwriteoncepod-combined',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: '`ReadWriteOncePod` is combined with another access mode.',
    why: 'It guarantees that a single pod uses the volume, which every other mode contradicts. The API server refuses the object.',
    instead: 'Keep only `ReadWriteOncePod`, or remove it in favour of the modes that you need.',
    source: [
      'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
      'pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec, ValidatePersistentVolumeClaimSpec (1.35)',
    ],
  },
  messages: {
    combined:
      'ReadWriteOncePod lets a single pod use the volume, so the API server refuses other access modes with it. Keep only ReadWriteOncePod, or remove it.',
    'fix-alone': 'Keep only ReadWriteOncePod',
    'fix-drop': 'Remove ReadWriteOncePod',
  },
  at: ['*'],
  covers: [134, 161],
  check({ bound, report }) {
    const modes = target(bound.node);
    if (modes.kind !== 'list' || bound.definition?.name !== 'accessModes') return;
    const isAlone = (mode: string | undefined) => mode === 'ReadWriteOncePod';
    const alone = modes.items.filter((item) => isAlone(text(item)));
    const others = modes.items.filter((item) => text(item) !== undefined && !isAlone(text(item)));
    const [first] = alone;
    if (first === undefined || others.length === 0) return;
    const drop = (items: typeof others) =>
      items.map((item) => ({ do: 'remove', from: modes, item }) as const);
    report(first, 'combined', {
      fixes: [
        { title: 'fix-alone', kind: 'suggestion', changes: drop(others) },
        { title: 'fix-drop', kind: 'suggestion', changes: drop(alone) },
      ],
    });
  },
});
