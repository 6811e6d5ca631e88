// Where the cursor stands in JSON: everything there is flow.
import type { Analysis } from '../analyze.ts';
import { flowPlace, type Place } from './place.ts';

/** The place of an offset, or undefined between a value and the next comma. */
export function placeInJson(text: string, { binding }: Analysis, offset: number): Place | undefined {
  const [root] = binding.roots;
  return root && flowPlace(text, root, offset, ':');
}
