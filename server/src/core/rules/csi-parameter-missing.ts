// What a driver cannot make a volume without.
import {
  abilitiesOf,
  driverOf,
  expandsWithSecret,
  oneOfParameters,
  parametersOf,
} from '../kubernetes/csiDrivers.ts';
import { placeOf } from '../kubernetes/missing.ts';
import { isPartial } from '../kubernetes/partial.ts';
import { defineRule } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { nearest } from '../schema/search.ts';
import { entriesOf, entry, get, target, text } from '../syntax/tree.ts';

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
    snapshots: 'The driver {driver} needs {names}: without it no snapshot of this class is made.',
  },
  at: ['k8s#StorageClass', 'k8s#VolumeSnapshotClass'],
  check({ bound, root, kind, report }) {
    if (isPartial(root, kind)) return;
    const isClass = bound.pointer === 'k8s#StorageClass';
    const place = bound.children.find(({ entry: own }) => own?.key.value === 'parameters');
    const own = entry(bound.node, isClass ? 'provisioner' : 'driver');
    const driver = text(own?.value);
    const definition = place === undefined ? isClass && parametersOf(driver ?? '') : place.definition;
    if (!definition || driver === undefined || own === undefined) return;
    if (place !== undefined && (driverOf(place) === undefined || target(place.node).kind !== 'map')) return;
    const given = names(place);
    const lacks = (name: string) => !given.some((one) => one === name.toLowerCase());
    // What a slip in a name explains, another rule reports.
    const slips = (name: string) => given.some((one) => nearest(one, [name.toLowerCase()]) !== undefined);
    const at = place === undefined ? own.value : placeOf(place);
    const say = (id: string, missing: readonly string[]) =>
      report(at, id, { below: ['parameters'], args: { driver, names: list(id, missing) } });
    const missing = (definition.required ?? []).filter((name) => lacks(name) && !slips(name));
    if (missing.length > 0)
      say(isClass ? (missing.length > 1 ? 'several' : 'missing') : 'snapshots', missing);
    if (!isClass) return;
    for (const set of oneOfParameters[driver] ?? []) {
      if (set.every((name) => lacks(name) && !slips(name))) say('one-of', set);
    }
    const grows = target(get(bound.node, 'allowVolumeExpansion') ?? bound.node);
    const isGrowing = grows.kind === 'scalar' && grows.value === true && abilitiesOf(driver) !== undefined;
    const secrets = ['csi.storage.k8s.io/controller-expand-secret-name', 'csi.storage.k8s.io/secret-name'];
    if (isGrowing && expandsWithSecret.includes(driver) && secrets.every(lacks)) {
      if (missing.length === 0) say('expand', secrets.slice(0, 1));
    }
  },
});

function names(place: Bound | undefined): string[] {
  const map = place === undefined ? undefined : target(place.node);
  return map?.kind === 'map' ? entriesOf(map).map(({ key }) => String(key.value).toLowerCase()) : [];
}

function list(id: string, missing: readonly string[]): string {
  return id === 'expand' ? (missing[0] ?? '') : missing.map((name) => `\`${name}\``).join(', ');
}
