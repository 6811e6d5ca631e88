// Quantities compared with each other, and as the API server writes them when it looks a unit up.
// Source: apimachinery pkg/api/resource/quantity.go ParseQuantity, CanonicalizeBytes (1.37).
import type { Node } from '../syntax/tree.ts';
import { amountOf } from './quantities.ts';

export interface Worth {
  /** As it is written. */
  readonly text: string;
  /** Thousandths, rounded up. */
  readonly thousandths: bigint;
  /** As the server writes it, where it is one of a unit: `1`, `1m`, `1Gi`; else the empty text. */
  readonly canonical: string;
}

/** What a node is worth as a quantity; undefined where it is none, or too large or small to matter. */
export function worthOf(node: Node): Worth | undefined {
  const amount = amountOf(node);
  const [, whole = '', part = '', suffix = ''] =
    /^[+-]?(\d*)(?:\.(\d*))?(.*)$/.exec(amount?.text ?? '') ?? [];
  const scale = scaleOf(suffix);
  if (amount === undefined || scale === undefined) return undefined;
  const digits = BigInt(`0${whole}${part}`) * scale.factor * 1000n;
  const exponent = scale.exponent - part.length;
  if (Math.abs(exponent) > 60) return undefined;
  const divisor = 10n ** BigInt(Math.max(0, -exponent));
  const scaled = digits * 10n ** BigInt(Math.max(0, exponent));
  const size = (scaled + divisor - 1n) / divisor;
  const thousandths = amount.sign < 0 ? -size : size;
  return {
    text: amount.text,
    thousandths,
    canonical: scaled % divisor === 0n ? canonicalOf(thousandths, suffix) : '',
  };
}

function scaleOf(suffix: string): { factor: bigint; exponent: number } | undefined {
  const binary = /^([KMGTPE])i$/.exec(suffix)?.[1];
  if (binary !== undefined) return { factor: 1024n ** BigInt('KMGTPE'.indexOf(binary) + 1), exponent: 0 };
  const known: Readonly<Record<string, number>> = {
    n: -9,
    u: -6,
    m: -3,
    '': 0,
    k: 3,
    M: 6,
    G: 9,
    T: 12,
    P: 15,
    E: 18,
  };
  const exponent = known[suffix] ?? Number(suffix.slice(1));
  return Number.isNaN(exponent) ? undefined : { factor: 1n, exponent };
}

/** A quantity keeps the kind of suffix that it was written with; small binary ones become plain numbers. */
function canonicalOf(thousandths: bigint, suffix: string): string {
  if (/^[eE]\+?-?\d/.test(suffix)) return thousandths === 1000n ? '1' : '';
  const isBinary = suffix.endsWith('i') && thousandths >= 1_024_000n && thousandths % 1000n === 0n;
  const step = isBinary ? 1024n : 1000n;
  const names = isBinary ? ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] : ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];
  const size = isBinary ? thousandths / 1000n : thousandths;
  const name = names.find((_, power) => step ** BigInt(power) === size);
  return name === undefined ? '' : `1${name}`;
}
