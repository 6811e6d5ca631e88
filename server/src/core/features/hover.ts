// What is under the cursor, in words: a key's definition, a known value's meaning.
import type { Analysis } from '../analyze.ts';
import type { Locale } from '../locale.ts';
import type { Bound } from '../schema/bind.ts';
import { describe, describeApiVersion, describeValue } from '../schema/describe.ts';
import { get, type Span, target, text } from '../syntax/tree.ts';

export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** The hover at an offset; undefined where nothing is known. */
export function hover(
  { binding, kind, versions }: Analysis,
  offset: number,
  locale?: Locale,
): Hover | undefined {
  const bound = binding.find(offset);
  const { definition, entry } = bound ?? {};
  if (bound === undefined || definition === undefined || definition['x-passage'] === true) return undefined;
  if (entry !== undefined && holds(entry.key.span, offset)) {
    const name = String(entry.key.value);
    return { span: entry.key.span, text: describe(definition, kind.family, versions, locale, name) };
  }
  const node = target(bound.node);
  if (node.kind !== 'scalar' || !holds(bound.node.span, offset)) return undefined;
  const served = servedText(bound, versions.kubernetes, locale);
  if (served !== undefined) return { span: bound.node.span, text: served };
  const whole = /^k8s#\w+\/kind$/.test(bound.pointer) ? bound.parent?.definition : undefined;
  if (whole !== undefined)
    return {
      span: bound.node.span,
      text: describe(whole, kind.family, versions, locale, String(node.value)),
    };
  const value = definition['x-values']?.find((one) => one.value === node.value);
  const said = value && describeValue(value, definition, kind.family, versions, locale);
  // An item of a list goes by the name of the list.
  const name = bound.path.findLast((step) => typeof step === 'string');
  const about = describe(definition, kind.family, versions, locale, name);
  return { span: bound.node.span, text: said === undefined ? about : `${said}\n\n---\n\n${about}` };
}

/** Of an apiVersion's text: how long it is served. */
function servedText(
  { node, pointer, parent }: Bound,
  version: string,
  locale: Locale | undefined,
): string | undefined {
  if (!/^k8s#\w+\/apiVersion$/.test(pointer)) return undefined;
  const kind = text(get(parent?.node, 'kind')) ?? '';
  return describeApiVersion(text(node) ?? '', kind, version, locale);
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
