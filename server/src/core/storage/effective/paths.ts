// Paths as the loader fills them in, and keys in the order of the schema.
import type { Definition } from '../../schema/definition.ts';
import { schemas } from '../../schema/load.ts';
import type { EffectiveValue, StorageQuestion } from './types.ts';

/**
 * `$UID` first, wherever it stands, then variables; one that is not set is empty (storage/types/utils.go:10-19). Links are
 * not followed: that needs the disk.
 */
export function expandPath(
  path: string,
  { uid, env, home }: Pick<StorageQuestion, 'uid' | 'env' | 'home'>,
): string {
  const values: StorageQuestion['env'] = { ...env, HOME: env['HOME'] ?? home };
  const filled = path
    .replaceAll('$UID', String(uid))
    .replace(
      /\$(?:\{(\w*)\}|(\w+))/g,
      (_, braced?: string, plain?: string) => values[braced ?? plain ?? ''] ?? '',
    );
  return cleaned(filled);
}

/** What Go's filepath.Clean makes of it. */
function cleaned(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  const joined = parts.join('/');
  return path.startsWith('/') ? `/${joined}` : joined || '.';
}

/** Sorted as the schema lists the keys; what it does not name, as pull_options of later versions, by name behind. */
export function inSchemaOrder(values: readonly EffectiveValue[]): EffectiveValue[] {
  const order = [...pathsBelow(schemas.storage.roots[''], [])];
  const place = ({ key }: EffectiveValue) => {
    const at = order.indexOf(key.join('/'));
    return at < 0 ? order.length : at;
  };
  return [...values].sort((a, b) => place(a) - place(b) || (a.key.join('/') < b.key.join('/') ? -1 : 1));
}

function* pathsBelow(definition: Definition | undefined, above: readonly string[]): Generator<string> {
  for (const [name, child] of Object.entries(definition?.properties ?? {})) {
    yield [...above, name].join('/');
    yield* pathsBelow(child, [...above, name]);
  }
}
