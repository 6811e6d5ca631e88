// A text with `$0` where the cursor stands, analysed without it.
import assert from 'node:assert/strict';
import { type Analysis, analyze } from '../../server/src/core/analyze.ts';
import { type Completion, complete } from '../../server/src/core/features/completion.ts';
import { applyEdits } from '../../server/src/core/features/fixes.ts';
import { withoutStops } from '../../server/src/core/features/snippets.ts';
import type { Settings } from '../../server/src/core/finding.ts';
import { familyOf } from '../../server/src/core/recognise.ts';

export interface Cursor {
  readonly text: string;
  readonly offset: number;
  readonly analysis: Analysis;
}

/** @param as a name that `--as` takes */
export function cursor(as: string, marked: string, settings: Settings = {}): Cursor {
  const offset = marked.indexOf('$0');
  const kind = familyOf(as);
  assert.ok(kind && offset >= 0);
  const text = marked.replace('$0', '');
  return { text, offset, analysis: analyze(text, kind, {}, settings) };
}

export function offers(as: string, marked: string, settings: Settings = {}): Completion[] {
  const { text, offset, analysis } = cursor(as, marked, settings);
  return complete(text, analysis, offset);
}

export const labels = (items: readonly Completion[]) => items.map(({ label }) => label);

/** The text after an offer was accepted, without snippet stops. */
export function accepted(as: string, marked: string, label: string, settings: Settings = {}): string {
  const item = offers(as, marked, settings).find((one) => one.label === label);
  assert.ok(item, `${label} is not offered`);
  const { text } = cursor(as, marked);
  const { replace, insert, also = [] } = item;
  return applyEdits(text, [...also, { span: replace, text: withoutStops(insert) }]);
}
