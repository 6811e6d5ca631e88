// The keys of a storage.conf that our findings say the loader does not know, written as the loader writes them, so that the
// two lists can be laid side by side.
import type { Analysis } from '../../server/src/core/analyze.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { atLeast } from '../../server/src/core/schema/versions.ts';
import { type Entry, type Node, type Span, target } from '../../server/src/core/syntax/tree.ts';

/** A key that stands in the file, wherever; of a table that only names of others imply, `written` is false. */
interface Key {
  readonly path: readonly string[];
  readonly spans: readonly Span[];
  readonly written: boolean;
}

/** Every key that a finding says is not known, and all that is written below it. */
export function unknownKeys({ tree, findings, versions }: Analysis): Set<string> {
  const keys = tree.documents.flatMap(({ root }) => keysIn(root, []));
  const said = keys.flatMap((key) => {
    const here = findings.filter(({ span }) => key.spans.some((one) => isSame(one, span)));
    const whole = here.some((finding) => saysUnknown(finding, key.path));
    return whole || here.some(saysLost) ? [{ path: key.path, whole }] : [];
  });
  const counts = ({ path }: Key) =>
    said.some(
      (one) =>
        one.path.every((step, index) => step === path[index]) &&
        (path.length > one.path.length || (one.whole && !isEmptied(path, versions.containersStorage))),
    );
  return new Set(keys.filter((key) => key.written && counts(key)).map(({ path }) => keyName(path)));
}

function saysUnknown({ code }: Finding, path: readonly string[]): boolean {
  // A map takes every name.
  if (path.length > 3 && path[2]?.toLowerCase() === 'pull_options') return false;
  if (code === 'key-in-wrong-table') return !unread.includes(path.join('.').toLowerCase());
  return ['unknown-key', 'key-removed', 'table-removed'].includes(code);
}

/** Keys that are decoded and read by nobody: the finding says in which table they would count. */
const unread = ['storage.options.imagestore', 'storage.options.use_composefs'];

/** The value is passed over with all that it holds, its own name is known. */
function saysLost({ code, effect }: Finding): boolean {
  return code === 'wrong-type' && effect === 'ignored';
}

/** The name of the table that held devicemapper's options stayed known for a while, with nothing in it. */
function isEmptied(path: readonly string[], version: string): boolean {
  return path.join('.').toLowerCase() === 'storage.options.thinpool' && !atLeast(version, '1.63');
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

function keysIn(node: Node, path: readonly string[]): Key[] {
  const value = target(node);
  if (value.kind === 'list') return value.items.flatMap((item) => keysIn(item, path));
  if (value.kind !== 'map') return [];
  return value.entries.flatMap((entry) => {
    const here = [...path, String(entry.key.value)];
    return [keyOf(entry, here), ...keysIn(entry.value, here)];
  });
}

function keyOf({ key, value }: Entry, path: readonly string[]): Key {
  const held = target(value);
  const headers = held.kind === 'map' ? (held.headers ?? []) : [];
  const implied = held.kind === 'map' && held.style === 'table' && headers.length === 0;
  // Of a value that is the wrong one for its key the finding sits on the value.
  const spans = held.kind === 'map' ? [key.span, ...headers] : [key.span, held.span];
  return { path, spans, written: !implied };
}

/** As BurntSushi/toml writes a key: parts that are no bare names in quotes. */
function keyName(path: readonly string[]): string {
  const escapes: Readonly<Record<string, string>> = {
    '\t': '\\t',
    '\n': '\\n',
    '\r': '\\r',
    '\b': '\\b',
    '\f': '\\f',
  };
  const quoted = (part: string) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that get escapes.
    `"${part.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, (one) => escapes[one] ?? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
  return path.map((part) => (/^[\w-]+$/.test(part) ? part : quoted(part))).join('.');
}
