// A text with `$0` where the cursor stands, analysed without it.
import assert from 'node:assert/strict';
import { type Analysis, analyze } from '../../server/src/core/analyze.ts';
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
