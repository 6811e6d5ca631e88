// Writes keys and values as TOML, on one line.
import type { Plain } from './tree.ts';

/** A key, bare where that is allowed. */
export function writeKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : writeString(name);
}

/** A value; `like` is the text it replaces, whose kind of quotes is kept. TOML has no null: it becomes an empty string. */
export function writeValue(value: Plain, like = ''): string {
  if (value === null) return '""';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') {
    const literal = /^'(?!'')/.test(like) && /^[^'\p{Cc}]*$/u.test(value);
    return literal ? `'${value}'` : writeString(value);
  }
  if (isList(value)) return `[${value.map((item) => writeValue(item)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, inner]) => `${writeKey(key)} = ${writeValue(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function writeString(value: string): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
