// Lays the API server's refusals of a manifest beside ours, place by place.
import type { Analysis } from '../../../server/src/core/analyze.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import type { Bound } from '../../../server/src/core/schema/bind.ts';
import type { Cause, K8sVerdict } from '../../support/k8sOracle.ts';
import type { Json, Path } from './changes.ts';

/** A place that one of the two refuses and the other does not. */
export interface Difference {
  readonly side: 'missed' | 'ours';
  readonly path: Path;
  /** What the API server says, or the rule that we have. */
  readonly said: string;
  readonly cause?: Cause;
  readonly finding?: Finding;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Refusals of the API server that we have too. */
  readonly agreed: number;
  /** What it says of places that we have no opinion on. */
  readonly outside: readonly Cause[];
  /** Exceptions that were met, by their reason. */
  readonly excepted: readonly string[];
}

/** Where the API server names another place than the one it means. */
const slips: readonly (readonly [reason: string, field: RegExp, place: string])[] = [
  ['details of a gcePersistentDisk', /\.persistentDisk\b/, '.gcePersistentDisk'],
  ['cephFS for cephfs', /\.cephFS\b/, '.cephfs'],
  ['downwarAPI for downwardAPI', /\.downwarAPI\b/, '.downwardAPI'],
  ['attachedRequired for attachRequired', /\.attachedRequired\b/, '.attachRequired'],
  ['requests left out before the resource', /\.resources\[storage\]/, '.resources.requests.storage'],
  ['initiatorname for initiatorName', /\.initiatorname\b/, '.initiatorName'],
  [
    'items left out of downwardAPI',
    /\.downwardAPI\.(path|mode|fieldRef|resourceFieldRef)\b/,
    '.downwardAPI.items.$1',
  ],
  [
    'sources and kind left out before a token’s path',
    /\.projected\.path$/,
    '.projected.sources.serviceAccountToken.path',
  ],
  ['the reference left out before its name', /(volumes\[\d+\]\.csi)\.name$/, '$1.nodePublishSecretRef.name'],
  ['the driver for its topology keys', /^(spec\.drivers\[\d+\])$/, '$1.topologyKeys'],
  ['targetportal for targetPortal', /\.targetportal\b/, '.targetPortal'],
  ['uID for uid', /\.metadata\.uID$/, '.metadata.uid'],
  ['the strategy for its type', /^(spec\.(?:updateStrategy|strategy))$/, '$1.type'],
];

/** Compares the verdict on a single object with the findings in its document. */
export function compare(object: Json, verdict: K8sVerdict, analysis: Analysis): Comparison {
  const root = analysis.binding.roots[0];
  const refusals = analysis.findings.filter(({ level, effect }) => level === 'error' && effect === 'refused');
  const causes = (verdict.errors ?? []).filter(({ field }) => field !== '<nil>');
  const placed = causes.map((cause) => ({ cause, path: inStatefulSet(pathOf(cause.field, object), object) }));
  const outside = placed.filter(({ path }) => root === undefined || !hasOpinion(root, path));
  const inside = placed.filter((one) => !outside.includes(one));
  const ours = refusals.map((finding) => ({ finding, path: placeOf(finding, analysis) }));
  // What stops the decoder hides all the rest.
  const isBlind = verdict.stage === 'decode' || verdict.stage === 'syntax';
  const missed = inside.filter(({ path }) => !ours.some((one) => isSame(one.path, path, object)));
  const extra = ours.filter(({ path }) => !placed.some((one) => isSame(path, one.path, object)));
  const consequent = missed.filter(({ cause, path }) => isConsequence(cause, path, object));
  return {
    agreed: inside.length - missed.length,
    outside: outside.map(({ cause }) => cause),
    excepted: consequent.map(() => 'a mount of a volume that is refused itself'),
    differences: [
      ...missed
        .filter((one) => !consequent.includes(one))
        .map(
          ({ cause, path }): Difference => ({
            side: 'missed',
            path,
            said: `${cause.type ?? ''} ${cause.message}`,
            cause,
          }),
        ),
      ...(isBlind ? [] : extra).map(
        ({ finding, path }): Difference => ({ side: 'ours', path, said: finding.code, finding }),
      ),
    ],
  };
}

/**
 * Of a StatefulSet the API server counts the volumes after those that its claim templates make, and leaves out what they hide;
 * a claim template's name is a volume's.
 */
function inStatefulSet(path: Path, object: Json): Path {
  const [volumes, templates] = [
    ['spec', 'template', 'spec', 'volumes'],
    ['spec', 'volumeClaimTemplates'],
  ];
  const index = path[volumes.length];
  const claims = at(object, templates);
  const isVolume = volumes.every((step, depth) => path[depth] === step) && typeof index === 'number';
  if (!isVolume || !Array.isArray(claims) || claims.length === 0) return path;
  const made = new Set(claims.map((claim) => at(claim, ['metadata', 'name']) ?? ''));
  if (index < made.size) return [...templates, '*', 'metadata', 'name'];
  const own = at(object, volumes);
  const kept = (Array.isArray(own) ? own : []).flatMap((one, place) =>
    made.has(at(one, ['name']) ?? '') ? [] : place,
  );
  return [...volumes, kept[index - made.size] ?? index, ...path.slice(volumes.length + 1)];
}

/** An unknown key is found in its map: the place is the key. */
function placeOf({ code, path, span }: Finding, { binding }: Analysis): Path {
  if (code !== 'unknown-key') return path;
  const map = binding.all.find((bound) => bound.path.join('/') === path.join('/'));
  const entry = map?.unknown.find(({ key }) => key.span.start === span.start);
  return entry === undefined ? path : [...path, String(entry.key.value)];
}

/** A volume that is refused is unknown to the mounts of it. */
function isConsequence(cause: Cause, path: Path, object: Json): boolean {
  if (cause.type !== 'FieldValueNotFound' || !/volumeMounts|volumeDevices/.test(cause.field)) return false;
  const spec = path.slice(
    0,
    path.findIndex((step) => /[cC]ontainers$/.test(String(step))),
  );
  const name = /Not found: "(.*)"/.exec(cause.message)?.[1];
  const volumes = at(object, [...spec, 'volumes']);
  return Array.isArray(volumes) && volumes.some((one) => at(one, ['name']) === name);
}

/** The same place; an item where the API server names the list; or both miss something in the same map. */
function isSame(a: Path, b: Path, object: Json): boolean {
  const [one, other] = [existing(a, object), existing(b, object)];
  return fits(a, b) || fits(one, other) || isItem(a, b) || isItem(b, a) || isEntry(a, b);
}

/** `*` stands for any item: the API server leaves the index out at some places. */
function fits(a: Path, b: Path): boolean {
  return (
    a.length === b.length && a.every((step, index) => step === b[index] || step === '*' || b[index] === '*')
  );
}

/** The API server names a map of labels and the like as a whole, where we name the entry. */
function isEntry(a: Path, b: Path): boolean {
  const named = [
    'labels',
    'annotations',
    'matchLabels',
    'parameters',
    'capacity',
    'options',
    'userAnnotations',
  ];
  return a.length === b.length + 1 && named.includes(String(b.at(-1))) && fits(a.slice(0, -1), b);
}

function isItem(a: Path, b: Path): boolean {
  return a.length === b.length + 1 && typeof a.at(-1) === 'number' && fits(a.slice(0, -1), b);
}

function existing(path: Path, object: Json): Path {
  if (path.includes('*')) return path;
  const end = path.findIndex((_, index) => at(object, path.slice(0, index + 1)) === undefined);
  return end < 0 ? path : path.slice(0, end);
}

function at(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (one, step) =>
      one !== null && typeof one === 'object' && Object.hasOwn(one, step)
        ? (one as Record<string, Json>)[step]
        : undefined,
    value,
  );
}

/** `spec.volumes[0].name` as steps; keys that hold dots or brackets are known by the object. */
export function pathOf(field: string, object: Json): Path {
  const written = slips.reduce((text, [, slip, place]) => text.replace(slip, place), field);
  const steps: (string | number)[] = [];
  let value: Json | undefined = object;
  let rest = written;
  while (rest !== '') {
    const [whole, step] = nextStep(rest, value);
    value = step === '*' ? anyItem(value) : at(value, [step]);
    steps.push(step);
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** A map with the members of all items. */
function anyItem(value: Json | undefined): Json {
  return Object.assign({}, ...(Array.isArray(value) ? value : [])) as Json;
}

/** The next step and the text it takes, its dot or brackets included. */
function nextStep(rest: string, value: Json | undefined): [string, string | number] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const known = Object.keys(value).flatMap((key) =>
      [`.${key}`, key, `[${key}]`].map((written) => [written, key] as const),
    );
    const fit = known.filter(
      ([written]) => rest.startsWith(written) && /^$|^[.[]/.test(rest.slice(written.length)),
    );
    const longest = fit.sort(([a], [b]) => b.length - a.length)[0];
    if (longest !== undefined) return [...longest];
  }
  if (Array.isArray(value) && rest.startsWith('.')) return ['', '*'];
  const index = /^\[(\d+)\]/.exec(rest);
  if (index !== null) return [index[0], Number(index[1])];
  const bracketed = /^\[([^\]]*)\]/.exec(rest);
  if (bracketed !== null) return [bracketed[0], bracketed[1] ?? ''];
  const name = /^\.?[^.[]*/.exec(rest)?.[0] ?? rest;
  return name === '' ? [rest, rest] : [name, name.replace(/^\./, '')];
}

/** Whether a place is one that our schema speaks of, or would speak of if it were written. */
function hasOpinion(root: Bound, path: Path): boolean {
  let bound = root;
  for (const step of path) {
    const { definition } = bound;
    if (definition === undefined || definition['x-opaque'] === true) return false;
    const child = bound.children.find((one) => step === '*' || one.path.at(-1) === step);
    if (child === undefined) {
      const named = definition.properties?.[String(step)];
      if (named !== undefined) return named['x-passage'] !== true;
      return definition['x-passage'] !== true && definition.additionalProperties !== true;
    }
    if (child.definition === undefined) return bound.unknown.includes(child.entry as never);
    bound = child;
  }
  return bound.definition?.['x-passage'] !== true && bound.definition?.['x-opaque'] !== true;
}
