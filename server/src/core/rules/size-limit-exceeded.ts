// More entries or bytes than the API server stores.
import { defineRule } from '../rule.ts';
import { entriesOf, type Node, target, text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'size-limit-exceeded',
  families: ['k8s'],
  level: 'error',
  effect: 'refused',
  fix: 'none',
  docs: {
    what: 'A map or a text is larger than Kubernetes accepts.',
    why: 'Objects are kept in etcd, so the API server limits them: annotations of an object to 256 KiB in all, parameters of a class to 512 entries and 256 KiB, the ID of a node to 256 bytes.',
    instead: 'Keep large data elsewhere, such as in a ConfigMap, and name it here.',
    says: ['Too long: may not be more than', 'Too long: must have at most'],
    source: [
      'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateAnnotationsSize (1.37)',
      'pkg/apis/storage/validation/validation.go validateParameters, validateCSINodeDriverNodeID (1.37)',
    ],
  },
  messages: {
    entries: '`{key}` has {count} entries and may have {most}: the API server refuses it. Remove some.',
    bytes: '`{key}` has {count} bytes and may have {most}: the API server refuses it. Shorten it.',
  },
  at: ['*'],
  covers: [11, 58, 98, 195, 197, 209, 220],
  check({ bound, report }) {
    const { definition, node, path, entry } = bound;
    if (definition === undefined) return;
    const { maxProperties, maxLength, 'x-max-bytes': maxBytes } = definition;
    const key = String(path.findLast((step) => typeof step === 'string') ?? '');
    const say = (message: string, count: number, most: number | undefined) => {
      if (most === undefined || count <= most) return false;
      report(entry?.key ?? node, message, { args: { key, count: String(count), most: String(most) } });
      return true;
    };
    if (maxLength !== undefined) say('bytes', bytesOf(text(node) ?? ''), maxLength);
    if (maxProperties === undefined && maxBytes === undefined) return;
    const entries = countable(node);
    if (say('entries', entries.length, maxProperties)) return;
    const bytes = entries.reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0);
    say('bytes', bytes, maxBytes);
  },
});

function countable(node: Node): (readonly [string, string])[] {
  const map = target(node);
  if (map.kind !== 'map') return [];
  return entriesOf(map).map(({ key, value }) => [String(key.value), text(value) ?? ''] as const);
}

/** Of a text in UTF-8. */
function bytesOf(value: string): number {
  let bytes = 0;
  for (const letter of value) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
