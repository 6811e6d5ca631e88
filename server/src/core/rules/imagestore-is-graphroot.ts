// A second store that is the first one.
import { defineRule, removalFix } from '../rule.ts';
import { atLeast } from '../schema/versions.ts';
import { placeOf } from '../storage/drivers.ts';
import { cleanPath, defaultRoots } from '../storage/paths.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'imagestore-is-graphroot',
  families: ['storage'],
  level: 'error',
  effect: 'fails-later',
  fix: 'suggestion',
  docs: {
    what: '`imagestore` and `graphroot` are the same folder.',
    why: 'The image store exists to keep images apart from containers. From 1.50 on, containers/storage refuses to start when both are the same folder. It compares letters: a last slash or a `..` in `imagestore` gets past that check, and then, from 1.53 on, the engine waits forever for a lock that it holds itself as soon as it looks at a layer.',
    instead: 'Remove `imagestore`, or give it a folder of its own.',
    says: ['imagestore must either be not set or be different than graphroot'],
    source: [
      'storage/types/options.go:260 (containers/storage 1.64), :183 (1.50); run on versions from 1.48 to 1.65',
    ],
  },
  messages: {
    same: 'imagestore must differ from graphroot: containers/storage refuses to start. Remove it, or give it a folder of its own.',
    hangs:
      'This is the folder of graphroot, written differently: containers/storage hangs as soon as it looks at a layer. Remove it, or give imagestore a folder of its own.',
    default:
      'This is the default graphroot of root: containers/storage refuses to start for root. Remove it, or give imagestore a folder of its own.',
    'fix-remove': 'Remove imagestore',
    related: 'The same folder',
  },
  at: ['storage#/storage/imagestore'],
  check({ bound, root, kind, versions, report }) {
    const version = versions.containersStorage;
    const image = text(bound.node);
    if (!image?.startsWith('/') || bound.entry === undefined || !atLeast(version, '1.50')) return;
    const fixes = removalFix(bound, 'fix-remove', 'suggestion');
    const graphroot = placeOf(root, 'storage', 'graphroot');
    const graph = text(graphroot?.node);
    if (!graph || graphroot?.entry === undefined) {
      // Before 1.59 the missing graphroot is refused; users without root have another default.
      if (image !== defaultRoots.graphroot || kind.scope === 'user' || !atLeast(version, '1.59')) return;
      report(bound.entry.span, 'default', { ...(kind.scope !== 'system' && { level: 'warning' }), fixes });
      return;
    }
    if (!graph.startsWith('/') || graph.includes('$') || cleanPath(graph) !== cleanPath(image)) return;
    const same = image === cleanPath(graph);
    if (!same && !atLeast(version, '1.53')) return;
    report(bound.entry.span, same ? 'same' : 'hangs', {
      related: [{ span: graphroot.entry.span, message: 'related' }],
      fixes,
    });
  },
});
