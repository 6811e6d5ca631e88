// The effective configuration of containers/storage: which files are read, and key by key the value, where it stands and
// what it overrides. Pure: files, user and variables come in as values.
import { atLeast } from '../../schema/versions.ts';
import { load } from './load.ts';
import { keyText, type Merged, type Values } from './merge.ts';
import { noEffects } from './noEffects.ts';
import type { Loaded } from './opened.ts';
import { expandPath, inSchemaOrder } from './paths.ts';
import { join, passedOver } from './places.ts';
import type { EffectiveStorage, EffectiveValue, Stop, StorageQuestion } from './types.ts';

/** Variables that have a say beside the files. */
const variableNames = [
  'CONTAINERS_STORAGE_CONF',
  'CONTAINERS_STORAGE_CONF_OVERRIDE',
  'STORAGE_DRIVER',
  'STORAGE_OPTS',
];

export function effectiveStorage(question: StorageQuestion): EffectiveStorage {
  const { version, uid, env } = question;
  const loaded = load(question);
  const values = withVariables(loaded.values, env);
  const marked = noEffects([...values.values()], question);
  const roots = rootsOf(marked, loaded, question);
  const all = [...marked, ...roots].map((value) => withResolved(value, question));
  const stop = loaded.stop ?? lateStop(all, loaded, question);
  const read = listed(loaded, all);
  return {
    version,
    uid,
    read,
    notRead: passedOver(question, read),
    variables: Object.fromEntries(
      variableNames.flatMap((name) => {
        const value = env[name];
        // The older loader knows no override.
        const known = name !== 'CONTAINERS_STORAGE_CONF_OVERRIDE' || atLeast(version, '1.63');
        return value === undefined || !known ? [] : [[name, value]];
      }),
    ),
    values: stop === undefined ? inSchemaOrder(all) : [],
    ...(stop && { stop }),
  };
}

/** Files that are read, with the one of which a single key is taken. */
function listed({ read, inherited }: Loaded, values: readonly EffectiveValue[]): EffectiveStorage['read'] {
  const known = read.map(({ path }) => path);
  const more = values.flatMap(({ from }) =>
    inherited !== undefined && from !== undefined && 'file' in from && !known.includes(from.file)
      ? [{ path: from.file, passedOver: 'partly' as const }]
      : [],
  );
  return [...more, ...read];
}

/** STORAGE_DRIVER takes the place of `driver` (storage/types/options.go:161-170 at 1.65, :440-447 at 1.62). */
function withVariables(values: Values, env: StorageQuestion['env']): Map<string, EffectiveValue> {
  const result: Map<string, EffectiveValue> = new Map(values);
  const driver = env['STORAGE_DRIVER'];
  if (!driver) return result;
  const key = ['storage', 'driver'];
  const before = values.get(keyText(key));
  const overrides = before === undefined ? [] : [before, ...before.overrides];
  result.set(keyText(key), { key, value: driver, from: { variable: 'STORAGE_DRIVER' }, overrides });
  return result;
}

/** The value of a key that counts. */
function counting(values: readonly EffectiveValue[], name: string): EffectiveValue | undefined {
  return values.find(({ key, noEffect }) => key.length === 2 && key[1] === name && noEffect === undefined);
}

/** The two folders where no file names them. */
function rootsOf(
  values: readonly EffectiveValue[],
  { inherited }: Loaded,
  { uid, env, home }: StorageQuestion,
): EffectiveValue[] {
  const house = env['HOME'] || home || '~';
  const user = uid !== 0;
  const graph = user
    ? join(env['XDG_DATA_HOME'] || join(house, '.local/share'), 'containers/storage')
    : '/var/lib/containers/storage';
  const run = user
    ? join(env['XDG_RUNTIME_DIR'] || `/run/user/${uid}`, 'containers')
    : '/run/containers/storage';
  const standard = (name: string, value: string): EffectiveValue[] =>
    counting(values, name) === undefined ? [{ key: ['storage', name], value, overrides: [] }] : [];
  const ofSystem: Merged | undefined = inherited?.get(keyText(['storage', 'rootless_storage_path']));
  const placed = counting(values, 'graphroot') ?? counting(values, 'rootless_storage_path');
  const path = placed === undefined && ofSystem?.value ? [ofSystem] : [];
  return [
    ...standard('runroot', run),
    ...(placed === undefined && path.length === 0 ? standard('graphroot', graph) : path),
  ];
}

const paths = ['graphroot', 'runroot', 'rootless_storage_path'];

function withResolved(one: EffectiveValue, question: StorageQuestion): EffectiveValue {
  const { key, value, from, noEffect } = one;
  const name = key.length === 2 ? key[1] : undefined;
  if (typeof value !== 'string' || name === undefined || from === undefined || noEffect !== undefined)
    return one;
  if (name === 'driver' && value === 'overlay2') return { ...one, resolved: 'overlay' };
  if (!paths.includes(name)) return one;
  const resolved = expandPath(value, question);
  return resolved === value ? one : { ...one, resolved };
}

/** What makes the loader stop once all is read. */
function lateStop(
  values: readonly EffectiveValue[],
  { read, inherited }: Loaded,
  { version, uid }: StorageQuestion,
): Stop | undefined {
  const [file] = read;
  if (!atLeast(version, '1.59') && uid === 0 && file?.passedOver === undefined && file !== undefined) {
    const unset = ['runroot', 'graphroot'].find((name) => counting(values, name)?.from === undefined);
    if (unset !== undefined && inherited === undefined)
      return { reason: 'no-root', file: file.path, key: unset };
  }
  const graph = counting(values, 'rootless_storage_path') ?? counting(values, 'graphroot');
  const image = counting(values, 'imagestore');
  if (image?.from === undefined || !('file' in image.from)) return undefined;
  return image.value === (graph?.resolved ?? graph?.value)
    ? { reason: 'imagestore', ...image.from }
    : undefined;
}
