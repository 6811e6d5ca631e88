// What a quantity is worth, as far as the API server asks: its sign, and whether it is a whole number.
// Source: apimachinery pkg/api/resource/quantity.go ParseQuantity; core/v1/defaults.go SetDefaults_ResourceList (1.37).
import { quantity } from '../formats.ts';
import { type Node, target } from '../syntax/tree.ts';

export interface Amount {
  /** As it is written, or as JSON has a bare number. */
  readonly text: string;
  readonly sign: -1 | 0 | 1;
  /** It is no whole number of units, counted in thousandths and rounded up. */
  readonly fractional: boolean;
}

/** What a node is worth as a quantity; undefined where it is none. */
export function amountOf(node: Node): Amount | undefined {
  const value = target(node);
  if (value.kind !== 'scalar' || value.value === null || typeof value.value === 'boolean') return undefined;
  const text = String(value.value).trim();
  if (quantity(text) !== undefined) return undefined;
  const [, sign, whole = '', part = '', suffix = ''] = /^([+-]?)(\d*)(?:\.(\d*))?(.*)$/.exec(text) ?? [];
  const digits = BigInt(`0${whole}${part}`);
  if (digits === 0n) return { text, sign: 0, fractional: false };
  return { text, sign: sign === '-' ? -1 : 1, fractional: isFractional(digits, part.length, suffix) };
}

/** `digits` has `places` digits behind the point. */
function isFractional(digits: bigint, places: number, suffix: string): boolean {
  const binary = /^([KMGTPE])i$/.exec(suffix)?.[1];
  const factor = binary === undefined ? 1n : 1024n ** BigInt('KMGTPE'.indexOf(binary) + 1);
  const exponent = (binary === undefined ? decimalExponent(suffix) : 0) - places;
  if (exponent >= 0) return false;
  // Beyond that every digit is a fraction of a thousandth, which rounds up to one.
  if (exponent < -400) return true;
  const divisor = 10n ** BigInt(-exponent);
  const thousandths = (digits * factor * 1000n + divisor - 1n) / divisor;
  return thousandths % 1000n !== 0n;
}

function decimalExponent(suffix: string): number {
  const known = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
  return Object.hasOwn(known, suffix) ? known[suffix as keyof typeof known] : Number(suffix.slice(1));
}
