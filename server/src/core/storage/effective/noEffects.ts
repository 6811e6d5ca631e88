// Which values stand in a file that is read and yet have no effect, and why.
import { atLeast } from '../../schema/versions.ts';
import type { EffectiveValue, NoEffect, StorageQuestion } from './types.ts';

/** Keys of [storage.options] that are no options of a driver (storage/types/options.go:200-222 at 1.65). */
const ofStore = [
  'pull_options',
  'root-auto-userns-user',
  'auto-userns-min-size',
  'auto-userns-max-size',
  'disable-volatile',
];

const drivers = ['overlay', 'vfs', 'btrfs', 'zfs', 'aufs', 'thinpool'];

/** The values, those without effect marked. */
export function noEffects(values: readonly EffectiveValue[], question: StorageQuestion): EffectiveValue[] {
  const first = values.map((one) => withReason(one, isEmpty(one) ? 'empty' : undefined));
  const counts = (name: string) =>
    first.find(({ key, noEffect }) => key.length === 2 && key[1] === name && noEffect === undefined);
  const driver = String(counts('driver')?.value ?? '').replace(/^overlay2$/, 'overlay');
  const graphroot = counts('graphroot') !== undefined;
  return first.map((one) => withReason(one, reasonFor(one, { ...question, driver, graphroot })));
}

function withReason(one: EffectiveValue, reason: NoEffect | undefined): EffectiveValue {
  return one.noEffect !== undefined || reason === undefined ? one : { ...one, noEffect: reason };
}

/** An empty string is as good as none, but for those of pull_options, which are handed on. */
function isEmpty({ key, value }: EffectiveValue): boolean {
  return value === '' && key[2] !== 'pull_options';
}

interface Surroundings extends StorageQuestion {
  readonly driver: string;
  readonly graphroot: boolean;
}

function reasonFor(
  { key: [, name = '', option = '', inner] }: EffectiveValue,
  { driver, graphroot, uid, env, version }: Surroundings,
): NoEffect | undefined {
  if (name === 'driver_priority') return driver === '' ? undefined : 'driver-wins';
  if (name === 'rootless_storage_path') {
    // From 1.59 to 1.62 root got it too (types/options.go:148-174 at 1.62).
    const forRoot = atLeast(version, '1.59') && !atLeast(version, '1.63');
    if (uid === 0 && !forRoot) return 'for-rootless';
    return graphroot ? 'graphroot-wins' : undefined;
  }
  if (name !== 'options') return undefined;
  if (option === 'root-auto-userns-user') return uid === 0 ? undefined : 'for-root';
  if (ofStore.includes(option)) return undefined;
  if (env['STORAGE_OPTS'] !== undefined) return 'storage-opts';
  if (inner === undefined || !drivers.includes(option) || option === driver) return undefined;
  if (driver !== '') return 'other-driver';
  return atLeast(version, '1.63') ? undefined : 'no-driver';
}
