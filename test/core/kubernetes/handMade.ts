// What is tried by hand for each numbered fact of validation (server/tools/k8sCoverage.json): values merged into a base.
import { readFileSync } from 'node:fs';
import type { Json } from './changes.ts';

export interface HandMade {
  readonly fact: number;
  readonly object: Json;
}

type JsonMap = Readonly<Record<string, Json>>;

const isMap = (value: Json | undefined): value is JsonMap =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** RFC 7386: null takes away, lists are replaced. */
function merged(value: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const result: Record<string, Json> = isMap(value) ? { ...value } : {};
  for (const [name, part] of Object.entries(patch)) {
    if (part === null) delete result[name];
    else result[name] = merged(result[name], part);
  }
  return result;
}

/** Texts too long to be written out: `<a*64>`. */
function read(text: string): Json {
  const entries = () =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 520 }, (_, index) => [`k${index}`, 'x'])));
  return JSON.parse(
    text
      .replace('"<entries*520>"', entries)
      .replace(/<(\w)\*(\d+)>/g, (_, letter: string, count: string) => letter.repeat(Number(count))),
  );
}

const mount = { name: 'data', mountPath: '/d' };
const pod = (volumes: Json, volumeMounts: Json): JsonMap => ({
  spec: { containers: [{ name: 'app', image: 'app:1', volumeMounts }], volumes },
});

const claim: JsonMap = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const template = (name: string, spec: Json): JsonMap => ({ metadata: { name }, spec });

/** Short forms of what is tried often: the patch that a value stands for, and the kind. */
const short: Readonly<Record<string, readonly [kind: string, patch: (value: Json) => Json]>> = {
  Volume: ['Pod', (value) => pod([{ name: 'data', ...(value as JsonMap) }], [mount])],
  Projected: ['Pod', (value) => pod([{ name: 'data', projected: { sources: value } }], [mount])],
  Mounts: ['Pod', (value) => pod([{ name: 'data' }, { name: 'more' }], value)],
  EphemeralClaim: [
    'Pod',
    (value) =>
      pod([{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: merged(claim, value) } } }], [mount]),
  ],
  ClaimTemplate: [
    'StatefulSet',
    (value) => ({
      spec: { volumeClaimTemplates: [template('claims', merged(claim, value)), template('raw', claim)] },
    }),
  ],
  Source: ['PersistentVolume', (value) => ({ spec: { hostPath: null, ...(value as JsonMap) } })],
};

/** Every manifest made by hand; `bases` has the first right manifest of each kind. */
export function handMadeObjects(bases: ReadonlyMap<string, Json>): HandMade[] {
  const [, ...lines] = readFileSync(new URL('hand-made.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.flatMap((line) => {
    const [fact = '', names = '', ...values] = line.split('\t');
    return names
      .split(',')
      .flatMap((name) =>
        values.map((text) => ({ fact: Number(fact), object: made(name, read(text), bases) })),
      );
  });
}

function made(name: string, value: Json, bases: ReadonlyMap<string, Json>): Json {
  const [base = '', member] = name.split('/');
  const [kind, patch] = short[base] ?? [
    base,
    (one: Json) => (member === undefined ? one : { [member]: one }),
  ];
  const object = bases.get(kind);
  if (object === undefined) throw new Error(`no right manifest of kind ${kind}`);
  return merged(object, patch(value));
}
