// A value of another type than the engine's decoder takes.
import { defineRule, type RuleFix } from '../rule.ts';
import { isDecoded } from '../schema/fate.ts';
import { asType, isForm, typeMatches, typeOf } from '../schema/types.ts';
import { isMisplaced } from '../schema/unknown.ts';
import type { Node, Plain } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'wrong-type',
  families: ['daemon', 'storage', 'k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'suggestion',
  docs: {
    what: 'The value does not have the type that the engine expects here.',
    why: 'The decoders of all three engines are strict: `"true"` is not a boolean, `3` is not a string, a single string is not a list. One such value makes the whole file or manifest unusable.',
    instead:
      'Write the type that the message names. Watch for strings that look like something else: values of `log-opts` and most options of storage.conf need quotes.',
    says: [
      'json: cannot unmarshal string into Go struct field of type bool',
      'cannot unmarshal number into Go struct field of type string',
    ],
    source: [
      'daemon/config/config.go:603 (29.7); run on 20.10.24 and 28.5.2',
      'storage/pkg/configfile/parse.go:356-359 (containers/storage 1.64)',
      'sigs.k8s.io/yaml UnmarshalStrict (1.4)',
    ],
  },
  messages: {
    wrong: '`{key}` expects {wanted}, but this is {found}: the engine refuses the whole file. Write {write}.',
    'wrong-item':
      'Each item of `{key}` must be {wanted}, but this is {found}: the engine refuses the whole file. Write {write}.',
    lost: '`{key}` expects {wanted}, but this is {found}: the loader takes the file and reads nothing of it. Write {write}.',
    'fix-type': 'Change to {value}',
  },
  at: ['*'],
  covers: [198],
  every: true,
  check({ bound, binding, versions, overridden, report }) {
    const { definition, node } = bound;
    // `proxies` is known by the members of the last one only.
    if (overridden && bound.pointer === 'daemon#/proxies') return;
    if (definition === undefined) return;
    const isLater = binding.family === 'storage' && !isForm(node, definition, versions.containersStorage);
    if (!isLater && typeMatches(node, definition, binding.family)) return;
    if (isMisplaced(bound, versions.containersStorage)) return;
    // What this version does not read has no type that could be wrong.
    if (!isDecoded(bound, binding.family, versions)) return;
    const types = [definition.type ?? []].flat().filter((type) => !isLater || type !== 'object');
    const isLost = bound.pointer === 'storage#/storage/options/pull_options';
    const wanted = types.map(typeName).join(' / ');
    const value = asType(node, definition);
    const write = value === undefined ? wanted : `\`${JSON.stringify(value)}\``;
    const key = [...bound.path].reverse().find((step) => typeof step === 'string') ?? '';
    report(node, isLost ? 'lost' : bound.entry === undefined ? 'wrong-item' : 'wrong', {
      // The decoder steps over whatever is no table where it fills a map. (RUN Podman 4.3.1, 5.8.6)
      ...(isLost && { level: 'warning', effect: 'ignored' }),
      args: { key: String(key), wanted, found: typeName(typeOf(node)), write },
      ...(value !== undefined && node.kind !== 'alias' && { fixes: [replace(node, value)] }),
    });
  },
});

function replace(node: Node, value: Plain): RuleFix {
  const args = { value: JSON.stringify(value) };
  return { title: 'fix-type', args, kind: 'suggestion', changes: [{ do: 'replace', node, value }] };
}

/** Names that JSON has for types are the same in every language. */
function typeName(type: string): string {
  return `\`${type}\``;
}
