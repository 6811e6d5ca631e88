// What all offers of completion have in common: who may have them, and how they stand in the text.
import type { Analysis } from '../analyze.ts';
import type { Definition } from '../schema/definition.ts';
import { exists } from '../schema/describe.ts';
import { versionOf } from '../schema/versions.ts';
import { get, type Span, text } from '../syntax/tree.ts';

/** In JSON the next member wants a comma before it. */
export function commaBehind(source: string, { end }: Span): string {
  return /^\s*"/.test(source.slice(end)) ? ',' : '';
}

/** Whether it is ours to offer, the judged version and platform take it, and the storage driver that is chosen knows it. */
export function isOffered({ versions, kind, binding }: Analysis, member: Definition): boolean {
  const { 'x-platform': platform, 'x-drivers': drivers, 'x-passage': passage } = member;
  if (passage === true || member['x-forbidden'] === true) return false;
  if (!exists(member, versions[versionOf[kind.family]])) return false;
  if (kind.family === 'daemon' && platform !== undefined && platform !== versions.platform) return false;
  const chosen = text(get(binding.roots[0]?.node, 'storage-driver'));
  return drivers === undefined || !chosen || drivers.includes(chosen);
}

/** The first sentence. */
export function detail(text: string | undefined): { detail?: string } {
  const first = text?.match(/^.*?[.。](?=\s|$)|^.*/s)?.[0].replaceAll('`', '');
  return first === undefined || first === '' ? {} : { detail: first };
}

export function quoted(source: string, { start, end }: Span): boolean {
  return start < end && source[start] === '"';
}
