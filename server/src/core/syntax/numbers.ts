// Numbers as they are written, without loss.
import type { ScalarNode } from './tree.ts';

/** The whole number as written in JSON, or as TOML's reader gives it: there it may have signs, lines between digits and other bases. */
export function wholeNumber({ type, value, raw }: ScalarNode): bigint | undefined {
  if (/^-?\d+$/.test(raw)) return BigInt(raw);
  if (type !== 'integer') return undefined;
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
    ? BigInt(value)
    : undefined;
}
