// A name that the engine does not know.
import type { Family } from '../finding.ts';
import { defineRule, type Report, type RuleFix } from '../rule.ts';
import { isRefused, refusedMembers } from '../schema/fate.ts';
import { homesOf, knownNames, nearest } from '../schema/search.ts';
import { versionOf } from '../schema/versions.ts';
import { type AliasNode, type Entry, entry as entryOf, type Node, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'unknown-key',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The engine has no key, field or table of this name here.',
    why: 'dockerd refuses a file with an unknown key at the top level, and silently ignores one inside an object. containers/storage silently ignores every unknown key, so the default stays in effect. kubectl refuses a manifest with an unknown field.',
    instead: 'Correct the name, or remove the line. Completion lists what exists in your version.',
    says: [
      "unable to configure the Docker daemon with file: the following directives don't match any configuration option",
    ],
    source: [
      'daemon/config/config.go findConfigurationConflicts (29.7); run on 20.10.24 and 28.5.2',
      'storage/pkg/configfile/parse.go:356 (containers/storage 1.64)',
      'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    ],
  },
  messages: {
    refused: '{engine} does not know `{key}` here and refuses the file. Correct the name or remove it.',
    'refused-near': '{engine} does not know `{key}` here and refuses the file. Did you mean `{near}`?',
    ignored:
      '{engine} does not know `{key}` here and silently ignores it: the default stays in effect. Correct the name or remove it.',
    'ignored-near':
      '{engine} does not know `{key}` here and silently ignores it: the default stays in effect. Did you mean `{near}`?',
    related: 'dockerd looks at `{key}` as if it stood at the top',
    'fix-near': 'Change to {near}',
  },
  at: ['*'],
  covers: [15, 130],
  check({ bound, binding, versions, report }) {
    const { family } = binding;
    const version = versions[versionOf[family]];
    const holder = target(bound.node);
    for (const { key } of refusedMembers(bound, family, versions)) {
      report(key, 'refused', { args: { key: String(key.value), engine: engines.daemon } });
    }
    for (const entry of bound.unknown) {
      const key = String(entry.key.value);
      if (entry.key.part === true || (family === 'daemon' && entry !== entryOf(bound.node, key))) continue;
      if (entry.value.kind === 'missing' || holder.kind !== 'map') continue;
      // `$patch` and its like are words to those who merge patches.
      if (family === 'k8s' && key.startsWith('$')) continue;
      // Another rule says in which table it belongs.
      if (family === 'storage' && homesOf(family, key, version).length > 0) continue;
      const near = nearest(key, knownNames(bound.definition, version));
      const refused = isRefused(family, bound, entry, versions);
      // nvidia-ctk writes an empty `args` into every runtime: what holds nothing loses nothing.
      const value = target(entry.value);
      if (!refused && near === undefined && value.kind === 'list' && value.items.length === 0) continue;
      report(entry.key, `${refused ? 'refused' : 'ignored'}${near === undefined ? '' : '-near'}`, {
        ...(!refused && { level: 'warning', effect: 'ignored' }),
        args: { key, near: near ?? '', engine: engines[family] },
        // Of an object dockerd names only the members in its message.
        ...(refused && { related: named(family, value) }),
        ...(near !== undefined && holder.entries.includes(entry) && { fixes: [rename(entry, near)] }),
      });
    }
  },
});

function named(family: Family, value: Exclude<Node, AliasNode>): Report['related'] {
  if (family !== 'daemon' || value.kind !== 'map') return [];
  return value.entries.map(({ key }) => ({
    span: key.span,
    message: 'related',
    args: { key: String(key.value) },
  }));
}

function rename(entry: Entry, name: string): RuleFix {
  return {
    title: 'fix-near',
    args: { near: name },
    kind: 'suggestion',
    changes: [{ do: 'rename', entry, name }],
  };
}

const engines: Readonly<Record<Family, string>> = {
  daemon: 'dockerd',
  storage: 'containers/storage',
  k8s: 'The API server',
};
