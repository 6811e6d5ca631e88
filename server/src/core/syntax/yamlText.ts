// Plain values as YAML text that Kubernetes reads back as the same values.
import type { Plain, ScalarNode } from './tree.ts';
import { resolvePlain } from './yamlScalar.ts';

export interface YamlStyle {
  /** One level of indent. */
  readonly unit: string;
  readonly newline: string;
}

/** Unquoted where that cannot be misread, else in the quotes of the scalar that it replaces or in double ones. */
export function scalarText(value: string | number | boolean | null, like?: ScalarNode): string {
  if (typeof value !== 'string') return String(value);
  const quote = like?.quoted === true ? like.raw.charAt(0) : '';
  if (quote === "'" && /^[\x20-\x7e]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const safe = /^[A-Za-z0-9_./]([\w./@+=~ -]*[\w./@+=~-])?$/.test(value) && !/^\d{4}-|^\.\.\.$/.test(value);
  return quote !== '"' && safe && resolvePlain(value).type === 'string' ? value : JSON.stringify(value);
}

/** A value on one line. */
export function flowText(value: Plain): string {
  if (typeof value !== 'object' || value === null) return scalarText(value);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  const members = Object.entries(value).map(([key, one]) => `${scalarText(key)}: ${flowText(one)}`);
  return `{${members.join(', ')}}`;
}

/** `key: value` whose further lines are indented more than `indent`. */
export function entryText(key: string, value: Plain, indent: string, style: YamlStyle): string {
  return `${scalarText(key)}:${valueText(value, indent, style)}`;
}

/** What follows a key's colon: a blank and the value, or lines of their own. */
export function valueText(value: Plain, indent: string, style: YamlStyle): string {
  if (isFlat(value)) return ` ${flowText(value)}`;
  const inner = indent + style.unit;
  return `${style.newline}${inner}${blockText(value, inner, style)}`;
}

/** A value in block style that begins at a column of `indent`'s width. */
export function blockText(value: Plain, indent: string, style: YamlStyle): string {
  if (isFlat(value) || typeof value !== 'object' || value === null) return flowText(value);
  const lines = isList(value)
    ? value.map((item) => `- ${blockText(item, `${indent}  `, style)}`)
    : Object.entries(value).map(([key, one]) => entryText(key, one, indent, style));
  return lines.join(`${style.newline}${indent}`);
}

function isFlat(value: Plain): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
