// The schema of Kubernetes is true: every field that it has is one that the API server reads, of that type, and takes the
// values that are listed; of closed lists no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../server/src/core/schema/definition.ts';
import { members, schemas } from '../../server/src/core/schema/load.ts';
import { type Json, rightValue } from '../core/kubernetes/changes.ts';
import { pathOf } from '../core/kubernetes/compare.ts';
import { type K8sOracle, k8sOracle } from '../support/k8sOracle.ts';

interface Place {
  readonly path: readonly (string | number)[];
  readonly definition: Definition;
  readonly kind: string;
}

/** Roots that nobody serves in a plain cluster with the snapshot kinds, or that hold other objects. */
const notServed = [
  'gateway.networking.k8s.io/v1beta1/ReferenceGrant',
  'populator.storage.k8s.io/v1beta1/VolumePopulator',
  'v1/List',
];

/** Values that the API server takes beside the listed ones, or does not look at: a pattern of the place, and why. */
const lenient: readonly (readonly [place: RegExp, why: string])[] = [
  [/hostPath\/type$/, 'looked at only where there is a path'],
  [/clusterTrustBundle\/labelSelector\/.*operator$/, 'looked at only beside a signer'],
  [/VolumeGroupSnapshot spec\/source\/selector\/.*operator$/, 'the CRD has no list of operators'],
  [/bindMountOptions\/0$/, 'dropped while its gate is off'],
];

function places(place: Place): Place[] {
  const { path, definition, kind } = place;
  const below = (step: string | number, child: Definition) =>
    places({ path: [...path, step], definition: child, kind });
  const { items, additionalProperties: others } = definition;
  return [
    place,
    ...members(definition).flatMap(([name, child]) => below(name, child)),
    ...(items === undefined ? [] : below(0, items)),
    ...(typeof others === 'object' ? below('x', others) : []),
  ];
}

/** A manifest that has one value, and what leads to it. */
function manifest({ path, kind }: Place, value: Json): Json {
  const at = kind.lastIndexOf('/');
  const inner = path.reduceRight<Json>(
    (one, step) => (typeof step === 'number' ? [one] : { [step]: one }),
    value,
  );
  const head = { apiVersion: kind.slice(0, at), kind: kind.slice(at + 1) };
  return {
    ...(path[0] === 'metadata' ? {} : { metadata: { name: 'x' } }),
    ...(inner as Record<string, Json>),
    ...head,
  };
}

/** What is said of the place, of the types named; lists stand for their items. */
async function said(oracle: K8sOracle, place: Place, value: Json, ...types: string[]): Promise<string[]> {
  const object = manifest(place, value);
  const [verdict] = await oracle.judge(JSON.stringify(object));
  const names = (path: readonly (string | number)[]) =>
    path.filter((step) => typeof step === 'string' && step !== '*').join('.');
  return (verdict?.errors ?? [])
    .filter(
      ({ type = '', field }) => types.includes(type) && names(pathOf(field, object)) === names(place.path),
    )
    .map(({ message }) => message);
}

test('every field of the schema is read by the API server, with its listed values, and no others where the list is closed', async (t) => {
  const oracle = k8sOracle();
  if (oracle === undefined) return;
  t.after(oracle.close);
  const roots = Object.entries(schemas.k8s.roots).filter(([kind]) => !notServed.includes(kind));
  const all = roots.flatMap(([kind, definition]) => places({ path: [], definition, kind }));
  const wrong: string[] = [];
  const met = new Set<RegExp>();
  const refusals = ['FieldValueNotSupported', 'FieldValueInvalid', 'FieldValueForbidden'];
  let values = 0;
  for (const place of all) {
    const { path, definition, kind } = place;
    if (path.length === 0 || ['apiVersion', 'kind'].includes(path.join()) || definition['x-passage'] === true)
      continue;
    const where = `${kind} ${path.join('/')}`;
    const unread = await said(oracle, place, rightValue(definition), 'Strict', 'Decode');
    const isGone = all.some(
      (one) =>
        one.definition['x-removed'] !== undefined &&
        one.kind === kind &&
        path.join('/').startsWith(one.path.join('/')),
    );
    if (isGone !== unread.length > 0)
      wrong.push(`${where}: ${unread.join() || 'is read although it is gone'}`);
    const listed = definition['x-values'] ?? [];
    for (const { value } of listed) {
      values += 1;
      const refused = await said(oracle, place, value, 'FieldValueNotSupported', 'Decode');
      wrong.push(...refused.map((message) => `${where} ${value}: ${message}`));
    }
    const isClosed = listed.length > 0 && definition['x-open'] !== true && path[0] !== 'status';
    if (!isClosed || definition.type !== 'string') continue;
    if ((await said(oracle, place, 'nope', ...refusals)).length > 0) continue;
    const excuse = lenient.find(([pattern]) => pattern.test(where));
    if (excuse === undefined) wrong.push(`${where}: takes any value`);
    else met.add(excuse[0]);
  }
  console.log(`${all.length} places and ${values} values of the Kubernetes schema read by the API server`);
  assert.deepEqual(wrong, []);
  assert.equal(met.size, lenient.length, 'an exception no longer occurs');
});
