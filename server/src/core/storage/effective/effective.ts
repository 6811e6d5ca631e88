// The effective configuration of containers/storage: which files are read, and key by key the value, where it stands and
// what it overrides. Pure: files, user and variables come in as values.
import { atLeast } from '../../schema/versions.ts';
import { load } from './load.ts';
import { unsetFolder } from './loadOld.ts';
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

export function effectiveStorage(asked: StorageQuestion): EffectiveStorage {
  const { version, uid } = asked;
  const loaded = load(asked);
  const heard = { ...asked.env, STORAGE_DRIVER: undefined, STORAGE_OPTS: undefined };
  const question: StorageQuestion = loaded.deaf === true ? { ...asked, env: heard } : asked;
  const { env } = question;
  const values = withVariables(loaded.values, env);
  const marked = noEffects([...values.values()], question);
  const roots = rootsOf(marked, loaded, question);
  const all = [...marked, ...roots].map((value) => withResolved(value, question));
  const stop = loaded.stop ?? lateStop(all, loaded);
  const read = listed(loaded, all);
  return {
    version,
    uid,
    read,
    notRead: passedOver(question, read, loaded.unreached),
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

/** The two folders where the files that count do not name them: from the file that was read before, or the defaults. */
function rootsOf(
  values: readonly EffectiveValue[],
  { inherited }: Loaded,
  question: StorageQuestion,
): EffectiveValue[] {
  const ofFirst = (name: string): Merged[] => {
    const found = inherited?.get(keyText(['storage', name]));
    return found?.value ? [found] : [];
  };
  const { runroot, graphroot } = defaultRoots(question);
  const standard = (name: string, value: string): EffectiveValue => ({
    key: ['storage', name],
    value,
    overrides: [],
  });
  const first = (...choices: readonly (readonly EffectiveValue[])[]) =>
    choices.find(({ length }) => length > 0) ?? [];
  const root = question.uid === 0;
  const placed = counting(values, 'graphroot') ?? counting(values, 'rootless_storage_path');
  const run = counting(values, 'runroot') === undefined;
  return [
    ...(run ? first(root ? ofFirst('runroot') : [], [standard('runroot', runroot)]) : []),
    ...(placed === undefined
      ? first(ofFirst(root ? 'graphroot' : 'rootless_storage_path'), [standard('graphroot', graphroot)])
      : []),
  ];
}

function defaultRoots({ uid, env, home }: StorageQuestion): { runroot: string; graphroot: string } {
  if (uid === 0) return { runroot: '/run/containers/storage', graphroot: '/var/lib/containers/storage' };
  const data = env['XDG_DATA_HOME'] || join(env['HOME'] || home || '~', '.local/share');
  const run = env['XDG_RUNTIME_DIR'] || `/run/user/${uid}`;
  return { runroot: join(run, 'containers'), graphroot: join(data, 'containers/storage') };
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
  { read: [file], values: said, strict }: Loaded,
): Stop | undefined {
  const unset = unsetFolder(said);
  if (strict && file !== undefined && unset !== undefined)
    return { reason: 'no-root', file: file.path, key: unset };
  const graph = counting(values, 'rootless_storage_path') ?? counting(values, 'graphroot');
  const image = counting(values, 'imagestore');
  if (image?.from === undefined || !('file' in image.from)) return undefined;
  return image.value === (graph?.resolved ?? graph?.value)
    ? { reason: 'imagestore', ...image.from }
    : undefined;
}
