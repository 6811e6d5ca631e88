// A second store that is the first one.
import { defineRule, removalFix } from '../rule.ts';
import { entry, get, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'imagestore-is-graphroot',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`imagestore` and `graphroot` are the same folder.',
    why: 'The image store exists to keep images apart from containers. containers/storage refuses to start when both are the same folder.',
    instead: 'Remove `imagestore`, or give it a folder of its own.',
    source: ['storage/types/options.go:260 (containers/storage 1.64)'],
  },
  messages: {
    same: 'imagestore must differ from graphroot: containers/storage refuses to start. Remove it, or give it a folder of its own.',
    'fix-remove': 'Remove imagestore',
    related: 'The same folder',
  },
  at: ['storage#/storage/imagestore'],
  check({ bound, root, report }) {
    const storage = get(root.node, 'storage');
    const graph = entry(storage, 'graphroot');
    const image = text(bound.node);
    if (image === undefined || image === '' || bound.entry === undefined) return;
    if (graph === undefined || text(graph.value) !== image) return;
    report(bound.entry.span, 'same', {
      related: [{ span: graph.span, message: 'related' }],
      fixes: removalFix(bound, 'fix-remove', 'suggestion'),
    });
  },
});
