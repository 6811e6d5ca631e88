// Where the cursor stands in JSON: everything there is flow.
import type { Analysis } from '../analyze.ts';
import { target } from '../syntax/tree.ts';
import { anyManifest } from './anyKind.ts';
import { flowPlace, type Place } from './place.ts';

/** The place of an offset, or undefined between a value and its comma. */
export function placeInJson(text: string, analysis: Analysis, offset: number): Place | undefined {
  const root = analysis.binding.roots[0] ?? anyManifest(analysis, offset);
  if (root === undefined) return undefined;
  if (target(root.node).kind === 'missing') {
    return { kind: 'document', replace: { start: offset, end: offset } };
  }
  return flowPlace({ text, offset, separator: ':', json: true }, root);
}
