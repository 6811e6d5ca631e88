// What a plain YAML scalar means to Kubernetes: sigs.k8s.io/yaml reads with go-yaml v2, that is YAML 1.1 with yes/no/on/off,
// octals that begin with 0, and numbers with underscores; dates stay text. Source: goyaml.v2/resolve.go (sigs.k8s.io/yaml).
import type { ScalarNode } from './tree.ts';

type Resolved = Pick<ScalarNode, 'type' | 'value'>;

const truths = new Set(['y', 'yes', 'true', 'on']);
const untruths = new Set(['n', 'no', 'false', 'off']);
const floatPattern = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/** The type and value of an unquoted scalar without a tag. */
export function resolvePlain(text: string): Resolved {
  if (/^(~|null|Null|NULL|)$/.test(text)) return { type: 'null', value: null };
  if (/^([a-z]+|[A-Z][a-z]*|[A-Z]+)$/.test(text)) {
    const lower = text.toLowerCase();
    if (truths.has(lower)) return { type: 'boolean', value: true };
    if (untruths.has(lower)) return { type: 'boolean', value: false };
    return { type: 'string', value: text };
  }
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) {
    return {
      type: 'float',
      value: text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
    };
  }
  if (/^\.(nan|NaN|NAN)$/.test(text)) return { type: 'float', value: Number.NaN };
  return resolveNumber(text) ?? { type: 'string', value: text };
}

function resolveNumber(text: string): Resolved | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const bare = text.replaceAll('_', '');
  const integer = parseInteger(bare);
  if (integer !== undefined) return { type: 'integer', value: integer };
  if (!floatPattern.test(bare)) return undefined;
  const value = Number(bare);
  // On its way to the server it becomes JSON, where 1.0 is written 1.
  return { type: Number.isSafeInteger(value) ? 'integer' : 'float', value };
}

/** As Go's strconv.ParseInt does with base 0. */
function parseInteger(text: string): number | bigint | undefined {
  const [, sign = '', digits = ''] = text.match(/^([-+]?)(.*)$/) ?? [];
  const octal = digits.match(/^0o?([0-7]+)$/i)?.[1];
  const known = octal === undefined ? /^(0|[1-9][0-9]*|0x[0-9a-f]+|0b[01]+)$/i.test(digits) : true;
  if (!known) return undefined;
  const big = BigInt(octal === undefined ? digits : `0o${octal}`);
  const value = sign === '-' ? -big : big;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
