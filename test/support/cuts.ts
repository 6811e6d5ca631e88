// Where tests cut files short: everywhere in small ones, at a fixed sample in large ones unless STOWAGE_SOAK=1.
import type { Format } from '../../server/src/core/syntax/tree.ts';

/** Offsets to cut at, the whole length included; texts of more than `small` UTF-16 units get `sample` of them. */
export function* cutsOf(text: string, small = 4096, sample = 60): Generator<number> {
  const everywhere = text.length <= small || process.env['STOWAGE_SOAK'] === '1';
  if (everywhere) {
    for (let cut = 0; cut <= text.length; cut++) yield cut;
    return;
  }
  // A small linear congruential generator: the same offsets in every run.
  let state = text.length;
  for (let count = 0; count < sample; count++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state % text.length;
  }
  yield text.length;
}

/** The format that a file's name tells. */
export function formatOf(name: string): Format | undefined {
  if (/\.json(\.j2|\.tpl|\.erb|\.current)?$/.test(name)) return 'json';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return name.endsWith('.conf') || name.endsWith('.conf-freebsd') ? 'toml' : undefined;
}
