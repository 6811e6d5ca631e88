// What a driver cannot make a volume without.
import { driverOf, expandsWithSecret, oneOfParameters, parameterNamed } from '../kubernetes/csiDrivers.ts';
import { placeOf } from '../kubernetes/missing.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { get, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'csi-parameter-missing',
  families: ['k8s'],
  level: 'warning',
  effect: 'fails-later',
  fix: 'none',
  docs: {
    what: 'A parameter is missing that the driver of the class needs for every volume.',
    why: 'The API server knows nothing of parameters and accepts the class. The driver refuses each request, so every claim of the class stays Pending. A missing secret for expansion shows only when a claim is to grow.',
    instead: 'Add the parameters that the message names; completion describes them.',
    source: ['https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters'],
  },
  messages: {
    missing: 'The driver {driver} needs the parameter {names}: without it claims of this class stay Pending.',
    several:
      'The driver {driver} needs the parameters {names}: without them claims of this class stay Pending.',
    'one-of': 'The driver {driver} needs one of the parameters {names}: claims of this class stay Pending.',
    expand:
      'Claims of this class may grow, but the driver {driver} needs `{names}` for that, and its namespace. Add both.',
    snapshots: 'The driver {driver} needs {names}: without that no snapshot of this class is made.',
  },
  at: ['k8s#StorageClass/parameters', 'k8s#VolumeSnapshotClass/parameters'],
  check({ bound, root, kind, report }) {
    const driver = driverOf(bound);
    const { definition } = bound;
    // A class without parameters may be one for volumes that are made by hand.
    if (driver === undefined || isPartial(root, kind) || target(bound.node).kind !== 'map') return;
    const isClass = bound.pointer.startsWith('k8s#StorageClass');
    const given = namesIn(bound);
    const slips = given.filter((name) => parameterNamed(definition, name) === undefined);
    const lacks = (name: string) =>
      !covers(name).some((one) => given.includes(one)) && nearest(name, slips) === undefined;
    const say = (id: string, names: string) =>
      report(placeOf(bound), id, { below: ['parameters'], args: { driver, names } });
    const missing = (definition?.required ?? []).filter(lacks);
    if (missing.length > 0) {
      say(isClass ? (missing.length > 1 ? 'several' : 'missing') : 'snapshots', list(missing));
    }
    if (!isClass) return;
    for (const set of oneOfParameters[driver] ?? []) if (set.every(lacks)) say('one-of', list(set));
    const grows = get(bound.parent?.node, 'allowVolumeExpansion');
    const secret = 'csi.storage.k8s.io/controller-expand-secret-name';
    const isGrowing = grows?.kind === 'scalar' && grows.value === true && expandsWithSecret.includes(driver);
    if (isGrowing && missing.length === 0 && lacks(secret)) say('expand', secret);
  },
});

function namesIn({ children }: Bound): string[] {
  return children.map(({ entry: own, definition }) =>
    (definition?.['x-replaced-by'] ?? String(own?.key.value)).toLowerCase(),
  );
}

/** What counts for a name: itself, of half a secret the other half, which another rule asks for, and the secret for all steps. */
function covers(name: string): string[] {
  const [stem] = name.match(/^csi\.storage\.k8s\.io\/.*secret(?=-name(?:space)?$)/) ?? [];
  if (stem === undefined) return [name.toLowerCase()];
  return [stem, 'csi.storage.k8s.io/secret'].flatMap((one) => [`${one}-name`, `${one}-namespace`]);
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
