// A second store that is the first one.
import { defineRule } from '../rule.ts';
import { entry, get, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'imagestore-is-graphroot',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`imagestore` and `graphroot` are the same folder.',
    why: 'The image store splits images off from containers. containers/storage refuses to start where both are the same.',
    instead: 'Take `imagestore` out, or give it a folder of its own.',
    source: ['storage/types/options.go:260 (containers/storage 1.64)'],
  },
  messages: {
    same: 'imagestore must not be the graphroot: containers/storage refuses to start. Take it out, or give it a folder of its own.',
    'fix-remove': 'Remove imagestore',
    related: 'The same folder',
  },
  at: ['storage#/storage/imagestore'],
  check({ bound, root, report }) {
    const storage = get(root.node, 'storage');
    const graph = entry(storage, 'graphroot');
    const holder = bound.parent && target(bound.parent.node);
    const image = text(bound.node);
    if (image === undefined || image === '' || bound.entry === undefined || holder?.kind !== 'map') return;
    if (graph === undefined || text(graph.value) !== image) return;
    report(bound.entry.span, 'same', {
      related: [{ span: graph.span, message: 'related' }],
      fixes: [
        {
          title: 'fix-remove',
          kind: 'suggestion',
          changes: [{ do: 'remove', from: holder, item: bound.entry }],
        },
      ],
    });
  },
});
