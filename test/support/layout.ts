// Writes plain values as JSON and YAML in the many ways in which people lay such files out, comments in every place.
import fc from 'fast-check';

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** A value and the choices that its layout is made of. */
export interface Sample {
  readonly value: { [key: string]: Value };
  readonly choices: readonly number[];
}

const strings = [
  'a',
  'overlay2',
  'yes',
  '0777',
  'a: b',
  '#x',
  '',
  '~',
  'two words',
  "it's",
  'l1\nl2\n',
  'ключ',
  '[',
  '1.0',
];
const keys = ['a', 'b', 'c', 'd-e', 'storage', 'x y', 'on', '12', 'é'];

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(...strings, 1, -2.5, 0, true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

export const sample: fc.Arbitrary<Sample> = fc.record({
  value: fc.dictionary(fc.constantFrom(...keys), anyValue, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  choices: fc.array(fc.nat(11), { minLength: 30, maxLength: 60 }),
});

export const plainValues: fc.Arbitrary<Value> = anyValue;

interface Pen {
  readonly newline: string;
  readonly unit: string;
  choose(): number;
  comment(): string;
}

function penOf({ choices }: Sample, mark: string): Pen {
  let at = 0;
  let count = 0;
  const choose = () => choices[at++ % choices.length] ?? 0;
  return {
    newline: choose() % 3 === 0 ? '\r\n' : '\n',
    unit: choose() % 2 === 0 ? '  ' : '    ',
    choose,
    comment: () => `${mark} c${++count}.`,
  };
}

/** JSON with comments, as people write it; without comments and oddities it is strict. */
export function jsonLayout(one: Sample): string {
  const pen = penOf(one, '//');
  return jsonPart(one.value, '', pen) + (pen.choose() % 2 === 0 ? pen.newline : '');
}

function jsonPart(value: Value, indent: string, pen: Pen): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inline = pen.choose() % 3 === 0;
  const inner = inline ? indent : indent + pen.unit;
  const parts = Array.isArray(value)
    ? value.map((item) => jsonPart(item, inner, pen))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonPart(item, inner, pen)}`);
  if (inline) return `${open}${parts.join(', ')}${close}`;
  const lines = parts.flatMap((part, index) => {
    const comma = index < parts.length - 1 ? ',' : '';
    const behind = pen.choose() === 1 ? ` ${pen.comment()}` : '';
    const above = pen.choose() === 2 ? [`${inner}${pen.comment()}`] : [];
    return [...above, `${inner}${part}${comma}${behind}`];
  });
  const last = pen.choose() === 3 ? [`${inner}${pen.comment()}`] : [];
  return [open, ...lines, ...last, `${indent}${close}`].join(pen.newline);
}

/** YAML in block and flow style. */
export function yamlLayout(one: Sample): string {
  const pen = penOf(one, '#');
  const head = pen.choose() % 3 === 0 ? `${pen.comment()}${pen.newline}---${pen.newline}` : '';
  const body = yamlMap(one.value, '', pen);
  return head + body.join(pen.newline) + (pen.choose() % 2 === 0 ? pen.newline : '');
}

function yamlMap(value: { [key: string]: Value }, indent: string, pen: Pen): string[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const above = pen.choose() === 2 ? [`${indent}${pen.comment()}`] : [];
    const [first = '', ...rest] = yamlMember(key, item, indent, pen);
    return [...above, indent + first, ...rest];
  });
}

/** `key: …`: the first line without its indent, the others with theirs. */
function yamlMember(key: string, item: Value, indent: string, pen: Pen): string[] {
  const name = yamlScalar(key, pen);
  const behind = pen.choose() === 1 ? ` ${pen.comment()}` : '';
  if (typeof item === 'string' && /^[^\n]+\n[^\n]+\n$/.test(item)) {
    const lines = item.trimEnd().split('\n');
    return [`${name}: |${behind}`, ...lines.map((line) => indent + pen.unit + line)];
  }
  if (!isNested(item) || pen.choose() === 0) return [`${name}: ${yamlFlow(item, pen)}${behind}`];
  if (!Array.isArray(item)) return [`${name}:${behind}`, ...yamlMap(item, indent + pen.unit, pen)];
  return [`${name}:${behind}`, ...yamlList(item, pen.choose() % 2 === 0 ? indent : indent + pen.unit, pen)];
}

function yamlList(items: Value[], indent: string, pen: Pen): string[] {
  return items.flatMap((item) => {
    const above = pen.choose() === 2 ? [`${indent}${pen.comment()}`] : [];
    const behind = pen.choose() === 1 ? ` ${pen.comment()}` : '';
    if (!isNested(item) || Array.isArray(item))
      return [...above, `${indent}- ${yamlFlow(item, pen)}${behind}`];
    const [[key, value] = ['', null], ...others] = Object.entries(item);
    const [first = '', ...rest] = yamlMember(key, value, `${indent}  `, pen);
    const more = yamlMap(Object.fromEntries(others), `${indent}  `, pen);
    return [...above, `${indent}- ${first}`, ...rest, ...more];
  });
}

function isNested(value: Value): value is Value[] | { [key: string]: Value } {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function yamlFlow(value: Value, pen: Pen): string {
  if (Array.isArray(value)) return `[${value.map((item) => yamlFlow(item, pen)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return yamlScalar(value, pen);
  return `{${Object.entries(value)
    .map(([key, item]) => `${yamlScalar(key, pen)}: ${yamlFlow(item, pen)}`)
    .join(', ')}}`;
}

function yamlScalar(value: string | number | boolean | null, pen: Pen): string {
  if (typeof value !== 'string') return String(value);
  const choice = pen.choose();
  if (/^(a|b|c|d-e|overlay2|storage)$/.test(value) && choice > 3) return value;
  return choice % 2 === 0 && !/[\n\\]/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value);
}
