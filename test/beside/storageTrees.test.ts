// Trees of configuration files, drawn from a seed, as real programs read them and as we say they do: who stops, where the
// store lies, which driver runs, and every option.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { effectiveStorage } from '../../server/src/core/storage/effective/effective.ts';
import type { EffectiveStorage, EffectiveValue } from '../../server/src/core/storage/effective/types.ts';
import { home, type StorageTree, type Told, type TreeLoader, treeLoaders } from '../support/storageTrees.ts';

type Draw = ReturnType<typeof drawing>;

/** The same row of numbers for the same seed (mulberry32). */
function drawing(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (of: number) => next() < of,
    one: <T>(...choices: [T, ...T[]]): T => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
}

/** A file: what real ones hold, in the places where they hold it, now and then in other case, empty or broken. */
function fileText(draw: Draw, { opens, version }: TreeLoader): string {
  if (draw.chance(opens ? 0.1 : 0.03))
    return draw.one(
      '[storage\n',
      '[storage]\ngraphroot = 3\n',
      'x = 1\nx = 2\n',
      '[storage]\ntransient_store = "true"\n',
    );
  const append =
    version >= '1.63' || draw.chance(0.05) ? draw.one('', '', ', {append = true}', ', {append = false}') : '';
  const stores = () =>
    draw.one('[]', `["/tmp/a"${append}]`, `["/tmp/b", "/tmp/c"${append}]`, `["/tmp/c"${append}]`);
  const maybe = (of: number, text: string) => (draw.chance(of) ? [text] : []);
  const bool = () => draw.one('"true"', '"false"', '""');
  const storage = [
    ...maybe(
      0.6,
      `${draw.one('driver', 'driver', 'Driver')} = ${draw.one('"vfs"', '"overlay"', '"overlay2"', '""')}`,
    ),
    ...maybe(
      0.6,
      `${draw.one('graphroot', 'GraphRoot')} = ${draw.one('"/tmp/g1"', '"/tmp/$UID/g"', '"/tmp/x/../g2/"', `"/tmp/\${USERNAME}g"`, '""')}`,
    ),
    ...maybe(0.6, `runroot = ${draw.one('"/run/r1"', '"/run/r2"', '"/run/$UID"', '""')}`),
    ...maybe(0.2, `rootless_storage_path = ${draw.one('"/tmp/rootless$UID"', '"/tmp/rootless"', '""')}`),
    ...maybe(0.1, 'driver_priority = ["vfs"]'),
    ...maybe(0.1, 'unknown = 1'),
  ];
  const options = [
    ...maybe(0.3, `additionalimagestores = ${stores()}`),
    ...maybe(0.3, `ignore_chown_errors = ${bool()}`),
    ...maybe(opens ? 0 : 0.3, `mountopt = ${draw.one('"nodev"', '"noatime"', '""')}`),
    ...maybe(opens ? 0 : 0.2, `size = ${draw.one('"1G"', '"2G"')}`),
    ...maybe(opens ? 0 : 0.1, 'force_mask = 0o700'),
    ...maybe(0.1, 'root-auto-userns-user = "ann"'),
  ];
  const overlay = [
    ...maybe(0.3, `mountopt = ${draw.one('"nodev"', '"noatime"')}`),
    ...maybe(0.2, `ignore_chown_errors = ${bool()}`),
    ...maybe(0.2, 'skip_mount_home = "true"'),
  ];
  const vfs = maybe(0.2, 'ignore_chown_errors = "true"');
  const pull = ['a', 'b', 'C'].flatMap((name) => maybe(0.2, `${name} = ${draw.one('"1"', '"2"', '""')}`));
  const table = (name: string, lines: string[]) =>
    lines.length === 0 ? '' : `[${name}]\n${lines.join('\n')}\n`;
  return [
    table('storage', storage),
    table('storage.options', options),
    table('storage.options.overlay', overlay),
    table('storage.options.vfs', vfs),
    table('storage.options.pull_options', pull),
  ].join('');
}

function treeFor(draw: Draw, loader: TreeLoader): StorageTree {
  // Podman goes on to look at the user's own mounts and rights, which a root that plays one does not have.
  const uid = loader.name === 'Podman' ? 0 : draw.one(0, 1000);
  const own = draw.one('mnt/.config', 'mnt/elsewhere', 'mnt/.config');
  const files: Record<string, string> = {};
  const system = ['etc/containers', 'usr/share/containers'];
  const put = (path: string, of: number) => {
    if (draw.chance(of)) files[path] = fileText(draw, loader);
  };
  for (const folder of [`${own}/containers`, ...system]) put(`${folder}/storage.conf`, 0.45);
  const special = [
    'storage.rootful.conf.d',
    'storage.rootless.conf.d',
    'storage.rootless.conf.d/1000',
    'storage.rootless.conf.d/1001',
  ];
  for (const folder of [
    `${own}/containers/storage.conf.d`,
    `${own}/containers/storage.rootless.conf.d`,
    ...system.flatMap((one) => ['storage.conf.d', ...special].map((name) => `${one}/${name}`)),
  ])
    for (const name of ['10.conf', '20.conf', '9.conf', 'a.txt', 'B.conf', '.conf'])
      put(`${folder}/${name}`, 0.12);
  const variable = (name: string, of: number, ...values: [string, ...string[]]) =>
    draw.chance(of) ? { [name]: draw.one(...values) } : {};
  files['mnt/named.conf'] = fileText(draw, loader);
  return {
    uid,
    files,
    env: {
      XDG_RUNTIME_DIR: '/run/user/1000',
      XDG_DATA_HOME: '/tmp/data',
      ...(own === 'mnt/elsewhere' && { XDG_CONFIG_HOME: '/mnt/elsewhere' }),
      ...variable('CONTAINERS_STORAGE_CONF', 0.06, '/mnt/named.conf', '/mnt/named.conf', '/mnt/none.conf'),
      ...variable('CONTAINERS_STORAGE_CONF_OVERRIDE', 0.06, '/mnt/named.conf', '/mnt/none.conf', ''),
      ...variable('STORAGE_DRIVER', 0.06, 'vfs', 'overlay'),
      ...variable('STORAGE_OPTS', loader.opens ? 0 : 0.06, 'vfs.ignore_chown_errors=true', ''),
      ...variable('USERNAME', 0.5, 'ann'),
    },
  };
}

/** What we say, in the program's terms. */
function expected(tree: StorageTree, loader: TreeLoader): Told & { readonly effective: EffectiveStorage } {
  const files = Object.entries(tree.files)
    .filter(([path]) => path.endsWith('.conf'))
    .map(([path, text]) => ({ path: `/${path}`, text }));
  const env = { HOME: home, ...tree.env };
  const effective = effectiveStorage({ version: loader.version, uid: tree.uid, home, env, files });
  if (effective.stop !== undefined) return { effective, refusal: effective.stop.reason };
  const counting = (name: string) => {
    const found = effective.values.find(
      ({ key, noEffect }) => key.length === 2 && key[1] === name && noEffect === undefined,
    );
    return found && String(found.resolved ?? found.value);
  };
  const pull = effective.values.flatMap(({ key, value }) =>
    key[2] === 'pull_options' ? [[String(key[3]), String(value)]] : [],
  );
  const runroot = counting('runroot');
  const graphroot = counting('graphroot') ?? counting('rootless_storage_path');
  return {
    effective,
    driver: counting('driver') ?? '',
    ...(graphroot !== undefined && { graphroot }),
    ...(runroot !== undefined && { runroot }),
    options: optionsOf(effective, tree.env['STORAGE_OPTS']),
    pull: Object.fromEntries(pull),
  };
}

const generic = ['size', 'mount_program', 'skip_mount_home', 'ignore_chown_errors', 'mountopt'];

/** The list that the driver is handed. Up to 1.62 it names the driver before every option. */
function optionsOf({ values, version }: EffectiveStorage, given: string | undefined): string[] {
  if (given !== undefined) return given.split(',').filter((one) => one !== '');
  const isNew = version >= '1.63';
  const driver = values.find(({ key, noEffect }) => key[1] === 'driver' && noEffect === undefined);
  const named = String(driver?.value ?? '');
  const passed = ({ noEffect }: EffectiveValue) =>
    noEffect === undefined || (isNew && noEffect === 'other-driver');
  return values.filter(passed).flatMap(({ key: [, top, name = '', inner], value }): string[] => {
    if (top !== 'options') return [];
    const prefix = isNew ? '' : `${named}.`;
    if (inner !== undefined) return name === 'pull_options' ? [] : [`${name}.${inner}=${value}`];
    if (name === 'additionalimagestores' && typeof value === 'object')
      return value.map((store) => `${prefix}imagestore=${store}`);
    if (name === 'force_mask') return [`${prefix}force_mask=${Number(value).toString(8)}`];
    if (!generic.includes(name)) return [];
    return [`${prefix}${name}=${value}`];
  });
}

/** Options as a map where the program tells them so: the last of a name counts. */
function asMap(options: readonly string[]): string[] {
  return [...new Map(options.map((one) => [one.slice(0, one.indexOf('=')), one])).values()].sort();
}

function compare(tree: StorageTree, told: Told, said: ReturnType<typeof expected>, loader: TreeLoader): void {
  const shown = JSON.stringify({ tree, told, said: { ...said, effective: undefined } }, undefined, 1);
  assert.equal(told.refusal !== undefined, said.refusal !== undefined, `stops: ${shown}`);
  if (told.refusal !== undefined) return;
  assert.equal(told.graphroot, said.graphroot, `graphroot: ${shown}`);
  assert.equal(told.runroot, said.runroot, `runroot: ${shown}`);
  if (said.driver !== '' || !loader.opens) assert.equal(told.driver, said.driver, `driver: ${shown}`);
  // Up to 1.62 an option is handed on twice, once under the name that the driver had long ago.
  const plain = (list: readonly string[] = []) => list.map((one) => one.replace(/^overlay2\./, 'overlay.'));
  const set = (list: readonly string[] = []) =>
    loader.name === 'Podman' ? asMap(plain(list)) : [...new Set(plain(list))].sort();
  assert.deepEqual(set(told.options), set(said.options), `options: ${shown}`);
  if (told.pull !== undefined) assert.deepEqual(told.pull, said.pull, `pull_options: ${shown}`);
}

const counts = { 'containers-storage': 160, Skopeo: 90, Podman: 70 };

for (const loader of treeLoaders()) {
  const count = counts[loader.name as keyof typeof counts];
  const seen = { stops: 0, told: 0 };
  test(`${count} trees: ${loader.name} with containers/storage ${loader.version} takes what we say`, async () => {
    for (let seed = 1; seed <= count; seed++) {
      const tree = treeFor(drawing(seed), loader);
      const told = await loader.load(tree);
      compare(tree, told, expected(tree, loader), loader);
      if (told.refusal === undefined) seen.told += 1;
      else seen.stops += 1;
    }
    assert.ok(seen.told > count / 3 && seen.stops > 2, JSON.stringify(seen));
  });
  after(() => console.log(`${loader.name}: ${seen.told} trees compared, ${seen.stops} where it stops`));
}
